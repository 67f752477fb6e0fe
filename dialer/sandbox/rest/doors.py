"""The REST API as one: who may enter, which door, and Twilio's shape for every error."""

import base64
import binascii
import hmac

from dialer.errors import CannotKeep, RingfenceError
from dialer.sandbox.rest import accounts, call_update, calls, messages, recordings, transcriptions
from dialer.sandbox.rest.refusals import RestRefusal, not_authenticated, not_found
from dialer.sandbox.routing import Answer, Request, Route, json_answer
from dialer.sandbox.world import World

PREFIX = "/2010-04-01/"


def routes(world: World) -> tuple[Route, ...]:
    """Return every door of the REST API."""
    rooms = (accounts, calls, call_update, recordings, transcriptions, messages)
    return tuple(each for room in rooms for each in room.routes(world))


def check(world: World, request: Request, account: str) -> None:
    """Raise `RestRefusal` 20003 unless the Basic credentials are the account's, 20404 for another account."""
    given = request.headers.get("authorization", "")
    expected = f"{world.setup.account.sid}:{world.setup.account.auth_token}".encode()
    try:
        kind, _, secret = given.partition(" ")
        decoded = base64.b64decode(secret, validate=True) if kind.lower() == "basic" else b""
    except (binascii.Error, ValueError):
        decoded = b""
    if not hmac.compare_digest(decoded, expected):
        raise not_authenticated()
    if account != world.setup.account.sid:
        raise not_found(request.path)


def refused(request: Request, error: RingfenceError) -> Answer:
    """Return an error in Twilio's shape, whatever went wrong."""
    if isinstance(error, RestRefusal):
        challenge = (("WWW-Authenticate", 'Basic realm="Twilio API"'),) if error.http_status == 401 else ()
        answer = json_answer(error.shape(), status=error.http_status)
        return Answer(status=answer.status, body=answer.body, headers=challenge)
    if isinstance(error, CannotKeep):
        return refused(request, RestRefusal(20429, error.message, http_status=429))
    return refused(request, RestRefusal(20001, error.message, http_status=400))


def missing(request: Request, *, path_exists: bool) -> Answer:
    """Return the answer for a path or a method that is not there."""
    if path_exists:
        return refused(request, RestRefusal(20004, "Method not allowed", http_status=405))
    return refused(request, not_found(request.path))
