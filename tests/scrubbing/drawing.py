"""What the parts of a random record are drawn from: instants at the law's boundaries, names that recur."""

import random
from datetime import datetime, timedelta
from typing import Any, Final

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.law.records import Consent, Proof, Reach, Scope, SourceChain, Wording

# Days back of every figure in the law that counts days or months, and of none.
_DAYS: Final = (0, 1, 3, 7, 8, 28, 60, 181, 184, 365, 729, 730, 731, 900)
_BESIDE: Final = (-86_400, -3_600, -1, -0.001, 0, 0.001, 1, 3_600, 86_400)
OTHERS: Final = ("+442079460901", "+442079460902")


class Drawing:
    """Draws for one line as of an instant."""

    def __init__(self, draw: random.Random, line: str, at: datetime) -> None:
        self._draw, self._line, self._at = draw, line, at
        self._ids = 0

    def _id(self, kind: str) -> str:
        # In no order that time would give: records are judged in the order of their ids.
        self._ids += 1
        return f"{kind}_{self._draw.randrange(10**9)}_{self._ids}"

    def _when(self) -> datetime:
        seconds = self._draw.choice(_BESIDE) if self._draw.random() < 0.8 else self._draw.uniform(-1e6, 1e6)
        return self._at - timedelta(days=self._draw.choice(_DAYS)) + timedelta(seconds=seconds)

    def _maybe(self, value: Any, share: float = 0.8) -> Any:
        return value if self._draw.random() < share else None

    def _principal(self) -> str:
        return self._draw.choice(("alder", "alder", "alder", "birch"))

    def _place(self) -> str:
        return self._draw.choice((self._line, self._line, self._line, self._line, *OTHERS))

    def _person(self) -> str | None:
        return self._draw.choice((None, None, "P1", f"P{self._line[-4:]}"))

    def _scope(self) -> Scope:
        return Scope(
            reach=self._draw.choice(tuple(Reach)),
            channels=self._draw.choice(("voice", "text", "all", ("calls", "post"))),
            campaign=self._draw.choice((None, "C1", "C9")),
            brand=self._draw.choice((None, "Alder")),
            this_line_only=self._draw.random() < 0.3,
        )

    def _any_consent(self) -> Consent:
        given, draw = self._when(), self._draw
        return Consent(
            id=self._id("con"),
            contact_point=self._place(),
            person=self._person(),
            principal=self._principal(),
            named_as=self._maybe("Alder Energy Ltd"),
            channels=draw.choice(((Channel.LIVE_CALL,), (Channel.LIVE_CALL, Channel.VOICEMAIL_DROP), ())),
            purposes=draw.choice(((Purpose.GENERAL,), (Purpose.GENERAL, Purpose.CLAIMS))),
            given_at=self._maybe(given, 0.95),
            recorded_at=self._maybe(draw.choice((given, self._when())), 0.95),
            method=self._maybe("web_form", 0.95),
            wording=self._maybe(Wording(version="w3", text=self._maybe("May we?")), 0.95),
            proof=Proof(kind="form", ref=self._maybe(self._id("f"), 0.95), sha256="0" * 64),
            given_by="subscriber",
            source=draw.choice(("own", "own", "third_party")),
            source_chain=self._maybe(SourceChain(collector="Oak", evidence_complete=True)),
            specific=draw.random() < 0.95,
            last_interaction_at=self._maybe(self._when(), 0.3),
            expires_at=self._maybe(self._when(), 0.2),
            withdrawn_at=self._maybe(self._when(), 0.1),
        )
