"""While somebody pays by card nobody records and no machine listens; what arrives then is dropped unread.

It is written down first: from that instant no word counts, whatever the carrier does. Then recording and
listening are stopped there. Whoever asked is told plainly if the recording may be going on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from dialer.clock import Clock
from dialer.consents.approval import Person
from dialer.errors import RingfenceError, Unanswered

NOT_LISTENING: Final = "Not listening: use the button."


class Listening(StrEnum):
    """What a machine hears of one call at this moment.

    `unheard`: it should listen and cannot. `off`: nobody asked it to.
    """

    ON = "on"
    PAUSED = "paused"
    UNHEARD = "unheard"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningState:
    """What is kept of one call. `session` counts how often listening was begun; the first is 1."""

    session: int = 1
    paused_at: datetime | None = None
    is_unheard: bool = False

    @property
    def is_paused(self) -> bool:
        """Say whether it is paused now."""
        return self.paused_at is not None

    def hears(self, session: int) -> bool:
        """Say whether what this session brings may be read: one that was ended is never read again."""
        return not self.is_paused and session == self.session


@dataclass(frozen=True, slots=True, kw_only=True)
class PausedCall:
    """The call that is paused: its decision, the leg that records and listens, and what it does."""

    decision: str
    call_ref: str
    contact_point: str
    principal: str | None
    records: bool
    listens: bool
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseKept:
    """What stands after a pause or a resumption. `say` is for the agent, None where there is nothing."""

    listening: Listening
    is_recorded: bool
    say: str | None


class States(Protocol):
    """Keeps what is listened to; see `store.listening_states`. Each raises CannotKeep."""

    def of(self, decision: str) -> ListeningState:
        """Return the state of one call."""
        ...

    def pause(self, call: PausedCall, *, by: Person, at: datetime) -> None:
        """Keep, on disk and in the ledger, that a call is paused; paused again it stays as it was."""
        ...

    def resume(self, call: PausedCall, *, by: Person, at: datetime) -> int:
        """Keep that it goes on, and return the number of the session that may be read from now on."""
        ...

    def note_unheard(self, decision: str, *, is_unheard: bool) -> None:
        """Keep that a call should be listened to and is not, or is again."""
        ...


class Carrier(Protocol):
    """Records and transcribes; see `telephony.listening`. Each raises Refused, TooMany or Unanswered."""

    def pause_recording(self, call_ref: str) -> bool:
        """Put silence in the place of what is said; False if nothing is recorded any more."""
        ...

    def resume_recording(self, call_ref: str) -> bool:
        """Record again; False if nothing was paused."""
        ...

    def stop_listening(self, call: PausedCall, *, session: int) -> bool:
        """End a transcription; False if none runs."""
        ...

    def start_listening(self, call: PausedCall, *, session: int) -> bool:
        """Begin another one; False if the call is over."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseDesk:
    """The parts of pausing."""

    states: States
    carrier: Carrier
    clock: Clock


def pause(call: PausedCall, desk: PauseDesk, *, by: Person) -> PauseKept:
    """Stop recording and listening together; again changes nothing.

    Raises Unanswered where the recording may go on: then no card number may be said. No word is read in any
    case. Raises CannotKeep where not even that is sure.
    """
    state = desk.states.of(call.decision)
    desk.states.pause(call, by=by, at=desk.clock())
    failed = _both(
        lambda: call.records and desk.carrier.pause_recording(call.call_ref),
        lambda: call.listens and desk.carrier.stop_listening(call, session=state.session),
    )
    if failed is not None:
        raise Unanswered(
            f"recording may be going on: take no card details in this call, or press pause again ({failed})"
        )
    return PauseKept(listening=Listening.PAUSED, is_recorded=False, say=NOT_LISTENING)


def resume(call: PausedCall, desk: PauseDesk, *, by: Person) -> PauseKept:
    """Record and listen again, where the campaign does; a call that was not paused stays as it is.

    What the ended session still brings is never read. Raises Unanswered where the carrier did not do it.
    """
    state = desk.states.of(call.decision)
    if not state.is_paused:
        return PauseKept(listening=heard(state, listens=call.listens), is_recorded=call.records, say=None)
    session = desk.states.resume(call, by=by, at=desk.clock())
    failed = _both(
        lambda: call.records and desk.carrier.resume_recording(call.call_ref),
        lambda: call.listens and desk.carrier.start_listening(call, session=session),
    )
    if failed is not None:
        # It stays paused, so that pressing again tries again.
        desk.states.pause(call, by=by, at=desk.clock())
        raise Unanswered(f"the call is still paused: press again, and use the button meanwhile ({failed})")
    after = desk.states.of(call.decision)
    return PauseKept(listening=heard(after, listens=call.listens), is_recorded=call.records, say=None)


def heard(state: ListeningState, *, listens: bool) -> Listening:
    """Return what a machine hears of a call; `listens` says whether its campaign has one listen."""
    if state.is_paused:
        return Listening.PAUSED
    if not listens:
        return Listening.OFF
    return Listening.UNHEARD if state.is_unheard else Listening.ON


def _both(*acts: Callable[[], bool]) -> str | None:
    """Do all, whether or not one of them fails; return why the first failed, None if all is well."""
    failures: list[str] = []
    for act in acts:
        try:
            act()
        except RingfenceError as problem:
            failures.append(problem.message)
    return failures[0] if failures else None
