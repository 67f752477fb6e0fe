"""`ringfence scrub`: judges a whole list; the copy keeps every column and says of each row what holds."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from dialer.calls.call import Channel

if TYPE_CHECKING:
    from dialer.scrubbing.waterfall import Scrubbed, Waterfall

_WIDEST: Final = 30
_WORDS: Final = {"block": "blocked", "defer": "not now"}


@click.command()
@click.argument("list_file", metavar="IN", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("result", metavar="OUT", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--campaign", required=True, metavar="ID")
@click.option("--channel", type=click.Choice([channel.value for channel in Channel]))
@click.option(
    "--column", "columns", multiple=True, metavar="NAME", help="A column of numbers: its title or its place."
)
@click.option("--at", metavar="T", help="Judge another instant, as 2026-11-24T10:00, on what is known now.")
@click.option("--json", "as_json", is_flag=True, help="Print the waterfall as JSON.")
def scrub(
    *,
    list_file: Path,
    result: Path,
    campaign: str,
    channel: str | None,
    columns: tuple[str, ...],
    at: str | None,
    as_json: bool,
) -> None:
    """Judge the list IN by all rules; OUT is its copy with verdict, reason and until when behind each row.

    CSV, TSV and their kin, plain, gzip or zip, and workbooks. After a break the same command goes on.
    """
    from dialer.commands.instant import instant_of
    from dialer.commands.progress_bar import progress_bar
    from dialer.files.number_cell import NumberReading
    from dialer.scrubbing.scrub import Order
    from dialer.scrubbing.scrub import scrub as judge_list
    from dialer.settings import read_settings
    from dialer.wiring import wire

    if result.exists() and result.samefile(list_file):
        raise click.UsageError("OUT is IN: write the result to a file of its own")
    parts = wire(read_settings())
    order = Order(
        source=list_file,
        result=result,
        campaign=campaign,
        channel=Channel(channel) if channel else None,
        columns=columns,
        at=instant_of(at) if at else None,
        reading=NumberReading(parts.settings.default_region, parts.settings.drama_numbers),
    )
    with progress_bar() as progress:
        scrubbed = judge_list(
            order, parts.lists.scrubber, watch=lambda done, size, _: progress("scrubbing", done, size)
        )
    click.echo(json.dumps(scrubbed.as_json(), indent=2) if as_json else "\n".join(lines_of(scrubbed)))


def lines_of(scrubbed: "Scrubbed") -> Iterator[str]:
    """Yield the waterfall as a person reads it: rows in, what each reason took, and what may be called."""
    fall = scrubbed.waterfall
    yield f"{scrubbed.campaign}, judged as of {scrubbed.at.isoformat()} on {', '.join(scrubbed.columns)}"
    yield _line("rows", "", fall.rows, fall)
    for step in fall.steps():
        yield _line(_WORDS[step.answer.value], step.reason, step.rows, fall)
    yield _line("callable", ", ".join(code for code, _ in fall.grounds), fall.callable, fall)
    if len(scrubbed.columns) > 1:
        yield f"rows with at least one callable number: {fall.with_a_callable_number:,}"
    for why, rows in fall.problems.most_common(5):
        yield f"could not be read in {rows:,} rows: {why}"


def _line(what: str, why: str, rows: int, fall: "Waterfall") -> str:
    share = rows / fall.rows if fall.rows else 0.0
    return f"{what:<9}{rows:>13,} {share:>6.1%} {'█' * round(_WIDEST * share):<{_WIDEST}} {why}".rstrip()
