"""Drain one destination: under its lease, tell what is due, in order, settle each, and say if more is due.

At least once everywhere: a worker that dies between the answer and the settlement leaves the notice due, and
the next one sends the same id. The lease keeps two workers from one destination; its fencing number keeps a
worker that was asleep too long from settling what another has taken over.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from dialer.clock import Clock
from dialer.delivery.answer import Asked, Told
from dialer.delivery.confirm import confirm
from dialer.delivery.destination import Destination
from dialer.delivery.fate import abandoned, after_telling, no_longer_asked, rest_after
from dialer.delivery.notice import RECORDED, Notice, NoticeState

DRAIN_SECONDS: Final = 10.0
BATCH: Final = 50


class Turn(StrEnum):
    """Whether a notice that is due may be told now."""

    GO = "GO"
    WAIT = "WAIT"
    """An earlier notice for the same line is still waiting here: this one was put behind it."""
    STALE = "STALE"
    """Another worker holds the destination by now."""
    GONE = "GONE"
    """Somebody has dealt with it meanwhile."""


class Outbox(Protocol):
    """The truth about what is to be told; every method is one atomic act or one reading."""

    def take(self, destination_id: str) -> int | None:
        """Take the destination's lease and return its fencing number; None: another worker has it."""

    def release(self, destination_id: str, fence: int) -> None:
        """Give the lease back, if it is still ours."""

    def due(self, destination_id: str, *, at: datetime, limit: int) -> tuple[Notice, ...]:
        """Return what is due, the longest due first; nothing while the destination rests."""

    def turn(self, notice: Notice, fence: int) -> Turn:
        """Say whether this notice may go now; puts it behind an earlier one of its line if not."""

    def settle(self, before: Notice, after: Notice, *, fence: int, rest_until: datetime | None) -> bool:
        """Keep the outcome and renew the lease; False: another worker holds the destination by now."""

    def is_corrected(self, notice: Notice) -> bool:
        """Say whether the withdrawal it tells of has been corrected since, on its line."""

    def is_due(self, destination_id: str, *, at: datetime) -> bool:
        """Say whether anything is due, and the destination is not resting."""


class Adapter(Protocol):
    """One kind of destination. HubSpot, Salesforce, Genesys, VICIdial, a CSV folder and mail fit it alike."""

    def tell(self, destination: Destination, notice: Notice, *, at: datetime) -> Told:
        """Make one attempt, at most 10 s long; never raises: what went wrong is in the answer."""

    def confirm(self, destination: Destination, notice: Notice, *, at: datetime) -> Asked:
        """Ask once whether it holds the entry; never raises."""

    def list(self, destination: Destination) -> Iterator[str] | None:
        """Return the contact points it says it holds; None: this kind cannot say."""


class Destinations(Protocol):
    """Knows where notices go."""

    def find(self, destination_id: str) -> Destination | None:
        """Return a destination as configured at this moment; None: it was removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The parts a drain needs. `should_stop` is asked between two attempts; `elapsed` counts seconds."""

    outbox: Outbox
    destinations: Destinations
    adapters: Mapping[str, Adapter]
    clock: Clock
    elapsed: Callable[[], float]
    should_stop: Callable[[], bool] = lambda: False

    def drain(self, destination_id: str) -> bool:
        """Deal with what is due for up to DRAIN_SECONDS and one attempt more; say if more is due.

        Does nothing when another worker has the destination. Raises CannotKeep when the store is away.
        """
        fence = self.outbox.take(destination_id)
        if fence is None:
            return False
        until = self.elapsed() + DRAIN_SECONDS
        try:
            for notice in self._due(destination_id):
                if self.should_stop() or self.elapsed() >= until or not self._goes_on(notice, fence):
                    break
        finally:
            self.outbox.release(destination_id, fence)
        # Asked after the release: whoever rang meanwhile found the lease taken and went away again.
        return self.outbox.is_due(destination_id, at=self.clock())

    def _due(self, destination_id: str) -> Iterator[Notice]:
        while batch := self.outbox.due(destination_id, at=self.clock(), limit=BATCH):
            yield from batch

    def _goes_on(self, notice: Notice, fence: int) -> bool:
        """Deal with one notice; False ends the drain: another worker took over, or the destination rests."""
        turn = self.outbox.turn(notice, fence)
        if turn is not Turn.GO:
            return turn is not Turn.STALE
        after, rest_until = self._after(notice, self.destinations.find(notice.destination))
        is_ours = self.outbox.settle(notice, after, fence=fence, rest_until=rest_until)
        return is_ours and rest_until is None

    def _after(self, notice: Notice, destination: Destination | None) -> tuple[Notice, datetime | None]:
        if destination is None:
            return abandoned(notice, reason="its destination was removed; add it again and retry"), None
        adapter = self.adapters[destination.kind]
        if notice.state is NoticeState.DELIVERED:
            # Told again because it is missing there, it would come after its own correction and undo it. The
            # correction cannot be told while this is asked: one worker tells a destination everything.
            if self.outbox.is_corrected(notice):
                return no_longer_asked(notice), None
            return confirm(notice, destination, adapter=adapter, clock=self.clock), None
        told = adapter.tell(destination, notice, at=self.clock())
        at = self.clock()
        # Whoever took a correction no longer holds the entry, so there is nothing to ask it about.
        confirms = destination.confirm_url is not None and notice.event == RECORDED
        after = after_telling(notice, told, at=at, confirms=confirms)
        return after, rest_after(told, after, at=at)
