"""Play a clip: find it, write down who hears it, open it, and see that it is what was kept.

Whoever listens is in the ledger before the first byte goes out. A clip is found by the objection or the
review it proves; an objection that a review became is proved by the review's.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dialer.clock import Clock
from dialer.consents.approval import Person, Review
from dialer.errors import Damaged, NotFound
from dialer.objections.corrected import KeptObjection
from dialer.objections.recordings import Clip, ClipState, Recording, RecordingState


class Clips(Protocol):
    """Keeps what is known of clips; see `store.clips`. Each raises CannotKeep."""

    def of_call(self, call: str) -> Sequence[Clip]:
        """Return the clips of one call, the earliest kept first."""
        ...

    def keep_hearing(self, clip: Clip, *, by: Person, at: datetime) -> None:
        """Keep in the ledger, on disk, that somebody hears a clip."""
        ...


class Recordings(Protocol):
    """Keeps what is known of recordings; see `store.recordings`."""

    def of_call(self, call: str) -> Sequence[Recording]:
        """Return the recordings of one call."""
        ...

    def find(self, recording_id: str) -> Recording | None:
        """Return one recording, None if it is not known."""
        ...

    def note(self, recording: Recording) -> bool:
        """Write down a recording that is to be looked at; False if it was known."""
        ...

    def take_due(self, at: datetime) -> Sequence[str]:
        """Return recordings to be looked at by then, and keep them from others for a while."""
        ...

    def was_heard(self, recording_id: str, *, at: datetime) -> None:
        """Keep that words came of a message, and have it looked at now."""
        ...


class Files(Protocol):
    """Opens sealed files; see `archive.vault`."""

    def get(self, name: str) -> bytes:
        """Return what a file holds; raises NotFound, Damaged or CannotKeep."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipDesk:
    """The parts that clips are played with."""

    clips: Clips
    recordings: Recordings
    files: Files
    clock: Clock


def clip_of_review(review: Review, desk: ClipDesk) -> Clip | None:
    """Return the clip of what was heard, None while there is none; one round trip.

    Where the words themselves brought none, another clip of the same call is better than nothing.
    """
    possible = review.possible
    if possible is None:
        return None
    call = possible.decision or possible.call_ref
    return _of(call, (review.id, possible.objection), desk)


def clip_of_objection(kept: KeptObjection, desk: ClipDesk) -> Clip | None:
    """Return the clip of an objection, or of the review it was, None where there is none; one round trip."""
    return _of(kept.decision or kept.call_ref, (kept.objection.id,), desk)


def play(clip: Clip, desk: ClipDesk, *, by: Person) -> bytes:
    """Return the sound of a clip (`clip.media_type`), once it is in the ledger that this person hears it.

    Raises NotFound for one that was deleted, Damaged for one that is not what was kept, CannotKeep.
    """
    if clip.state is ClipState.DELETED:
        raise NotFound(f"the clip was deleted on {clip.deleted_at:%d %B %Y}, when its time was over")
    desk.clips.keep_hearing(clip, by=by, at=desk.clock())
    sound = desk.files.get(clip.file)
    if hashlib.sha256(sound).hexdigest() != clip.sha256:
        raise Damaged(f"clip {clip.id} is not what was kept: its digest differs; restore it from a backup")
    return sound


def why_there_is_none(call: str | None, desk: ClipDesk) -> str:
    """Return, for whoever asked in vain, why a call has no clip (yet)."""
    recordings = desk.recordings.of_call(call) if call is not None else ()
    for recording in recordings:
        if recording.state is RecordingState.FAILED:
            return f"the recording could not be fetched: {recording.why}"
    if any(recording.state is RecordingState.OPEN for recording in recordings):
        return "the recording is being fetched; ask again in a minute"
    return "there is no recording of that call that could prove it"


def _of(call: str | None, subjects: Sequence[str | None], desk: ClipDesk) -> Clip | None:
    if call is None:
        return None
    clips = desk.clips.of_call(call)
    own = [clip for clip in clips if clip.subject in subjects]
    return next(iter((*own, *clips)), None)
