"""What was said in a recording, read after the call: each sentence of the callee is heard like one said live.

So a call that no machine listened to live is heard all the same, where it was recorded and callees were told.
A sentence that is no *no* goes nowhere.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Protocol

from dialer.clock import Clock
from dialer.errors import RingfenceError
from dialer.ids import Kind, id_for
from dialer.objections.listening import ListeningDesk, Turn, listen
from dialer.objections.opt_out import Context, context_of
from dialer.objections.proof import Place
from dialer.objections.recordings import Keeps, Recording
from dialer.people.keys import digest_of

_log = logging.getLogger(__name__)
_CALLEE: Final = 2
_SOURCE: Final = "speech"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence; `channel` counts from 1, times from the recording's begin, None not given."""

    channel: int
    ordinal: int
    words: str
    confidence: float | None
    starts_ms: int | None
    ends_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """A transcript and the recording it is of, None where it is of something else."""

    id: str
    recording: str | None
    sentences: tuple[Sentence, ...]


class Carrier(Protocol):
    """Makes transcripts; see `telephony.transcripts`."""

    def transcript(self, transcript_id: str) -> Transcript:
        """Fetch one with its sentences; raises Refused, TooMany and Unanswered."""
        ...


class Line(Protocol):
    """One line of the ledger."""

    @property
    def fields(self) -> dict[str, Any]:
        """Return what was written."""
        ...


class Ledger(Protocol):
    """Reads decisions; see `store.ledger`."""

    def find(self, decision_id: str) -> Line | None:
        """Return one decision's line, None if there is none."""
        ...


class Recordings(Protocol):
    """Keeps what is known of recordings; see `store.recordings`."""

    def find(self, recording_id: str) -> Recording | None:
        """Return one recording, None if it is not known."""
        ...

    def was_heard(self, recording_id: str, *, at: Any) -> None:
        """Keep that words came of it, and have it looked at now."""
        ...


class Waiting(Protocol):
    """Transcripts that are ready; see `store.transcripts`."""

    def done(self, transcript_id: str) -> None:
        """Forget one that was read."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The parts of reading transcripts."""

    carrier: Carrier
    waiting: Waiting
    recordings: Recordings
    ledger: Ledger
    listening: ListeningDesk
    clock: Clock


def hear_transcript(transcript_id: str, parts: Reading) -> int:
    """Hear the callee's sentences, and return how many; again changes nothing.

    One that cannot be fetched stays, and comes up again for a day. Raises CannotKeep.
    """
    try:
        transcript = parts.carrier.transcript(transcript_id)
    except RingfenceError as problem:
        _log.warning("transcript %s waits: %s", transcript_id, problem.message)
        return 0
    recording = parts.recordings.find(transcript.recording or "")
    heard = 0
    if recording is not None:
        for context in _contexts(recording, parts):
            heard += sum(_hear(each, transcript, recording, context, parts) for each in transcript.sentences)
        parts.recordings.was_heard(recording.id, at=parts.clock())
    parts.waiting.done(transcript_id)
    return heard


def _contexts(recording: Recording, parts: Reading) -> Sequence[Context]:
    if recording.keeps is not Keeps.MESSAGE:
        entry = parts.ledger.find(recording.call)
        return (context_of(entry.fields),) if entry is not None else ()
    return tuple(
        Context(
            contact_point=recording.contact_point,
            principal=principal,
            operator=operator,
            campaign=None,
            agent=None,
            decision=None,
            call_ref=recording.call_ref,
        )
        for principal, operator in recording.reached
    )


def _hear(
    said: Sentence, transcript: Transcript, recording: Recording, context: Context, parts: Reading
) -> bool:
    is_message = recording.keeps is Keeps.MESSAGE
    if not is_message and said.channel != _CALLEE:
        return False
    told = digest_of(f"{transcript.id}|{said.channel}|{said.ordinal}|{context.principal or context.operator}")
    begins = timedelta(milliseconds=said.starts_ms or 0)
    place = Place(
        via="voicemail" if is_message else "recording",
        session=transcript.id,
        turn=str(said.ordinal),
        said_at=recording.begins_at + begins if said.starts_ms is not None else None,
        recording=recording.id,
        starts_ms=said.starts_ms,
        ends_ms=said.ends_ms,
    )
    turn = Turn(
        words=said.words,
        confidence=said.confidence,
        source=_SOURCE,
        objection_id=id_for(Kind.OBJECTION, told),
        has_agent=not is_message,
        place=place,
    )
    listen(turn, context, parts.listening)
    return True
