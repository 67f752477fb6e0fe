"""What became of a line after somebody spoke: one call by an agent, a turn or two, and the next screening.

Everything goes through the doors that Twilio uses, signed by its own library, on a real store.
"""

import json
import re
from dataclasses import dataclass
from enum import StrEnum

from tests.doubles.house import House
from tests.doubles.twilio_client import Twilio
from tests.interop.spoken.recogniser import Recognised

_SCREENED_AS_DIALLED = "<Dial"


class Fate(StrEnum):
    """What a call left on the line, the strongest first; `barred` is a refusal, which ends one campaign."""

    IN_FORCE = "in force"
    HELD = "held"
    BARRED = "barred"
    NOTHING = "nothing"


class Way(StrEnum):
    """How Twilio tells us what was said: the answer to a Gather, or a piece of a live transcription."""

    GATHER = "gather"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One call in which a person speaks; `number` is theirs, `call` makes its references."""

    house: House
    twilio: Twilio
    way: Way
    number: str
    call: int

    def is_dialled(self) -> str | None:
        """Let the agent dial; return the decision, None when the call is refused."""
        answer = self.twilio.call(to=self.number, sid=f"CA{self.call:032d}").text
        found = re.search(r"dec_\w{26}", answer) if _SCREENED_AS_DIALLED in answer else None
        return found.group() if found else None

    def is_dialled_next(self) -> bool:
        """Let the agent dial again in another call."""
        return _SCREENED_AS_DIALLED in self.twilio.call(to=self.number, sid=f"CB{self.call:032d}").text

    def tells(self, decision: str, heard: Recognised, *, telling: int) -> None:
        """Bring one turn to its door, as Twilio would; `telling` counts from 1."""
        if self.way is Way.GATHER:
            words = {"SpeechResult": heard.words, "Confidence": f"{heard.confidence:.4f}"}
            form = {"CallSid": f"CC{self.call:032d}", **(words if heard.words else {})}
            answer = self.twilio.post(f"voice/opt-out?decision={decision}&n={telling}", form)
        else:
            answer = self.twilio.post(f"voice/transcription?decision={decision}", self._piece(heard, telling))
        assert answer.status_code == 200, answer.text

    def fate(self) -> Fate:
        """Read what stands on the line."""
        record = self.house.parts.records.of_line(self.number)
        holds = {hold.kind for hold in record.holds if hold.released_at is None}
        if record.objections:
            return Fate.IN_FORCE
        if "possible_objection" in holds:
            return Fate.HELD
        return Fate.BARRED if holds else Fate.NOTHING

    def _piece(self, heard: Recognised, telling: int) -> dict[str, str]:
        return {
            "CallSid": f"CA{self.call:032d}",
            "TranscriptionEvent": "transcription-content",
            "TranscriptionSid": f"GT{self.call:032d}",
            "SequenceId": str(telling),
            "Track": "outbound_track",
            "Final": "true",
            "TranscriptionData": json.dumps({"transcript": heard.words, "confidence": heard.confidence}),
        }
