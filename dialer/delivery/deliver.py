"""Drain one destination: under its lease, tell what is due, in order, settle each, and say if more is due.

At least once everywhere: a worker that dies between the answer and the settlement leaves the notice due, and
the next one sends the same id. The lease keeps two workers from one destination; its fencing number keeps a
worker that was asleep too long from settling what another has taken over.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
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

    @property
    def most_at_once(self) -> int:
        """Return how many notices one attempt may carry: 1, or more where it writes a file or a mail."""

    def tell(self, destination: Destination, notices: Sequence[Notice], *, at: datetime) -> Told:
        """Make one attempt for all, at most 10 s long; never raises: what went wrong is in the answer.

        They are in the order in which they must be read, and share one fate.
        """

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
    """The parts a drain needs. `should_stop` is asked between two attempts; `elapsed` counts seconds.

    `pause` lets seconds go by where a destination bears only so many attempts a second.
    """

    outbox: Outbox
    destinations: Destinations
    adapters: Mapping[str, Adapter]
    clock: Clock
    elapsed: Callable[[], float]
    pause: Callable[[float], None]
    should_stop: Callable[[], bool] = lambda: False

    def drain(self, destination_id: str) -> bool:
        """Deal with what is due for up to DRAIN_SECONDS and one attempt more; say if more is due.

        Does nothing when another worker has the destination, or it is paused. Raises CannotKeep when the
        store is away.
        """
        destination = self.destinations.find(destination_id)
        if destination is not None and destination.paused_at is not None:
            return False
        fence = self.outbox.take(destination_id)
        if fence is None:
            return False
        until = self.elapsed() + DRAIN_SECONDS
        try:
            for notices in self._due(destination_id):
                if self.should_stop() or self.elapsed() >= until or not self._goes_on(notices, fence):
                    break
        finally:
            self.outbox.release(destination_id, fence)
        # Asked after the release: whoever rang meanwhile found the lease taken and went away again.
        return self.outbox.is_due(destination_id, at=self.clock())

    def _due(self, destination_id: str) -> Iterator[tuple[Notice, ...]]:
        while batch := self.outbox.due(destination_id, at=self.clock(), limit=BATCH):
            size = self._most_at_once(destination_id)
            for start in range(0, len(batch), size):
                yield batch[start : start + size]

    def _most_at_once(self, destination_id: str) -> int:
        destination = self.destinations.find(destination_id)
        return 1 if destination is None else self.adapters[destination.kind].most_at_once

    def _goes_on(self, notices: Sequence[Notice], fence: int) -> bool:
        """Deal with these; False ends the drain: another worker took over, or the destination rests."""
        going = []
        for notice in notices:
            turn = self.outbox.turn(notice, fence)
            if turn is Turn.STALE:
                return False
            if turn is Turn.GO:
                going.append(notice)
        destination = self.destinations.find(notices[0].destination)
        rests = [self._settled(after, fence) for after in self._after(going, destination)]
        return all(rests)

    def _settled(self, fate: "Fate", fence: int) -> bool:
        is_ours = self.outbox.settle(fate.before, fate.after, fence=fence, rest_until=fate.rest_until)
        return is_ours and fate.rest_until is None

    def _after(self, notices: Sequence[Notice], destination: Destination | None) -> Iterator["Fate"]:
        """Yield what becomes of each: questions one by one, then all that is to be told in one attempt."""
        if destination is None:
            reason = "its destination was removed; add it again and retry"
            yield from (Fate(one, abandoned(one, reason=reason)) for one in notices)
            return
        adapter = self.adapters[destination.kind]
        for one in notices:
            if one.state is NoticeState.DELIVERED:
                yield Fate(one, self._asked(one, destination, adapter))
        if waiting := [one for one in notices if one.state is not NoticeState.DELIVERED]:
            yield from self._told(waiting, destination, adapter)

    def _asked(self, notice: Notice, destination: Destination, adapter: Adapter) -> Notice:
        # Told again because it is missing there, it would come after its own correction and undo it. The
        # correction cannot be told while this is asked: one worker tells a destination everything.
        if self.outbox.is_corrected(notice):
            return no_longer_asked(notice)
        return confirm(notice, destination, adapter=adapter, clock=self.clock)

    def _told(
        self, waiting: Sequence[Notice], destination: Destination, adapter: Adapter
    ) -> Iterator["Fate"]:
        if destination.a_second is not None:
            # Before each attempt rather than between two: the next drain begins where this one ended.
            self.pause(1 / destination.a_second)
        told = adapter.tell(destination, waiting, at=self.clock())
        at = self.clock()
        for notice in waiting:
            # Whoever took a correction no longer holds the entry, so there is nothing to ask it about.
            confirms = can_confirm(destination) and notice.event == RECORDED
            after = after_telling(notice, told, at=at, confirms=confirms)
            yield Fate(notice, after, rest_after(told, after, at=at))


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a notice; `rest_until`: until when its destination is left alone."""

    before: Notice
    after: Notice
    rest_until: datetime | None = None


def can_confirm(destination: Destination) -> bool:
    """Say whether this destination can be asked whether it holds an entry."""
    return destination.confirm_url is not None
