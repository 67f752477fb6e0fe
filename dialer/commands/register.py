"""`ringfence register`: imports the files of national registers and lists what is in force."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dialer.clock import london_day, utc_now
from dialer.commands.person import person_at_terminal
from dialer.commands.register_wash import wash
from dialer.errors import CannotKeep

if TYPE_CHECKING:
    from dialer.settings import Settings

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def register() -> None:
    """Import and list national registers (TPS, CTPS), and take in results of look-ups."""


register.add_command(wash)


@register.command("import")
@click.argument("name")
@click.argument("file", type=_FILE)
@click.option(
    "--extracted-on", type=_DAY, required=True, help="The operator's day of extraction, YYYY-MM-DD."
)
@click.option("--accept-change", is_flag=True, help="A person has looked at what was doubted: import it.")
@click.option("--dry-run", is_flag=True, help="Read and compare; change nothing.")
@click.option("--layout", type=_FILE, help="A TOML file that describes an unknown layout.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def import_(
    name: str,
    file: Path,
    extracted_on: datetime,
    accept_change: bool,
    dry_run: bool,
    layout: Path | None,
    as_json: bool,
) -> None:
    """Load register NAME (tps or ctps) from FILE, a full or a change file, and put it in force.

    Until that moment, and if anything about the file is doubtful, the register in force stays as it is.
    """
    from dialer.commands.progress_bar import progress_bar
    from dialer.registers.layout import read_layout
    from dialer.registers.load import Order, Outcome, load
    from dialer.registers.told import as_record, as_text
    from dialer.settings import read_settings
    from dialer.store.clients import patient_client
    from dialer.store.register_store import RegisterStore

    settings = read_settings()
    order = Order(
        register=name,
        path=file,
        extracted_on=extracted_on.date(),
        by=person_at_terminal(),
        accept_change=accept_change,
        dry_run=dry_run,
        layout=read_layout(layout) if layout else None,
    )
    store = RegisterStore(patient_client(settings.redis_url))
    with progress_bar() as progress:
        loaded = load(order, store, folder=settings.data_dir, clock=utc_now, progress=progress)
    counted = _newly_listed_count(settings, name) if loaded.outcome is Outcome.IN_FORCE else None
    if as_json:
        click.echo(json.dumps(as_record(loaded) | {"newly_listed": counted}, indent=2))
        return
    click.echo(as_text(loaded))
    if counted is not None and any(counted.values()):
        click.echo(
            f"  newly listed in the last seven days: {counted['allowed']} that were allowed a call, "
            f"{counted['queued']} that asked for one; see `ringfence register newly-listed {name}`"
        )


@register.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def list_(as_json: bool) -> None:
    """Show each register in force, its age in days (London), and how many numbers it lists."""
    from dialer.registers.told import in_force
    from dialer.settings import read_settings
    from dialer.store.clients import patient_client
    from dialer.store.registers import RegisterReader

    registers = RegisterReader(patient_client(read_settings().redis_url)).registers()
    today = london_day(utc_now())
    rows = [in_force(one, today) for one in registers]
    click.echo(json.dumps(rows, indent=2) if as_json else "\n".join(map(_line, rows)))


@register.command("newly-listed")
@click.argument("name")
@click.option(
    "--days", type=click.IntRange(1, 60), default=7, show_default=True, help="How far to look back."
)
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def newly_listed_(name: str, days: int, as_json: bool) -> None:
    """Show whom the newest file of NAME newly lists among lines lately allowed or to be called back."""
    from dialer.calls.numbers import masked
    from dialer.registers.catalogue import terms_of
    from dialer.registers.newly_listed import newly_listed
    from dialer.settings import read_settings
    from dialer.store.clients import patient_client
    from dialer.store.concerned import lines_concerned
    from dialer.store.registers import RegisterReader

    settings = read_settings()
    redis = patient_client(settings.redis_url)
    standing = RegisterReader(redis).register(terms_of(name).name)
    concerned = lines_concerned(redis, utc_now(), days=days)
    rows = [
        {
            "contact_point": one.contact_point if as_json else masked(one.contact_point),
            "why": one.why.value,
            "at": one.at.isoformat(),
            "principal": one.principal,
            "campaign": one.campaign,
        }
        for one in newly_listed(standing, settings.data_dir, concerned)
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        click.echo(
            f"{row['contact_point']}  {row['why']} on {row['at']}, {row['campaign'] or row['principal']}"
        )
    click.echo(f"{len(rows)} newly listed on {standing.name} among those of the last {days} days")


def _newly_listed_count(settings: "Settings", name: str) -> dict[str, int] | None:
    """Count whom the file just put in force newly lists, by why they matter; None where it cannot be told."""
    from dialer.registers.catalogue import terms_of
    from dialer.registers.newly_listed import Why, newly_listed
    from dialer.store.clients import patient_client
    from dialer.store.concerned import lines_concerned
    from dialer.store.registers import RegisterReader

    redis = patient_client(settings.redis_url)
    try:
        standing = RegisterReader(redis).register(terms_of(name).name)
        found = [
            one.why for one in newly_listed(standing, settings.data_dir, lines_concerned(redis, utc_now()))
        ]
    except CannotKeep:
        # The file is in force whatever becomes of the count.
        return None
    return {why.value: found.count(why) for why in Why}


def _line(row: dict[str, Any]) -> str:
    if row["extracted_on"] is None:
        return f"{row['register']:5} never loaded: nobody is cleared by it"
    return (
        f"{row['register']:5} {row['numbers']:>12,} numbers, extracted on {row['extracted_on']}, "
        f"{row['age_days']} days old, {row['freshness']}"
    )
