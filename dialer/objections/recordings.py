"""A recording of a call that may hold a no, and the clip that is kept of it; nothing here has any sound.

A whole recording stays at the carrier. What we keep is the clip around the words: sealed, hashed, for a time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final

from pydantic import AwareDatetime

from dialer.calls.shape import STRICT
from dialer.objections.proof import Place

# A wrap-up or an agent's button may still find its recording for so long after the call.
OPEN_FOR: Final = timedelta(hours=1)
# A recogniser tells of words when they are over; sentences take up to some twenty seconds.
BEFORE_WORDS: Final = timedelta(seconds=30)
AFTER_WORDS: Final = timedelta(seconds=10)
# Whoever presses a button does so some time after they heard it.
BEFORE_BUTTON: Final = timedelta(seconds=90)
LONGEST_MESSAGE: Final = timedelta(minutes=3)
# Again after so long, then every hour; what is not there after a day is not coming.
AGAIN: Final = (
    *(timedelta(seconds=10), timedelta(seconds=30), timedelta(minutes=2)),
    *(timedelta(minutes=10), timedelta(minutes=30)),
)
LAST_TRY: Final = timedelta(days=1)


class Keeps(StrEnum):
    """What is recorded, and so what becomes of it at the carrier once its clips are kept.

    `opt_out_clip` is deleted there an hour after the call; `full` where a setting says so; so is a `message`
    that somebody left for us.
    """

    FULL = "full"
    OPT_OUT_CLIP = "opt_out_clip"
    MESSAGE = "message"


class RecordingState(StrEnum):
    """Open while clips may be made of it; then closed, or given up with the reason why."""

    OPEN = "open"
    CLOSED = "closed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One recording. `call` is its decision, or the call's own reference where no decision is known.

    `call_ref` is the leg that carries it. `started_at` None is not known; then its end counts. A message
    names whom it `reached`, each as principal and operator, and since when its words are `heard`. `tries`
    counts failures in a row, `why` is the last one's.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    call: str
    call_ref: str
    contact_point: str
    keeps: Keeps
    ended_at: AwareDatetime
    seconds: int
    started_at: AwareDatetime | None = None
    reached: tuple[tuple[str | None, str | None], ...] = ()
    heard_at: AwareDatetime | None = None
    state: RecordingState = RecordingState.OPEN
    tries: int = 0
    why: str | None = None

    @property
    def begins_at(self) -> datetime:
        """Return when its sound begins."""
        return self.started_at or self.ended_at - timedelta(seconds=self.seconds)

    @property
    def is_unheard(self) -> bool:
        """Say whether it is a message that nobody and nothing has made words of."""
        return self.keeps is Keeps.MESSAGE and self.heard_at is None

    @property
    def closes_at(self) -> datetime:
        """Return until when a late no may still ask for a clip of it."""
        return self.ended_at + OPEN_FOR


@dataclass(frozen=True, slots=True, kw_only=True)
class NoOfCall:
    """A no, certain or possible, of one call: `subject` is the id of the objection, or of the review."""

    subject: str
    principal: str | None
    at: datetime
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a recording, in seconds from its begin."""

    starts: float
    ends: float


class ClipState(StrEnum):
    """`kept` can be played; `deleted` was, when its time was over."""

    KEPT = "kept"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """What is known of one clip; it outlives its sound. `sha256` is that of the sound, before sealing.

    `starts_ms` and `ends_ms` are its place in the recording; `bytes` its size.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    subject: str
    recording: str
    call: str
    contact_point: str
    principal: str | None = None
    media_type: str
    sha256: str
    bytes: int
    starts_ms: int
    ends_ms: int
    kept_at: AwareDatetime
    keep_until: AwareDatetime
    state: ClipState = ClipState.KEPT
    deleted_at: AwareDatetime | None = None

    @property
    def file(self) -> str:
        """Return its name in the archive; no number, no name of anybody."""
        return f"clips/{self.id}"


def window_of(no: NoOfCall, recording: Recording) -> Window:
    """Return the stretch that proves a no: around its words where we know them, else before it was told."""
    length = float(recording.seconds)
    if recording.keeps is Keeps.MESSAGE:
        return Window(0.0, min(length, LONGEST_MESSAGE.total_seconds()))
    place = no.place
    if place is not None and place.recording == recording.id and place.starts_ms is not None:
        ends_ms = place.ends_ms if place.ends_ms is not None else place.starts_ms
        return _within(place.starts_ms / 1000, ends_ms / 1000, length, before=AFTER_WORDS)
    said_at = place.said_at if place is not None and place.said_at is not None else None
    at = ((said_at or no.at) - recording.begins_at).total_seconds()
    return _within(at, at, length, before=BEFORE_WORDS if said_at is not None else BEFORE_BUTTON)


def _within(first: float, last: float, length: float, *, before: timedelta) -> Window:
    """Widen a stretch and keep it inside the recording; one told after the end is about what came before."""
    last = min(max(last, 0.0), length)
    first = min(max(first, 0.0), last)
    return Window(max(0.0, first - before.total_seconds()), min(length, last + AFTER_WORDS.total_seconds()))


def next_try(recording: Recording, *, at: datetime) -> datetime | None:
    """Return when to try again after a failure, None once it has been tried for a day."""
    if at >= recording.ended_at + LAST_TRY:
        return None
    return at + (AGAIN[recording.tries] if recording.tries < len(AGAIN) else timedelta(hours=1))
