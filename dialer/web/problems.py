"""Every error as `application/problem+json` (RFC 9457), never with a piece of what was sent in it.

`instance` is the request's own id, not its path, since a path may hold a telephone number; the same id is
the `X-Request-Id` header and stands in our log. Whatever a message says, digits that read as a number are
masked on the way out: the last line of defence, not the first.
"""

import json
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, cast

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from dialer.errors import Fault, RingfenceError
from dialer.people.roles import NumbersShown
from dialer.people.shown_numbers import shown_text

MEDIA_TYPE: Final = "application/problem+json"
# One commit and its retries are over well inside this; a store that fails over takes a little longer.
RETRY_AFTER_SECONDS: Final = 2
REQUEST_ID_HEADER: Final = "X-Request-Id"
STANDING_HEADERS: Final = (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"))

_log = logging.getLogger(__name__)
# Statuses that werkzeug raises for us, in words a script can rely on.
_CODES: Final = {
    400: "unreadable",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    408: "too_slow",
    413: "too_large",
    414: "too_large",
    415: "not_json",
    431: "too_large",
    500: "our_fault",
}
_SENTENCES: Final = {
    404: "there is nothing here; the doors are listed at /v1/docs",
    405: "this door does not open that way; see the Allow header",
    413: "the body is too large for this door",
    415: "send the body as application/json",
    500: "something failed on our side and nothing may be dialled on it; tell us the instance",
}

PageOf = Callable[["Problem"], Response]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem ready to be shown; `instance` is a URN of the request."""

    status: int
    code: str
    title: str
    detail: str
    instance: str
    errors: tuple[Fault, ...] = ()

    def to_json(self) -> str:
        """Return the RFC 9457 members, and `code` and `errors` beside them."""
        shown: dict[str, Any] = {
            "type": f"/v1/docs#problem-{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": hidden(self.detail),
            "instance": self.instance,
            "code": self.code,
        }
        if self.errors:
            shown["errors"] = [
                {"pointer": hidden(e.pointer), "detail": hidden(e.detail)} for e in self.errors
            ]
        return json.dumps(shown, ensure_ascii=False)


class App(Flask):
    """Flask that logs a failure by its route and request id: a path may hold a telephone number."""

    def log_exception(self, exc_info: Any) -> None:
        """Log what escaped a view, once."""
        _log.error("%s %s failed, %s", request.method, request.url_rule, request_id(), exc_info=exc_info)


def register(app: Flask) -> None:
    """Answer every error of the app as a problem; a blueprint's own handlers go before these."""
    app.register_error_handler(RingfenceError, _of_our_own)
    app.register_error_handler(HTTPException, _of_werkzeug)
    app.after_request(_name_the_request)


def show_pages_with(app: Flask, page: PageOf) -> None:
    """Have browsers (who ask for HTML outside /v1) shown `page` instead of JSON."""
    app.extensions["ringfence.problem_page"] = page


def request_id() -> str:
    """Return this request's id, the same each time it is asked."""
    if "request_id" not in g:
        g.request_id = uuid.uuid4()
    return f"urn:uuid:{g.request_id}"


def hidden(text: str) -> str:
    """Return the text with whatever reads as a telephone number masked."""
    return shown_text(text, NumbersShown.LAST4)


def answer(error: RingfenceError) -> Response:
    """Return the response for an error of our tree; 503 says when to try again, 401 how to."""
    response = _respond(_problem(error.status, error.code, error.message, error.faults))
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    if error.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="ringfence"'
    return response


def note(sentence: str) -> None:
    """Log a failure that does not change the answer, with the request's id."""
    _log.warning("%s %s: %s, %s", request.method, request.url_rule, sentence, request_id())


def _of_our_own(error: RingfenceError) -> Response:
    return answer(error)


def _of_werkzeug(error: HTTPException) -> Response:
    """Keep werkzeug's status and headers (Allow, Retry-After), never its HTML nor its description."""
    if error.response is not None and error.code is None:
        return cast(Response, error.response)
    status = error.code or 500
    code = _CODES.get(status, HTTPStatus(status).phrase.lower().replace(" ", "_"))
    response = _respond(_problem(status, code, _SENTENCES.get(status, HTTPStatus(status).description), ()))
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


def _problem(status: int, code: str, detail: str, faults: tuple[Fault, ...]) -> Problem:
    title = HTTPStatus(status).phrase
    return Problem(status=status, code=code, title=title, detail=detail, instance=request_id(), errors=faults)


def _respond(problem: Problem) -> Response:
    page: PageOf | None = _page_for_a_browser()
    if page is not None:
        return page(problem)
    return Response(problem.to_json(), status=problem.status, content_type=MEDIA_TYPE)


def _page_for_a_browser() -> PageOf | None:
    """Say how to show a page, where the caller is a browser outside the API and somebody draws pages."""
    from flask import current_app

    if request.path.startswith(("/v1/", "/twilio/")) or not request.accept_mimetypes.accept_html:
        return None
    if request.accept_mimetypes["text/html"] <= request.accept_mimetypes["application/json"]:
        return None
    return cast(PageOf | None, current_app.extensions.get("ringfence.problem_page"))


def _name_the_request(response: Response) -> Response:
    headers = response.headers
    headers.setdefault(REQUEST_ID_HEADER, request_id())
    for name, value in STANDING_HEADERS:
        headers.setdefault(name, value)
    return response
