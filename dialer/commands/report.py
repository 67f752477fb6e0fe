"""`ringfence report`: which calls were stopped and why, for a terminal, a spreadsheet or a script."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from dialer.clock import london_day
from dialer.people.roles import NumbersShown, Sight

if TYPE_CHECKING:
    from dialer.reports.blocked_calls import Wanted
    from dialer.reports.period import Period
    from dialer.wiring import Parts

# Whoever runs commands on this machine can read the store itself.
_EVERYTHING = Sight(principals=None, numbers=NumbersShown.FULL)
BY = ("reason", "agent", "campaign", "day", "principal")


@click.group()
def report() -> None:
    """Print reports."""


@report.command()
@click.option("--from", "first", metavar="DAY", help="First day, such as 2026-11-23; today if left out.")
@click.option("--to", "last", metavar="DAY", help="Last day, itself included; today if left out.")
@click.option("--by", type=click.Choice(BY), help="Count by this; without it each call is listed.")
@click.option("--campaign", metavar="ID")
@click.option("--agent", metavar="ID")
@click.option("--principal", metavar="ID")
@click.option("--reason", metavar="CODE")
@click.option("--put-off", is_flag=True, help="Calls put off for now, in place of blocked ones.")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def blocked(
    *,
    first: str | None,
    last: str | None,
    by: str | None,
    campaign: str | None,
    agent: str | None,
    principal: str | None,
    reason: str | None,
    put_off: bool,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Report the calls that were blocked, from day to day (London's days)."""
    from dialer.reports.blocked_calls import Wanted
    from dialer.screening.verdict import Answer

    if as_csv and as_json:
        raise click.UsageError("take --csv or --json, not both")
    parts = _parts()
    wanted = Wanted(
        period=_days(parts, first, last),
        campaign=campaign,
        agent=agent,
        principal=principal,
        reasons=frozenset({reason}) if reason is not None else None,
        verdicts=frozenset({Answer.DEFER if put_off else Answer.BLOCK}),
    )
    if as_csv or as_json:
        _write(parts, wanted, by, as_csv=as_csv)
    else:
        _show(parts, wanted, by)


@report.command()
@click.argument("decision_id", metavar="DECISION")
def why(decision_id: str) -> None:
    """Say why a decision fell as it did: each rule, its law and the facts it rests on."""
    from rich.console import Console

    from dialer.commands.report_tables import explanation
    from dialer.errors import NotFound
    from dialer.reports.explained import explain

    entry = _parts().ledger.find(decision_id)
    if entry is None or entry.kind != "decision":
        raise NotFound(f"there is no decision {decision_id}; `ringfence report blocked` lists them")
    Console(soft_wrap=True, highlight=False).print(explanation(explain(entry.fields)))


@report.command()
@click.option("--from", "first", metavar="DAY", help="First day, such as 2026-11-23; today if left out.")
@click.option("--to", "last", metavar="DAY", help="Last day, itself included; today if left out.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, one review a line.")
def approvals(*, first: str | None, last: str | None, as_json: bool) -> None:
    """Report what a second person approved or rejected: who proposed it, who settled it, when and why."""
    from dialer.commands.approvals import approval_lines

    parts = _parts()
    for line in approval_lines(parts.reviews, _days(parts, first, last), as_json=as_json):
        click.echo(line)


def _days(parts: "Parts", first: str | None, last: str | None) -> "Period":
    from dialer.reports.period import period, read_day

    today = london_day(parts.clock())
    until = read_day(last, pointer="--to") if last else None
    since = read_day(first, pointer="--from") if first else (until or today)
    return period(since, until or max(since, today))


def _write(parts: "Parts", wanted: "Wanted", by: str | None, *, as_csv: bool) -> None:
    """Stream the report to standard output; memory stays flat however long it is."""
    from dialer.reports.blocked_calls import By
    from dialer.reports.csv_file import csv_pieces
    from dialer.reports.report import blocked_calls, json_pieces, table_of

    made = blocked_calls(wanted, parts.reports, _EVERYTHING, by=By(by) if by else None)
    if as_csv:
        _send(csv_pieces(table_of(made, _EVERYTHING.numbers)))
    else:
        _send(json_pieces(made, _EVERYTHING.numbers))
        click.echo()


def _send(pieces: Iterable[str]) -> None:
    # As bytes: a text stream would turn CSV's CR LF into something else.
    output = sys.stdout.buffer
    for piece in pieces:
        output.write(piece.encode())
    output.flush()


def _show(parts: "Parts", wanted: "Wanted", by: str | None) -> None:
    from rich.console import Console

    from dialer.commands.report_tables import tables
    from dialer.reports.blocked_calls import By

    # A pipe has no width; a table that is cut to 80 columns would lose what it is read for.
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    for part in tables(wanted, parts.reports, _EVERYTHING, By(by) if by else None, parts.settings.public_url):
        console.print(part)


def _parts() -> "Parts":
    from dialer.settings import read_settings
    from dialer.wiring import wire

    return wire(read_settings())
