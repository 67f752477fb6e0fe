"""`ringfence register wash`: takes in a bureau's results, for centres without a register licence."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dialer.commands.person import person_at_terminal

if TYPE_CHECKING:
    from dialer.registers.wash_collected import Each, RowEnd
    from dialer.registers.wash_file import WashReading, WashRow
    from dialer.registers.wash_order import WashLoaded

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FORMATS = ("auto", "tpsclear", "t2a", "data8", "121prodata", "csv")
_REGISTERS = {"tps": ("tps",), "ctps": ("ctps",), "both": ("tps", "ctps")}


def _print_template(ctx: click.Context, _: click.Parameter, is_wanted: bool) -> None:
    if is_wanted:
        from dialer.registers.wash_file import TEMPLATE

        click.echo(",".join(TEMPLATE))
        ctx.exit()


@click.command()
@click.argument("file", type=_FILE)
@click.option("--format", "layout", type=click.Choice(_FORMATS), default="auto", show_default=True)
@click.option(
    "--checked-on",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="The day the bureau looked, for rows that bring no day of their own.",
)
@click.option(
    "--sense",
    type=click.Choice(["listed", "clear"]),
    help="What a yes, or a number without a word, means; only the bureau can tell you.",
)
@click.option("--registers", type=click.Choice(list(_REGISTERS)), help="Which registers were checked.")
@click.option("--provider", metavar="NAME", help="Whose results; by default the format's name.")
@click.option("--date-order", type=click.Choice(["dmy", "mdy"]), help="What 05/06/2026 is.")
@click.option("--accept-change", is_flag=True, help="A person has looked at what was doubted: take it in.")
@click.option("--dry-run", is_flag=True, help="Read and compare; change nothing.")
@click.option(
    "--results", type=click.Path(dir_okay=False, path_type=Path), help="Write every row's end here."
)
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.option(
    "--template",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_template,
    help="Print our columns.",
)
def wash(
    *,
    file: Path,
    layout: str,
    checked_on: datetime,
    sense: str | None,
    registers: str | None,
    provider: str | None,
    date_order: str | None,
    accept_change: bool,
    dry_run: bool,
    results: Path | None,
    as_json: bool,
) -> None:
    """Take in a bureau's results from FILE; each counts for 27 days from the day it was checked.

    A file whose sense cannot be told is refused: read the wrong way round it would clear the listed.
    """
    from dialer.clock import utc_now
    from dialer.commands.progress_bar import progress_bar
    from dialer.registers.wash import wash as take_in
    from dialer.registers.wash_order import WashOrder
    from dialer.settings import read_settings
    from dialer.store.clients import patient_client
    from dialer.store.wash_store import WashStore

    order = WashOrder(
        path=file,
        checked_on=checked_on.date(),
        provider=provider or (layout if layout != "auto" else file.stem),
        by=person_at_terminal(),
        reading=_reading(layout, sense, registers, date_order),
        accept_change=accept_change,
        dry_run=dry_run,
    )
    store = WashStore(patient_client(read_settings().redis_url))
    with progress_bar() as progress, _rows_to(results) as each:
        loaded = take_in(order, store, clock=utc_now, progress=progress, each=each)
    click.echo(json.dumps(_record(loaded), indent=2) if as_json else "\n".join(_lines(loaded)))


def _reading(layout: str, sense: str | None, registers: str | None, date_order: str | None) -> "WashReading":
    from dialer.files.when import DateOrder
    from dialer.registers.wash_file import WashFormat, WashReading
    from dialer.registers.wash_words import Sense

    return WashReading(
        layout=WashFormat(layout),
        sense=Sense(sense) if sense else None,
        registers=_REGISTERS[registers] if registers else (),
        date_order=DateOrder(date_order) if date_order else None,
    )


@contextmanager
def _rows_to(path: Path | None) -> "Iterator[Each | None]":
    """Write how each row ended; numbers stand in the file that was brought, not in this one."""
    if path is None:
        yield None
        return
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("line", "outcome", "tps", "ctps", "checked_on", "provider", "why"))

        def note(row: "WashRow", end: "RowEnd") -> None:
            said = (_word(row.answers.tps), _word(row.answers.ctps))
            writer.writerow((row.line, end.value, *said, row.checked_on, row.provider, row.fault))

        yield note


def _word(answer: bool | None) -> str | None:
    return None if answer is None else "listed" if answer else "clear"


def _lines(loaded: "WashLoaded") -> Iterator[str]:
    """Yield the outcome for a person: rows, what each day's results say, what could not be read."""
    if loaded.counts is None:
        yield f"{loaded.file_name}: this very file was taken in before; nothing to do"
        return
    ends = ", ".join(f"{number:,} {end.value}" for end, number in loaded.counts.ends.items())
    yield f"{loaded.file_name}: {loaded.counts.rows:,} rows: {ends}"
    for one in loaded.washes:
        yield (
            f"  {one.provider}, checked on {one.checked_on}: {one.numbers:,} numbers, {one.listed:,} listed, "
            f"{one.numbers - one.listed:,} clear"
        )
    if loaded.compared and loaded.compared.known:
        yield f"  {loaded.compared.contradicted:,} of {loaded.compared.known:,} known answers change"
    yield from (f"  line {line}: {reason}" for line, reason in loaded.counts.faults)
    if loaded.outcome.value == "dry_run":
        yield "  dry run: nothing was changed"


def _record(loaded: "WashLoaded") -> dict[str, Any]:
    counts, compared = loaded.counts, loaded.compared
    return {
        "outcome": loaded.outcome.value,
        "file": loaded.file_name,
        "sha256": loaded.sha256,
        "rows": counts.rows if counts else None,
        **({end.value.replace(" ", "_"): number for end, number in counts.ends.items()} if counts else {}),
        "faults": [{"line": line, "reason": reason} for line, reason in counts.faults] if counts else [],
        "known_before": compared.known if compared else None,
        "contradicted": compared.contradicted if compared else None,
        "washes": [
            {
                "snapshot": one.snapshot,
                "provider": one.provider,
                "checked_on": one.checked_on.isoformat(),
                "numbers": one.numbers,
                "listed": one.listed,
            }
            for one in loaded.washes
        ],
    }
