"""`ringfence hear`: judge transcripts, JSON lines in, JSON lines out. Needs no Redis and no network."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

import click

from dialer.commands.bad_line import bad_line
from dialer.errors import Fault, Unreadable
from dialer.objections.hearing import Heard
from dialer.objections.hearing import hear as judge
from dialer.reading.strict_json import read_json, sentence

MAX_LINE_CHARACTERS = 1_000_000
_NO_OBJECT = Fault("", "should be a JSON object")


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
def hear(file: TextIO) -> None:
    """Judge transcripts: JSON lines {"id", "text"} in FILE (- for standard input), one judgement a line out.

    A line that cannot be read answers {"line", "problem"}; the rest is still judged, and the exit code is 1.
    An optional "confidence" from 0 to 1 is the recogniser's own.
    """
    all_readable = True
    for number, line in _numbered(file):
        try:
            shown = json.dumps(_judged(line), ensure_ascii=False)
        except Unreadable as error:
            all_readable = False
            shown = bad_line(number, error)
        click.echo(shown)
    raise SystemExit(0 if all_readable else 1)


def _numbered(lines: TextIO) -> Iterator[tuple[int, str]]:
    """Yield each line that is not blank with its number; one too long is yielded as nothing at all."""
    number = 0
    while line := lines.readline(MAX_LINE_CHARACTERS + 1):
        number += 1
        if len(line) > MAX_LINE_CHARACTERS:
            _skip_rest(lines, line)
            yield number, ""
        elif line.strip():
            yield number, line


def _skip_rest(lines: TextIO, line: str) -> None:
    while line and not line.endswith("\n"):
        line = lines.readline(MAX_LINE_CHARACTERS)


def _judged(line: str) -> dict[str, Any]:
    item = _read(line)
    faults = tuple(_faults(item))
    if faults:
        raise Unreadable(sentence("line", faults), faults=faults)
    return _shown(item.get("id"), judge(item["text"], recogniser_confidence=item.get("confidence")))


def _read(line: str) -> dict[str, Any]:
    if not line:
        raise Unreadable(f"the line is longer than {MAX_LINE_CHARACTERS} characters: send one turn a line")
    item = read_json(line, what="line")
    if not isinstance(item, dict):
        raise Unreadable("the line is no object: send one with an id and a text", faults=(_NO_OBJECT,))
    return item


def _faults(item: dict[str, Any]) -> Iterator[Fault]:
    if not isinstance(item.get("text"), str):
        is_there = "text" in item
        yield Fault("/text", "should be a string, what was said" if is_there else "is required")
    if not isinstance(item.get("id"), str | int | None):
        yield Fault("/id", "should be a string or a number")
    confidence = item.get("confidence")
    is_number = isinstance(confidence, int | float) and not isinstance(confidence, bool)
    if confidence is not None and not (is_number and 0 <= confidence <= 1):
        yield Fault("/confidence", "should be a number from 0 to 1")


def _shown(item_id: str | int | None, heard: Heard) -> dict[str, Any]:
    return {
        "id": item_id,
        "label": heard.label.value,
        "outcome": heard.outcome.value,
        "scope": heard.scope,
        "channels": list(heard.channels),
        "confidence": heard.confidence,
        "span": list(heard.span) if heard.span else None,
        "also": [label.value for label in heard.also],
        "why": list(heard.why),
        "flags": list(heard.flags),
    }
