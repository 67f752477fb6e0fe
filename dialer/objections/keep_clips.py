"""Keep the clip of each no of a recorded call: fetched, cut, hashed, sealed, and then written down.

Done when the recording ends, and repeated without harm: a clip's id is its recording's and its no's. What was
recorded only for such a clip is deleted at the carrier an hour after the call, needed or not.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from dialer.clock import Clock
from dialer.errors import RingfenceError
from dialer.ids import Kind, id_for
from dialer.objections.recordings import (
    Clip,
    Keeps,
    NoOfCall,
    Recording,
    RecordingState,
    Window,
    next_try,
    window_of,
)
from dialer.people.keys import digest_of

_log = logging.getLogger(__name__)
# What nobody has found to be a no yet is looked at again after so long: it is settled by then.
DOUBT_KEPT_FOR: Final = timedelta(days=30)


class Recordings(Protocol):
    """Keeps what is known of recordings; see `store.recordings`. Each raises CannotKeep."""

    def find(self, recording_id: str) -> Recording | None:
        """Return one recording, None if it is not known."""
        ...

    def keep(self, recording: Recording, *, look_at: datetime | None) -> None:
        """Keep how it stands, and when to look again; None is never."""
        ...


class Clips(Protocol):
    """Keeps what is known of clips; see `store.clips`."""

    def of_call(self, call: str) -> Sequence[Clip]:
        """Return the clips of one call."""
        ...

    def keep(self, clip: Clip) -> None:
        """Write one down, with its line in the ledger, on disk; the same again changes nothing."""
        ...


class Noes(Protocol):
    """Finds what was said in a call; see `store.noes_of_call`."""

    def of(self, recording: Recording) -> Sequence[NoOfCall]:
        """Return each no of the recording's call, certain or possible."""
        ...


class Carrier(Protocol):
    """Holds the recordings; see `telephony.recordings`. Both raise Refused, TooMany or Unanswered."""

    def window(self, recording: Recording, window: Window) -> bytes:
        """Fetch a window of a recording as a WAV of its own; raises Unreadable for what is none."""
        ...

    def delete(self, recording_id: str) -> None:
        """Delete a recording; one that is gone is deleted."""
        ...


class Files(Protocol):
    """Keeps sealed files; see `archive.vault`."""

    def put(self, name: str, plain: bytes) -> None:
        """Keep a file; the same name again replaces it. Raises CannotKeep."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipWork:
    """The parts of it. `kept_for` is how long a clip is kept, `deletes_whole` what becomes of full ones.

    `doubt` holds the line of a message that stayed without words.
    """

    recordings: Recordings
    clips: Clips
    noes: Noes
    carrier: Carrier
    files: Files
    doubt: Callable[[Recording], None]
    clock: Clock
    kept_for: timedelta
    deletes_whole: bool
    media_type: str


def keep_clips(recording_id: str, work: ClipWork) -> int:
    """Keep the clips that a recording owes, and return how many are new; look again where one failed.

    Raises CannotKeep where not even that could be written down: the sweep comes back.
    """
    recording = work.recordings.find(recording_id)
    if recording is None or recording.state is not RecordingState.OPEN:
        return 0
    is_closing = work.clock() >= recording.closes_at
    try:
        if is_closing and recording.is_unheard:
            work.doubt(recording)
        kept = [_keep(no, recording, work) for no in _owed(recording, work)]
        if is_closing and _is_deleted_there(recording.keeps, work):
            work.carrier.delete(recording.id)
    except RingfenceError as problem:
        _fail(recording, problem, work)
        return 0
    state = RecordingState.CLOSED if is_closing else RecordingState.OPEN
    after = replace(recording, state=state, tries=0, why=None)
    work.recordings.keep(after, look_at=None if is_closing else recording.closes_at)
    return len(kept)


def _owed(recording: Recording, work: ClipWork) -> list[NoOfCall]:
    done = {clip.subject for clip in work.clips.of_call(recording.call) if clip.recording == recording.id}
    return [no for no in work.noes.of(recording) if no.subject not in done]


def _keep(no: NoOfCall, recording: Recording, work: ClipWork) -> Clip:
    window = window_of(no, recording)
    sound = work.carrier.window(recording, window)
    at = work.clock()
    is_doubt = no.subject.startswith(Kind.REVIEW)
    clip = Clip(
        id=id_for(Kind.CLIP, digest_of(f"{recording.id}|{no.subject}")),
        subject=no.subject,
        recording=recording.id,
        call=recording.call,
        contact_point=recording.contact_point,
        principal=no.principal,
        media_type=work.media_type,
        sha256=hashlib.sha256(sound).hexdigest(),
        bytes=len(sound),
        starts_ms=round(window.starts * 1000),
        ends_ms=round(window.ends * 1000),
        kept_at=at,
        keep_until=at + (min(DOUBT_KEPT_FOR, work.kept_for) if is_doubt else work.kept_for),
    )
    # The sound first: a clip that is written down can be played.
    work.files.put(clip.file, sound)
    work.clips.keep(clip)
    return clip


def _is_deleted_there(keeps: Keeps, work: ClipWork) -> bool:
    return keeps is Keeps.OPT_OUT_CLIP or work.deletes_whole


def _fail(recording: Recording, problem: RingfenceError, work: ClipWork) -> None:
    again = next_try(recording, at=work.clock())
    state = RecordingState.OPEN if again is not None else RecordingState.FAILED
    _log.warning("recording %s: %s%s", recording.id, problem.message, "" if again else "; given up")
    after = replace(recording, state=state, tries=recording.tries + 1, why=problem.message)
    work.recordings.keep(after, look_at=again)
