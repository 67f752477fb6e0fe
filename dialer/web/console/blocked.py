"""The list of blocked calls, and exactly the same list as a file."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from flask import Response, render_template, request, send_file

from dialer.clock import london_day
from dialer.people.roles import Sight
from dialer.reports.blocked_calls import (
    BlockedCall,
    By,
    Group,
    Page,
    Wanted,
    fitting,
    grouped,
    total,
    wanted_tallies,
)
from dialer.reports.columns import table_of_calls
from dialer.reports.csv_file import csv_pieces
from dialer.reports.xlsx_file import write_xlsx
from dialer.web.console.entrance import Visitor
from dialer.web.console.filters import Filters, read_filters
from dialer.web.console.names import Names
from dialer.web.parts import parts_of_app

ON_A_PAGE: Final = 50
_SPOOLED_BYTES: Final = 8 * 1024 * 1024
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One reading of the list's address: the filters, what they come to, and what there is to choose from."""

    filters: Filters
    wanted: Wanted
    total: int
    choices: dict[str, tuple[Group, ...]]


def blocked(visitor: Visitor) -> str:
    """Show one page of the list."""
    asked = _asked(visitor.user.sight)
    page = _page(asked, visitor.user.sight)
    return render_template(
        "console/blocked.html",
        visitor=visitor,
        asked=asked,
        filters=asked.filters,
        page=page,
        names=Names(parts_of_app().configuration.current()),
    )


def blocked_csv(visitor: Visitor) -> Response:
    """Send the whole filtered list as CSV, streamed."""
    pieces = csv_pieces(table_of_calls(_all(visitor), visitor.user.numbers))
    # The first piece is read before anything is sent: a store that is away is a 503 and no empty file.
    response = Response(chain([next(pieces)], pieces), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name("csv")}"'
    return response


def blocked_xlsx(visitor: Visitor) -> Response:
    """Send the whole filtered list as a workbook; it is written to a temporary file first."""
    file = tempfile.SpooledTemporaryFile(_SPOOLED_BYTES)  # noqa: SIM115 - closed with the response
    write_xlsx(table_of_calls(_all(visitor), visitor.user.numbers), file)
    file.seek(0)
    return send_file(file, XLSX, as_attachment=True, download_name=_file_name("xlsx"))


def _asked(sight: Sight) -> Asked:
    parts = parts_of_app()
    filters = read_filters(request.args, today=london_day(parts.clock()))
    everything = Wanted(period=filters.period, verdicts=filters.outcome.verdicts)
    there = wanted_tallies(everything, parts.reports, sight)
    choices = {by.value: grouped(there, by) for by in (By.REASON, By.CAMPAIGN, By.AGENT, By.PRINCIPAL)}
    wanted = filters.wanted(frozenset(group.name or "" for group in choices["reason"]))
    return Asked(filters=filters, wanted=wanted, total=total(fitting(there, wanted)), choices=choices)


def _page(asked: Asked, sight: Sight) -> Page:
    return parts_of_app().reports.page(
        asked.wanted, sight, order=asked.filters.order, after=asked.filters.after, at_most=ON_A_PAGE
    )


def _all(visitor: Visitor) -> Iterator[BlockedCall]:
    asked = _asked(visitor.user.sight)
    return parts_of_app().reports.all(asked.wanted, visitor.user.sight, order=asked.filters.order)


def _file_name(ending: str) -> str:
    filters = read_filters(request.args, today=london_day(parts_of_app().clock()))
    return f"blocked-calls-{filters.period.first}-to-{filters.period.last}.{ending}"
