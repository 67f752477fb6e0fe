"""`ringfence hear`: judge transcripts, JSON lines in, JSON lines out. Needs no Redis and no network."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

import click

from dialer.errors import Fault, Unreadable
from dialer.objections.hearing import Heard
from dialer.objections.hearing import hear as judge

MAX_LINE_CHARACTERS = 1_000_000


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
def hear(file: TextIO) -> None:
    """Judge transcripts: JSON lines {"id", "text"} in FILE (- for standard input), one judgement a line out.

    A line that cannot be read answers {"line", "problem"}; the rest is still judged, and the exit code is 1.
    An optional "confidence" from 0 to 1 is the recogniser's own.
    """
    all_readable = True
    for answer in _answers(file):
        all_readable = all_readable and "problem" not in answer
        click.echo(json.dumps(answer, ensure_ascii=False))
    raise SystemExit(0 if all_readable else 1)


def _answers(lines: TextIO) -> Iterator[dict[str, Any]]:
    number = 0
    while line := lines.readline(MAX_LINE_CHARACTERS + 1):
        number += 1
        if len(line) > MAX_LINE_CHARACTERS:
            _skip_rest(lines, line)
            line = ""
        elif not line.strip():
            continue
        try:
            yield _judged(line)
        except Unreadable as error:
            yield {"line": number, "problem": _problem(error)}


def _skip_rest(lines: TextIO, line: str) -> None:
    while line and not line.endswith("\n"):
        line = lines.readline(MAX_LINE_CHARACTERS)


def _judged(line: str) -> dict[str, Any]:
    item = _read(line)
    faults = tuple(_faults(item))
    if faults:
        raise Unreadable("Cannot judge this line: send an object with a text and an id.", faults=faults)
    return _shown(item.get("id"), judge(item["text"], recogniser_confidence=item.get("confidence")))


def _read(line: str) -> dict[str, Any]:
    if not line:
        raise Unreadable(f"The line is longer than {MAX_LINE_CHARACTERS} characters: send one turn a line.")
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"The line is not JSON ({error}): send one object a line.") from error
    if not isinstance(item, dict):
        raise Unreadable("The line is JSON but not an object: send an object with an id and a text.")
    return item


def _faults(item: dict[str, Any]) -> Iterator[Fault]:
    if not isinstance(item.get("text"), str):
        yield Fault("/text", "a string, what the called party said" if "text" in item else "is missing")
    if not isinstance(item.get("id"), str | int | None):
        yield Fault("/id", "a string or a number")
    confidence = item.get("confidence")
    is_number = isinstance(confidence, int | float) and not isinstance(confidence, bool)
    if confidence is not None and not (is_number and 0 <= confidence <= 1):
        yield Fault("/confidence", "a number from 0 to 1")


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


def _problem(error: Unreadable) -> dict[str, Any]:
    return {
        "title": "Unreadable",
        "status": error.status,
        "code": error.code,
        "detail": error.message,
        "pointers": [{"pointer": fault.pointer, "detail": fault.detail} for fault in error.faults],
    }
