"""Twilio's REST API, as far as we ask it: ring somebody, find calls, end them, say something in one.

Nothing is ever asked twice blindly: Twilio takes no idempotency key, so a request whose outcome is not known
is looked up among the calls instead. Source: twilio.md sections 4.6, 7.1 and 7.3.
"""

from datetime import datetime, timedelta
from typing import Final

from dialer.errors import Refused, TooMany, Unanswered
from dialer.objections.stop_calls import Leg
from dialer.screening.click_to_call import Rung
from dialer.settings import Settings
from dialer.telephony import script, twiml
from dialer.telephony.client import TwilioClient, answered

# An agent who does not pick up within this is not there.
RING_AGENT_SECONDS: Final = 25
# Calls looked at when the outcome of one is not known: the newest come first.
MOST_CALLS: Final = 20
# More than ever wait for one line at once; what is beyond is found when the order comes up again.
MOST_WAITING: Final = 200
EVENTS: Final = ("initiated", "ringing", "answered", "completed")
_BEFORE_ANSWER: Final = ("queued", "ringing")
_UNANSWERED: Final = frozenset({"queued", "initiated", "ringing"})
# "Call is not in-progress": it was over before we came, which is what was wanted.
_OVER_ALREADY: Final = frozenset({20404, 21220})


class Telephone:
    """Asks Twilio, or whatever stands at TWILIO_API_BASE_URL; fits `screening.click_to_call.Telephone`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client = TwilioClient(settings)

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

    def waiting_calls_to(self, number: str) -> tuple[Leg, ...]:
        """Return the legs to a number that nobody has answered yet. Raises Unanswered."""
        with answered("list the calls to a line"):
            calls = self._client().calls
            found = [
                call
                for status in _BEFORE_ANSWER
                for call in calls.list(to=number, status=status, limit=MOST_WAITING)
            ]
        return tuple(Leg(call_ref=str(call.sid), dialled_from=call.parent_call_sid) for call in found)

    def give_up(self, call_ref: str) -> bool:
        """End a call that nobody has answered; False if it was over, or somebody talks in it by now.

        A leg that rings inside a Dial counts as in progress, so `canceled` does not reach it (twilio.md 4.6);
        `completed` does, and would cut off a call that was answered: so where it stands is asked first.
        """
        if self._update(call_ref, status="canceled"):
            return True
        return self._is_unanswered(call_ref) and self._update(call_ref, status="completed")

    def confirm(self, call_ref: str, *, name: str, reference: str) -> bool:
        """Tell one leg that the no is kept, and end it; False if it was over already."""
        text = script.removed(name=name, reference=reference)
        return self._update(call_ref, twiml=twiml.say_and_hang_up(text))

    def _is_unanswered(self, call_ref: str) -> bool:
        from twilio.base.exceptions import TwilioException

        try:
            with answered("look at a call", passes=_OVER_ALREADY):
                return str(self._client().calls(call_ref).fetch().status) in _UNANSWERED
        except TwilioException:
            return False

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
