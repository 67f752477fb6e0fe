"""What a list shows, kept wholly in its address: it can be bookmarked, sent on, and gone back to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from dialer.errors import Fault, Unreadable
from dialer.law.reasons import RuleKind, kind_of
from dialer.reports.blocked_calls import Order, Wanted
from dialer.reports.period import Period, period, read_day
from dialer.screening.verdict import Answer

LONGEST_FILTER: Final = 128
# Stands for "none was named" in an address, where an empty value means that nothing was chosen.
NONE_NAMED: Final = "-"

Choice = TypeVar("Choice", bound=StrEnum)


class Outcome(StrEnum):
    """Which calls that were not put through."""

    BLOCKED = "blocked"
    PUT_OFF = "put_off"
    BOTH = "both"

    @property
    def verdicts(self) -> frozenset[Answer]:
        """Return the verdicts meant."""
        match self:
            case Outcome.BLOCKED:
                return frozenset({Answer.BLOCK})
            case Outcome.PUT_OFF:
                return frozenset({Answer.DEFER})
            case Outcome.BOTH:
                return frozenset({Answer.BLOCK, Answer.DEFER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The filters as chosen; None is any, "" is none named. `after` is a place in the list, not a filter."""

    period: Period
    outcome: Outcome = Outcome.BLOCKED
    kind: RuleKind | None = None
    reason: str | None = None
    campaign: str | None = None
    principal: str | None = None
    agent: str | None = None
    order: Order = Order.NEWEST
    after: str | None = None

    def wanted(self, seen: frozenset[str]) -> Wanted:
        """Return what to ask for; `seen` are the reasons there are, of which a kind picks some."""
        reasons = frozenset({self.reason}) if self.reason is not None else None
        if self.kind is not None:
            of_kind = frozenset(code for code in seen if kind_of(code) is self.kind)
            reasons = of_kind if reasons is None else reasons & of_kind
        return Wanted(
            period=self.period,
            campaign=self.campaign,
            agent=self.agent,
            principal=self.principal,
            reasons=reasons,
            verdicts=self.outcome.verdicts,
        )

    @property
    def address(self) -> dict[str, str]:
        """Return the query that leads back here, its first page; what is as usual is left out."""
        chosen = {
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "outcome": "" if self.outcome is Outcome.BLOCKED else self.outcome.value,
            "kind": self.kind.value if self.kind is not None else "",
            "reason": self.reason or "",
            "campaign": in_address(self.campaign),
            "principal": in_address(self.principal),
            "agent": in_address(self.agent),
            "order": "" if self.order is Order.NEWEST else self.order.value,
        }
        return {name: value for name, value in chosen.items() if value}

    @property
    def narrows(self) -> bool:
        """Say whether anything beside the days is chosen."""
        return not set(self.address) <= {"from", "to", "order"}


def read_filters(query: Mapping[str, str], *, today: date) -> Filters:
    """Return the filters of an address; raises Unreadable that names the one it cannot read."""
    given = given_in(query)
    last = read_day(given["to"], pointer="to") if "to" in given else None
    first = read_day(given["from"], pointer="from") if "from" in given else (last or today)
    return Filters(
        period=period(first, last or max(first, today)),
        outcome=choice_of(Outcome, given, "outcome") or Outcome.BLOCKED,
        kind=choice_of(RuleKind, given, "kind"),
        reason=given.get("reason"),
        campaign=owner_of(given.get("campaign")),
        principal=owner_of(given.get("principal")),
        agent=owner_of(given.get("agent")),
        order=choice_of(Order, given, "order") or Order.NEWEST,
        after=given.get("after"),
    )


def given_in(query: Mapping[str, str]) -> dict[str, str]:
    """Return what an address has that is not empty; raises Unreadable for a filter that is too long."""
    given = {name: value.strip() for name, value in query.items() if value.strip()}
    too_long = next((name for name, value in given.items() if len(value) > LONGEST_FILTER), None)
    if too_long is not None:
        raise Unreadable(
            "a filter is too long", faults=(Fault(too_long, f"at most {LONGEST_FILTER} characters"),)
        )
    return given


def owner_of(given: str | None) -> str | None:
    """Return an id from an address; "" where none is to be named, None where nothing was chosen."""
    return "" if given == NONE_NAMED else given


def in_address(chosen: str | None) -> str:
    """Return an id as an address holds it: the other way round."""
    return NONE_NAMED if chosen == "" else chosen or ""


def choice_of(choices: type[Choice], given: Mapping[str, str], name: str) -> Choice | None:
    """Return the choice named in an address, None where none is; raises Unreadable for one there is not."""
    if name not in given:
        return None
    try:
        return choices(given[name])
    except ValueError:
        allowed = ", ".join(choices)
        raise Unreadable(
            f"cannot read the filter ‘{name}’", faults=(Fault(name, f"one of: {allowed}"),)
        ) from None
