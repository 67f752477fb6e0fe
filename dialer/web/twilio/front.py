"""A shorter way in for what Twilio sends in its usual shape: the same doors, without Flask in between.

A webhook has no session, no cookie, no template and one media type, and Flask's share of answering it is a
third. Whatever is unusual (another path, method or media type, a long or chunked body, a signature that does
not fit, a failure of ours) is handed on to Flask untouched, so that every refusal is said in one place.
"""

import uuid
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Final
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

from dialer.clock import monotonic_seconds
from dialer.errors import NotAllowed
from dialer.web import metrics, problems
from dialer.web.twilio.doors import HEADERS, Door, answer
from dialer.web.twilio.form_body import MEDIA_TYPE, pairs_in
from dialer.web.twilio.signed import PREFIX, Sent, genuine
from dialer.wiring import Parts

LONGEST_BODY_BYTES: Final = 64 * 1024
_REASONS: Final[Mapping[int, str]] = {200: "200 OK", 503: "503 SERVICE UNAVAILABLE"}


def put_before(app: Flask, doors: Iterable[Door]) -> None:
    """Let the usual requests of these doors be answered before Flask is asked."""
    # Flask's own words for a middleware: its application goes on being what `app` names.
    app.wsgi_app = Front(app, doors)  # type: ignore[method-assign]


class Front:
    """The WSGI application of the doors, with Flask's behind it."""

    def __init__(self, app: Flask, doors: Iterable[Door]) -> None:
        self._app = app
        self._behind = app.wsgi_app
        self._doors = {f"{PREFIX}/{door.route}": door for door in doors}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer the request, or hand it on."""
        door = self._doors.get(environ["PATH_INFO"])
        if door is None or not _is_usual(environ):
            return self._behind(environ, start_response)
        began = monotonic_seconds()
        parts: Parts = self._app.extensions["ringfence"]
        try:
            webhook = genuine(door.route, _sent(environ), parts)
        except NotAllowed:
            return self._behind(environ, start_response)
        try:
            text, status = answer(door, webhook)
        except Exception as failure:  # noqa: BLE001 (the outermost frame of a request: Flask says what failed)
            with self._app.request_context(environ):
                return self._app.handle_exception(failure)(environ, start_response)
        metrics.observe(environ["PATH_INFO"], "POST", status, monotonic_seconds() - began)
        body = text.encode()
        start_response(_REASONS[status], [*_STANDING, ("Content-Length", str(len(body))), _named()])
        return [body]


def _is_usual(environ: WSGIEnvironment) -> bool:
    length = environ.get("CONTENT_LENGTH") or ""
    return (
        environ["REQUEST_METHOD"] == "POST"
        and environ.get("CONTENT_TYPE", "").partition(";")[0] == MEDIA_TYPE
        and length.isdecimal()
        and int(length) <= LONGEST_BODY_BYTES
    )


def _sent(environ: WSGIEnvironment) -> Sent:
    """Read the request, and put its body back for whoever is handed it."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    environ["wsgi.input"] = BytesIO(body)
    return Sent(
        # WSGI holds bytes as Latin-1; what is not ASCII in a raw query was never signed by Twilio.
        query=environ.get("QUERY_STRING", "").encode("latin-1").decode("ascii", "replace"),
        form=pairs_in(body),
        signature=environ.get("HTTP_X_TWILIO_SIGNATURE"),
        settings=environ.get("HTTP_X_TWILIO_WEBHOOKS_SIGNATURE_SETTINGS"),
    )


_STANDING: Final = [("Content-Type", "text/xml; charset=utf-8"), *HEADERS.items(), *problems.STANDING_HEADERS]


def _named() -> tuple[str, str]:
    return problems.REQUEST_ID_HEADER, f"urn:uuid:{uuid.uuid4()}"
