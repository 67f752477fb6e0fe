"""Four applications for one route: ours in full, a naive Flask view, the same without Flask, a constant.

The naive ones check the signature and build the same TwiML with Twilio's own library, and screen nothing.
`python -m benchmarks.peers.apps NAME PORT REDIS_URL FOLDER` serves one as production serves ours.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Dial, VoiceResponse

from dialer.commands.web import serve
from dialer.settings import Settings
from tests.doubles.house import PUBLIC_URL, TOKEN, StandingClock, settings_for

ROUTE = "/twilio/voice/outgoing"
URL = f"{PUBLIC_URL}{ROUTE}"
THREADS = 4


def reply_of(number: str) -> str:
    """Return the TwiML that our own answer to an allowed call has, by Twilio's library."""
    response = VoiceResponse()
    dial = Dial(
        caller_id="+442079460100",
        timeout=25,
        answer_on_bridge=True,
        action=f"{PUBLIC_URL}/twilio/voice/dialled?decision=dec_01KBQ2Z9J8W3N6T5R4M1P0XYZA",
    )
    dial.number(
        number,
        status_callback=f"{PUBLIC_URL}/twilio/voice/status?decision=dec_01KBQ2Z9J8W3N6T5R4M1P0XYZA",
        status_callback_event="initiated ringing answered completed",
    )
    response.append(dial)
    return str(response)


def naive(_: Settings) -> WSGIApplication:
    """Return what most people write: a Flask view, RequestValidator, VoiceResponse."""
    app, validator = Flask("naive"), RequestValidator(TOKEN)

    @app.post(ROUTE)
    def outgoing() -> Response:
        if not validator.validate(URL, request.form, request.headers.get("X-Twilio-Signature", "")):
            return Response(status=403)
        return Response(reply_of(request.form["To"]), mimetype="text/xml")

    return app


def without_flask(_: Settings) -> WSGIApplication:
    """Return the same work as a bare WSGI function."""
    validator = RequestValidator(TOKEN)

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        if not validator.validate(URL, form, environ.get("HTTP_X_TWILIO_SIGNATURE", "")):
            start_response("403 Forbidden", [])
            return []
        reply = reply_of(form["To"]).encode()
        start_response("200 OK", [("Content-Type", "text/xml"), ("Content-Length", str(len(reply)))])
        return [reply]

    return app


def constant(_: Settings) -> WSGIApplication:
    """Return a Flask view that does nothing."""
    app, reply = Flask("constant"), reply_of("+442079460123")

    @app.post(ROUTE)
    def outgoing() -> Response:
        return Response(reply, mimetype="text/xml")

    return app


def ours(settings: Settings) -> WSGIApplication:
    """Return our own application, at ten on a Monday morning."""
    from dialer.web import make_app
    from dialer.wiring import warm, wire

    parts = wire(settings, clock=StandingClock())
    warm(parts)
    return make_app(settings, parts=parts)


APPS: dict[str, Callable[[Settings], WSGIApplication]] = {
    "ours": ours,
    "naive": naive,
    "without_flask": without_flask,
    "constant": constant,
}


def main() -> None:
    """Serve one application, one worker, until told to stop."""
    name, port, redis_url, folder = sys.argv[1:]
    changed: dict[str, Any] = {"port": int(port), "web_workers": 1, "web_threads": THREADS}
    settings = settings_for(redis_url, Path(folder), **changed)
    # As `ringfence web` does: the workers count into files, which costs something.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(dir=folder)
    serve(settings, partial(APPS[name], settings))


if __name__ == "__main__":
    main()
