"""What a scrub asks of the store, and what the store answers: everything as it stood when the scrub began."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dialer.calls.call import Channel
from dialer.errors import CannotKeep
from dialer.law.facts import Case, Listing, Policy
from dialer.registers.live import LiveRegister
from dialer.registers.washed import LiveWashes
from dialer.screening.alike import Law
from dialer.screening.question import Question
from dialer.scrubbing.arrays import Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What all rows are judged on. `marked` are the lines anything is held about, E.164 without plus, sorted.

    `versions` and `epoch` are compared again at the end. `needs_dates` says whether the day a number was
    first listed can decide anything. `channel` is the one asked for, the campaign's where none is; `policy`
    is the house's.
    """

    at: datetime
    epoch: int
    versions: tuple[tuple[str, str], ...]
    registers: tuple[LiveRegister, ...]
    washes: LiveWashes | None
    marked: Numbers
    needs_dates: bool
    channel: Channel | None
    policy: Policy


class BasisGone(CannotKeep):
    """What a scrub rests on was replaced and deleted meanwhile; it begins again."""


class Held(Protocol):
    """What is held about one line."""

    def likeness(self, law: Law) -> Hashable:
        """Return what a judgement by this law reads of it: equal for lines judged alike."""
        ...

    def case(self, listings: Mapping[str, Listing]) -> Case:
        """Return the line's case, with what registers say of it; raises CannotKeep."""
        ...


class Readings(Protocol):
    """One scrub's reading of the store; raises CannotKeep, never guesses."""

    @property
    def basis(self) -> Basis:
        """What was read at the start."""
        ...

    def held_pages(self, register: LiveRegister) -> Numbers:
        """Return the pages that a version has, ascending. One round trip."""
        ...

    def pages(self, register: LiveRegister, pages: Sequence[int]) -> Sequence[bytes | None]:
        """Return held pages of a version; BasisGone once the version is. One round trip."""
        ...

    def additions(self, register: LiveRegister, pages: Sequence[int]) -> Sequence[Mapping[int, int]]:
        """Return, page by page, offset → ordinal of the snapshot that added it."""
        ...

    def wash_pages(self, pages: Sequence[int]) -> Sequence[bytes | None]:
        """Return pages of wash results, None where there are none."""
        ...

    def plain_case(self, to: str, listings: Mapping[str, Listing]) -> Case:
        """Return the case of a number about which nothing is held but what registers say."""
        ...

    def held(self, lines: Sequence[str]) -> Sequence[Held]:
        """Return what is held about lines, in their order; one round trip in some hundred lines."""
        ...

    def still_stands(self) -> bool:
        """Say whether configuration and registers are still those of the basis. Two round trips."""
        ...


class Facts(Protocol):
    """Begins readings."""

    def begin(self, question: Question, at: datetime) -> Readings:
        """Read what a scrub rests on; raises NotFound for a campaign nobody keeps, CannotKeep."""
        ...
