"""What proves a no that was said aloud: where in the call the words stand, and how they were heard.

Who, when, by which way and the exact words are the objection's own; this is what stands beside them.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import AwareDatetime

from dialer.calls.shape import STRICT
from dialer.objections.hearing import Heard, Label
from dialer.objections.hearing.version import hearing_version

Via = Literal["live", "gather", "recording", "voicemail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where words stand: in the transcript of a call, and in its recording as far as that is known.

    `session` is the carrier's name for the transcript, `turn` the number of the piece in it, `said_at` when
    the recogniser had it. `recording` is the recording's id; `starts_ms` and `ends_ms` count from its begin.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    via: Via
    session: str | None = None
    turn: str | None = None
    said_at: AwareDatetime | None = None
    recording: str | None = None
    starts_ms: int | None = None
    ends_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenProof:
    """How spoken words were heard. `span` counts characters of the words, end exclusive.

    `recogniser_confidence` is the speech recogniser's, None where it gave none, `confidence` the hearing's;
    both are 0 to 1. `model` names the version of the hearing that judged.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    model: str
    label: Label
    confidence: float
    span: tuple[int, int] | None = None
    recogniser_confidence: float | None = None
    place: Place | None = None


def proof_of(heard: Heard, *, recogniser_confidence: float | None, place: Place | None) -> SpokenProof:
    """Return the proof of words as they were heard just now."""
    return SpokenProof(
        model=hearing_version(),
        label=heard.label,
        confidence=heard.confidence,
        span=heard.span,
        recogniser_confidence=recogniser_confidence,
        place=place,
    )
