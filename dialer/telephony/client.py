"""Twilio's library as we use it: one client with a time-out, and its errors in our words.

The library is imported at the first question, because that takes a fifth of a second which most processes
never need. Source: twilio.md sections 7.3 and 7.5.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from dialer.errors import Refused, TooMany, Unanswered
from dialer.settings import Settings

if TYPE_CHECKING:
    from twilio.rest import Client

# Twilio answers in well under a second; a door's threads are few, and none may hang on it for long.
TIMEOUT_SECONDS: Final = 5.0
_TOO_MANY: Final = 429
_OURS_TO_BLAME: Final = range(400, 500)
# The library logs every request whole, with the numbers in it.
_WIRE: Final = logging.getLogger("ringfence.twilio.wire")
_WIRE.setLevel(logging.CRITICAL)


class TwilioClient:
    """Makes the library's client once, when it is first asked for; safe for threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._made: Client | None = None

    def __call__(self) -> "Client":
        """Return the client; the first time takes a fifth of a second."""
        with self._lock:
            if self._made is None:
                self._made = made_client(self._settings)
            return self._made


def made_client(settings: Settings) -> "Client":
    """Return the library's client, for this installation's account."""
    from twilio.http.http_client import TwilioHttpClient
    from twilio.rest import Client

    user, secret = settings.twilio_api_key_sid, settings.twilio_api_key_secret
    if user is None or secret is None:
        user, secret = settings.twilio_account_sid, settings.twilio_auth_token
    made = Client(
        user,
        secret.get_secret_value(),
        settings.twilio_account_sid,
        http_client=TwilioHttpClient(timeout=TIMEOUT_SECONDS, logger=_WIRE),
    )
    if settings.twilio_api_base_url is not None:
        made.api.base_url = made.intelligence.base_url = settings.twilio_api_base_url.rstrip("/")
        # A region or edge from the environment would rewrite this host's name to somebody else's (7.5).
        made.region = made.edge = None
    return made


@contextmanager
def answered(what: str, *, passes: frozenset[int] = frozenset()) -> Iterator[None]:
    """Turn Twilio's no into Refused or TooMany, and anything that leaves the outcome open into Unanswered.

    An error whose code is in `passes` goes through as it is. Messages of Twilio's may hold numbers: only the
    code is told on.
    """
    from twilio.base.exceptions import TwilioException

    try:
        yield
    except TwilioException as problem:
        # Two classes of the library carry them, and neither is the other's (twilio.md 7.3).
        status, code = getattr(problem, "status", None), getattr(problem, "code", None)
        if code in passes:
            raise
        if status == _TOO_MANY:
            raise TooMany(f"Twilio would not {what}: too many requests at once; try again") from None
        if status in _OURS_TO_BLAME:
            raise Refused(f"Twilio would not {what}: its error {code}; look that code up") from None
        raise _open(what) from None
    except (OSError, ValueError):
        # No connection, no answer in time, or one that is not JSON.
        raise _open(what) from None


def _open(what: str) -> Unanswered:
    return Unanswered(f"Twilio did not say whether it could {what}; see its console before asking again")
