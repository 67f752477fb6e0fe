"""The columns of an exported report: one order and one wording for CSV, XLSX and JSON alike."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from dialer.clock import LONDON
from dialer.people.roles import NumbersShown
from dialer.people.shown_numbers import shown_number
from dialer.reports.blocked_calls import BlockedCall, By, Group

CALL_COLUMNS: Final = (
    "decided_at",
    "decision",
    "verdict",
    "reason",
    "kind",
    "citation",
    "say",
    "to",
    "channel",
    "campaign",
    "agent",
    "principal",
    "operator",
    "advisory",
)


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and rows of text that may be far more than fit in memory; `rows` can be read once."""

    headings: tuple[str, ...]
    rows: Iterator[tuple[str, ...]]


def table_of_calls(calls: Iterable[BlockedCall], numbers: NumbersShown) -> Table:
    """Return one row a call, its number as `numbers` allows; times carry London's offset of that day."""
    return Table(CALL_COLUMNS, (_row(call, numbers) for call in calls))


def table_of_groups(groups: Iterable[Group], by: By) -> Table:
    """Return one row a heading."""
    return Table((by.value, "calls"), ((group.name or "", str(group.calls)) for group in groups))


def _row(call: BlockedCall, numbers: NumbersShown) -> tuple[str, ...]:
    return (
        call.decided_at.astimezone(LONDON).isoformat(timespec="seconds"),
        call.id,
        call.verdict.value,
        call.reason,
        call.kind,
        call.citation,
        call.say,
        shown_number(call.to, numbers),
        call.channel or "",
        call.campaign or "",
        call.agent or "",
        call.principal or "",
        call.operator or "",
        "yes" if call.advisory else "no",
    )
