"""Twilio's REST API, as far as we ask it: ring somebody, find calls, end them, say something in one.

Nothing is ever asked twice blindly: Twilio takes no idempotency key, so a request whose outcome is not known
is looked up among the calls instead. Source: twilio.md sections 4.6, 7.1 and 7.3. The library is imported at
the first question, because that takes a fifth of a second which most processes never need.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from dialer.errors import Refused, TooMany, Unanswered
from dialer.screening.click_to_call import Rung
from dialer.settings import Settings
from dialer.telephony import script, twiml

if TYPE_CHECKING:
    from twilio.rest import Client

# Twilio answers in well under a second; a door's threads are few, and none may hang on it for long.
TIMEOUT_SECONDS: Final = 5.0
# An agent who does not pick up within this is not there.
RING_AGENT_SECONDS: Final = 25
# Calls looked at when the outcome of one is not known: the newest come first.
MOST_CALLS: Final = 20
EVENTS: Final = ("initiated", "ringing", "answered", "completed")
_BEFORE_ANSWER: Final = ("queued", "ringing")
_TOO_MANY: Final = 429
_OURS_TO_BLAME: Final = range(400, 500)
# "Call is not in-progress": it was over before we came, which is what was wanted.
_OVER_ALREADY: Final = frozenset({20404, 21220})
# The library logs every request whole, with the numbers in it.
_WIRE: Final = logging.getLogger("ringfence.twilio.wire")
_WIRE.setLevel(logging.CRITICAL)


class Telephone:
    """Asks Twilio, or whatever stands at TWILIO_API_BASE_URL; fits `screening.click_to_call.Telephone`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._made: Client | None = None

    def ring(self, endpoint: str, *, caller_id: str, decision: str, at: datetime) -> Rung | None:
        """Ring an agent; when they answer, Twilio asks our `connect` door what to do.

        None says that it is not known whether anybody is rung. `at` is now, by our clock: calls from before
        are not taken for this one. Raises Refused, or TooMany, when Twilio would not; then nobody is rung.
        """
        addresses = twiml.Addresses(public_url=self._settings.public_url)
        try:
            with answered("ring the agent"):
                made = self._client().calls.create(
                    to=endpoint,
                    from_=caller_id,
                    url=addresses.to("voice/connect", decision=decision),
                    fallback_url=addresses.to("fallback"),
                    status_callback=addresses.to("voice/status", decision=decision),
                    status_callback_event=list(EVENTS),
                    timeout=RING_AGENT_SECONDS,
                )
        except Unanswered:
            return self._look_for(endpoint, caller_id, at)
        if made.sid is None:
            return self._look_for(endpoint, caller_id, at)
        return Rung(call_ref=str(made.sid), status=str(made.status))

    def waiting_calls_to(self, number: str) -> tuple[str, ...]:
        """Return the references of calls to a number that nobody has answered yet. Raises Unanswered."""
        with answered("list the calls to a line"):
            calls = self._client().calls
            found = [
                call
                for status in _BEFORE_ANSWER
                for call in calls.list(to=number, status=status, limit=MOST_CALLS)
            ]
        return tuple(str(call.sid) for call in found)

    def callees_of(self, call_ref: str) -> tuple[str, ...]:
        """Return the references of the legs that an agent's call has dialled and that go on."""
        with answered("list the legs of a call"):
            found = self._client().calls.list(
                parent_call_sid=call_ref, status="in-progress", limit=MOST_CALLS
            )
        return tuple(str(call.sid) for call in found)

    def give_up(self, call_ref: str) -> bool:
        """End a call before it is answered; False if it was over, or is a Dial's leg that cannot be.

        A leg that rings inside a Dial counts as in progress, so `canceled` does not reach it (twilio.md 4.6).
        """
        return self._update(call_ref, status="canceled") or self._update(call_ref, status="completed")

    def confirm(self, call_ref: str, *, name: str, reference: str) -> bool:
        """Tell one leg that the no is kept, and end it; False if it was over already.

        The callee's leg leaves the bridge for this; the agent's goes on to our `dialled` door.
        """
        text = script.removed(name=name, reference=reference)
        return self._update(call_ref, twiml=twiml.say_and_hang_up(text))

    def _update(self, call_ref: str, **order: str) -> bool:
        from twilio.base.exceptions import TwilioException

        try:
            with answered("change a call", passes=_OVER_ALREADY):
                self._client().calls(call_ref).update(**order)
        except TwilioException:
            return False
        return True

    def _look_for(self, endpoint: str, caller_id: str, at: datetime) -> Rung | None:
        """Find the call whose outcome is not known; a queued one has no start yet, so its creation counts."""
        earliest = at.replace(microsecond=0) - timedelta(seconds=1)
        try:
            with answered("list the calls to an agent"):
                found = self._client().calls.list(to=endpoint, from_=caller_id, limit=MOST_CALLS)
        except (Unanswered, Refused, TooMany):
            return None
        ours = [call for call in found if call.date_created is not None and call.date_created >= earliest]
        return Rung(call_ref=str(ours[-1].sid), status=str(ours[-1].status)) if ours else None

    def _client(self) -> "Client":
        with self._lock:
            if self._made is None:
                self._made = _client(self._settings)
            return self._made


def _client(settings: Settings) -> "Client":
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
        made.api.base_url = settings.twilio_api_base_url.rstrip("/")
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
