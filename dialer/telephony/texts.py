"""Texts that wait at Twilio for their time: found and called off. Source: twilio.md section 7.6."""

from typing import Final

from dialer.objections.stop_calls import Text
from dialer.settings import Settings
from dialer.telephony.client import TwilioClient, answered

MOST_TEXTS: Final = 50
_NOT_SENT: Final = frozenset({"scheduled", "accepted"})
# "Not there", and "it was sent".
_SENT_ALREADY: Final = frozenset({20404, 30409})


class Texts:
    """Fits `objections.stop_calls.Texts`."""

    def __init__(self, settings: Settings) -> None:
        self._client = TwilioClient(settings)

    def scheduled_to(self, number: str) -> tuple[Text, ...]:
        """Return the references of texts to a number that Twilio has not sent yet. Raises Unanswered."""
        with answered("list the texts to a line"):
            found = self._client().messages.list(to=number, limit=MOST_TEXTS)
        return tuple(
            Text(text_ref=str(text.sid), senders=frozenset({text.from_, text.messaging_service_sid} - {None}))
            for text in found
            if text.status in _NOT_SENT
        )

    def call_off(self, text_ref: str) -> bool:
        """Cancel a text that is not sent; False if it was. Raises Refused, TooMany or Unanswered."""
        from twilio.base.exceptions import TwilioException

        try:
            with answered("cancel a text", passes=_SENT_ALREADY):
                self._client().messages(text_ref).update(status="canceled")
        except TwilioException:
            return False
        return True
