"""The call that says a code to one of our own phones, and nothing else."""

from typing import Final

from dialer.errors import Unanswered
from dialer.telephony import twiml
from dialer.telephony.client import answered
from dialer.telephony.rest import Telephone

RING_SECONDS: Final = 30


class CodeCalls(Telephone):
    """Fits `screening.own_lines.Phone`."""

    def ring_code(self, number: str, *, caller_id: str, code: str) -> str:
        """Ring a phone and say the code twice, digit by digit; returns the call's reference.

        Raises Refused or TooMany where Twilio would not, Unanswered where it is not known: ring another.
        """
        digits = ", ".join(code)
        words = f"This is your Ringfence code: {digits}. Once more: {digits}. Goodbye."
        with answered("ring one of our own phones"):
            made = self._client().calls.create(
                to=number,
                from_=caller_id,
                twiml=twiml.say_and_hang_up(words),
                timeout=RING_SECONDS,
            )
        if made.sid is None:
            raise Unanswered("it is not known whether the phone is rung; ring another code")
        return str(made.sid)
