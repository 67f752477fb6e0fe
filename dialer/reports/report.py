"""One report as everybody asks for it: the same figures for the page, the API and the command line."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from dialer.people.roles import NumbersShown, Sight
from dialer.reports.blocked_calls import (
    BlockedCall,
    BlockedCalls,
    By,
    Group,
    Order,
    Tallies,
    Wanted,
    grouped,
    total,
    wanted_tallies,
)
from dialer.reports.columns import Table, table_of_calls, table_of_groups


class Source(Tallies, BlockedCalls, Protocol):
    """Where reports are read from: the counts and the calls behind them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was asked and what answers it: `groups` when it counts `by` something, `calls` when it lists.

    `calls` reads the ledger as it is read, once.
    """

    wanted: Wanted
    by: By | None
    total: int
    groups: tuple[Group, ...]
    calls: Iterator[BlockedCall]


def blocked_calls(wanted: Wanted, source: Source, sight: Sight, *, by: By | None = None) -> Report:
    """Return the report; `by` None lists each call, oldest first. One round trip, and those of the list."""
    counted = wanted_tallies(wanted, source, sight)
    return Report(
        wanted=wanted,
        by=by,
        total=total(counted),
        groups=grouped(counted, by) if by is not None else (),
        calls=source.all(wanted, sight, order=Order.OLDEST) if by is None else iter(()),
    )


def table_of(report: Report, numbers: NumbersShown) -> Table:
    """Return the report as rows of text, for CSV and XLSX."""
    if report.by is None:
        return table_of_calls(report.calls, numbers)
    return table_of_groups(report.groups, report.by)


def json_pieces(report: Report, numbers: NumbersShown) -> Iterator[str]:
    """Yield one JSON object piece by piece: what was asked, `total`, then `groups` or `calls`.

    A list that breaks off (the store went away) is no valid JSON, so nobody can take a part for the whole.
    """
    head = {
        "from": report.wanted.period.first.isoformat(),
        "to": report.wanted.period.last.isoformat(),
        "by": report.by.value if report.by is not None else None,
        "total": report.total,
    }
    yield _compact(head)[:-1]
    yield ',"calls":[' if report.by is None else ',"groups":['
    for number, row in enumerate(_objects(report, numbers)):
        yield f"{',' if number else ''}{_compact(row)}"
    yield "]}"


def _objects(report: Report, numbers: NumbersShown) -> Iterator[dict[str, Any]]:
    if report.by is not None:
        yield from ({report.by.value: group.name, "calls": group.calls} for group in report.groups)
        return
    table = table_of_calls(report.calls, numbers)
    for row in table.rows:
        found: dict[str, Any] = {name: cell or None for name, cell in zip(table.headings, row, strict=True)}
        yield {**found, "advisory": found["advisory"] == "yes"}


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
