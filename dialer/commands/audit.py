"""`ringfence audit`: judges what was done: a call log, late noes, decisions. It writes CSV, nothing else."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from dialer.wiring import Parts

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def audit() -> None:
    """Judge what was done: a past call log, calls against noes that came late, decisions."""


@audit.command()
@click.argument("file", type=_FILE)
@click.option("--campaign", required=True, metavar="ID", help="Whose calls these were.")
@click.option("--zone", type=click.Choice(["utc", "london"]), help="The clock of times that do not say it.")
@click.option("--csv", "csv_path", type=_NEW_FILE, metavar="OUT", help="Write each call's judgements as CSV.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def calls(*, file: Path, campaign: str, zone: str | None, csv_path: Path | None, as_json: bool) -> None:
    """Judge Twilio's call log FILE (CSV, JSON or JSON lines, also packed), each call as at its own time.

    Once on what was known then, once on what is known now; `unknown` where the history is not there.
    """
    from dialer.commands.audit_calls import Audit, audit_calls
    from dialer.commands.audit_report import as_record, as_text
    from dialer.commands.progress_bar import progress_bar
    from dialer.telephony.call_row import Zone

    parts = _parts()
    _insist_on_campaign(parts, campaign)
    asked = Audit(
        file=file,
        campaign=campaign,
        zone=Zone(zone) if zone else None,
        csv_path=csv_path,
        known_at=parts.clock(),
    )
    with progress_bar() as progress:
        counts = audit_calls(asked, parts, progress)
    record = as_record(counts, asked)
    click.echo(json.dumps(record, indent=2) if as_json else "\n".join(as_text(counts, asked)))


@audit.command()
@click.argument("decision", metavar="DECISION")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_context
def decision(context: click.Context, *, decision: str, as_json: bool) -> None:
    """Judge a decision's ledger line again, on what was known then; exit 1 if the verdict comes out other."""
    from dialer.commands.audit_report import rejudged_record, rejudged_text
    from dialer.errors import NotFound
    from dialer.screening.rejudge import rejudge

    parts = _parts()
    line = parts.ledger.find(decision)
    if line is None:
        raise NotFound(f"there is no decision {decision}; `ringfence report blocked` lists them")
    again = rejudge(line, parts.past, parts.book)
    click.echo(json.dumps(rejudged_record(again)) if as_json else "\n".join(rejudged_text(again)))
    if not again.is_same:
        context.exit(1)


@audit.command()
@click.option("--from", "first", metavar="DAY", help="First day a no was recorded; all from the first on.")
@click.option("--to", "last", metavar="DAY", help="Last day, itself included; today if left out.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def late(*, first: str | None, last: str | None, as_json: bool) -> None:
    """List the calls made between a no and our hearing of it: for breach review (law.md 2.6)."""
    from dialer.commands.audit_report import late_record, late_text
    from dialer.commands.progress_bar import progress_bar
    from dialer.screening.breach_review import breach_review

    parts = _parts()
    with progress_bar() as progress:
        noes = parts.late_noes.between(*_days(parts, first, last))
        found = list(breach_review(noes, parts.late_noes, parts.past, parts.book, progress=progress))
    if as_json:
        click.echo(json.dumps([late_record(one) for one in found], indent=2))
    else:
        click.echo("\n".join(late_text(found)))


def _days(parts: "Parts", first: str | None, last: str | None) -> tuple[Any, Any]:
    """Return when the period starts, None for the ledger's start, and before when it ends."""
    from dialer.clock import london_day
    from dialer.reports.period import period, read_day

    until = read_day(last, pointer="--to") if last else london_day(parts.clock())
    since = read_day(first, pointer="--from") if first else None
    whole = period(since or until, until)
    return (whole.starts_at if since else None), whole.ends_before


def _insist_on_campaign(parts: "Parts", campaign: str) -> None:
    from dialer.errors import NotFound

    if campaign not in parts.configuration.current().campaigns:
        raise NotFound(f"no campaign is called ‘{campaign}’; keep it first (PUT /v1/campaigns/{{id}})")


def _parts() -> "Parts":
    from dialer.settings import read_settings
    from dialer.wiring import wire

    return wire(read_settings())
