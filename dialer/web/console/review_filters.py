"""What the two lists of noes show, kept wholly in their addresses: the queue, and what a machine heard."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dialer.consents.approval import ReviewKind
from dialer.reports.heard import HeardWanted, Judged
from dialer.reports.period import read_day
from dialer.web.console.filters import choice_of, given_in, in_address, owner_of


class QueueKind(StrEnum):
    """What waits on the queue's page."""

    OPT_OUT = ReviewKind.OPT_OUT.value
    CORRECTION = ReviewKind.CORRECTION.value


class QueueOrder(StrEnum):
    """Which end of the queue a page begins at; the soonest to come into force waits the longest."""

    SOONEST = "soonest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilters:
    """The filters as chosen; None is any, "" is none named. `after` is a place in the queue, not a filter."""

    kind: QueueKind | None = None
    campaign: str | None = None
    agent: str | None = None
    order: QueueOrder = QueueOrder.SOONEST
    after: str | None = None

    @property
    def address(self) -> dict[str, str]:
        """Return the query that leads back to the first page of this; what is as usual is left out."""
        chosen = {
            "kind": self.kind.value if self.kind is not None else "",
            "campaign": in_address(self.campaign),
            "agent": in_address(self.agent),
            "order": "" if self.order is QueueOrder.SOONEST else self.order.value,
        }
        return {name: value for name, value in chosen.items() if value}

    @property
    def narrows(self) -> bool:
        """Say whether anything beside the order is chosen."""
        return not set(self.address) <= {"order"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardFilters:
    """One day of London's, and which of what was heard on it."""

    day: date
    now: date
    wanted: HeardWanted
    after: str | None = None

    @property
    def address(self) -> dict[str, str]:
        """Return the query that leads back to the first page of this; what is as usual is left out."""
        wanted = self.wanted
        chosen = {
            "day": "" if self.day == self.now else self.day.isoformat(),
            "judged": wanted.judged.value if wanted.judged is not None else "",
            "campaign": in_address(wanted.campaign),
            "agent": in_address(wanted.agent),
        }
        return {name: value for name, value in chosen.items() if value}

    @property
    def narrows(self) -> bool:
        """Say whether anything beside the day is chosen."""
        return not set(self.address) <= {"day"}


def read_queue_filters(query: Mapping[str, str]) -> QueueFilters:
    """Return the filters of an address; raises Unreadable that names the one it cannot read."""
    given = given_in(query)
    return QueueFilters(
        kind=choice_of(QueueKind, given, "kind"),
        campaign=owner_of(given.get("campaign")),
        agent=owner_of(given.get("agent")),
        order=choice_of(QueueOrder, given, "order") or QueueOrder.SOONEST,
        after=given.get("after"),
    )


def read_heard_filters(query: Mapping[str, str], *, today: date) -> HeardFilters:
    """Return the filters of an address, on today where it names no day; raises Unreadable."""
    given = given_in(query)
    wanted = HeardWanted(
        judged=choice_of(Judged, given, "judged"),
        campaign=owner_of(given.get("campaign")),
        agent=owner_of(given.get("agent")),
    )
    day = min(read_day(given["day"], pointer="day"), today) if "day" in given else today
    return HeardFilters(day=day, now=today, wanted=wanted, after=given.get("after"))
