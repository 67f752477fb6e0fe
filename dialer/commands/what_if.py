"""`ringfence what-if`: judge imagined cases, JSON lines in, decisions as JSON lines out. Needs no Redis."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import click

from dialer.commands.bad_line import bad_line
from dialer.errors import Unreadable
from dialer.law.statute_book import StatuteBook
from dialer.screening.explain import explanation
from dialer.screening.imagined import answer_case
from dialer.screening.what_if import LONGEST_CASE_BYTES, parse_object, read_case

_READ_BYTES: Final = 1 << 16


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--explain", is_flag=True, help="Print every rule for a person to read, not JSON.")
def what_if(file: BinaryIO, *, explain: bool) -> None:
    """Judge cases: JSON lines in FILE (- for standard input), one decision a line out.

    A line that cannot be read answers {"line", "problem"}; the rest is still judged, and the exit code is 1.
    """
    book = StatuteBook.shipped()
    all_readable = True
    for number, line in _numbered(file):
        try:
            shown = _explained(line, book) if explain else _json(answer_case(line, book))
        except Unreadable as error:
            all_readable = False
            shown = bad_line(number, error)
        click.echo(shown)
    raise SystemExit(0 if all_readable else 1)


def _numbered(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield each line that is not blank with its number; of one too long only enough to be refused."""
    number = 0
    while line := file.readline(LONGEST_CASE_BYTES + 2):
        number += 1
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(_READ_BYTES)):
            continue
        stripped = line.strip()
        if stripped:
            # A byte order mark at the start is an editor's, not the case's.
            yield number, stripped.removeprefix(b"\xef\xbb\xbf") if number == 1 else stripped


def _explained(line: bytes, book: StatuteBook) -> str:
    record = parse_object(line)
    title = record.get("title") or record.get("id") or "case"
    return f"{title}\n{explanation(read_case(record), book)}\n"


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)
