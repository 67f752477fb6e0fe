"""One text message, to or from somebody."""

import math
from dataclasses import dataclass, field
from datetime import datetime

from dialer.sandbox.exchange.leg import new_sid
from dialer.sandbox.exchange.story import Story

# GSM-7 texts of one part hold 160 characters and longer ones 153 a part; others 70 and 67.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)


@dataclass(slots=True, eq=False, kw_only=True)
class Message:
    """A text; `status` and what follows change under the world's lock."""

    account_sid: str
    direction: str
    sender: str | None
    to: str
    body: str
    created_at: datetime
    status: str
    sid: str = field(default_factory=lambda: new_sid("SM"))
    story: Story = field(default_factory=Story)
    messaging_service_sid: str | None = None
    callback: str | None = None
    sent_at: datetime | None = None
    updated_at: datetime | None = None
    error_code: int | None = None

    @property
    def segments(self) -> int:
        """Return how many parts the text is sent in."""
        single, joined = (160, 153) if set(self.body) <= _GSM else (70, 67)
        return 1 if len(self.body) <= single else math.ceil(len(self.body) / joined)
