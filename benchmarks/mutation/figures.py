"""Wrong figures: each number, day, hour and list of the parameter files a little off."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from benchmarks.mutation.mutant import Edit

_FIGURE: Final = re.compile(
    rb"(?P<clock>\d\d:\d\d)|(?P<day>\d{4}-\d\d-\d\d)|(?P<part>0\.\d+)|(?P<whole>\b\d+\b)|(?P<yes>true|false)"
    rb"|(?P<listed>\"[A-Za-z_]+\"(?=[\],]))"
)


def figure_edits(source: bytes) -> Iterator[tuple[str, Edit]]:
    """Yield each figure's name with an edit of it; not of its first day: before it the same holds."""
    tables = list(re.finditer(rb"^\[\[(\w+)\]\]$", source, re.MULTILINE))
    names = [table.group(1) for table in tables]
    for index, (table, name) in enumerate(zip(tables, names, strict=True)):
        for line in re.finditer(rb"^(from|value) = .*$", source[table.end() :], re.MULTILINE):
            start = table.end() + line.start()
            if line.group(1) == b"value" or name in names[:index]:
                for edit in _line_edits(line.group(), start):
                    yield name.decode(), edit
            if line.group(1) == b"value":
                break


def _line_edits(line: bytes, start: int) -> Iterator[Edit]:
    for found in _FIGURE.finditer(line):
        for text in _others(found.lastgroup or "", found.group().decode()):
            yield Edit(start + found.start(), start + found.end(), text)


def _others(kind: str, text: str) -> list[str]:
    match kind:
        case "clock":
            at = datetime.strptime(text, "%H:%M")
            return [f"{at + timedelta(minutes=step):%H:%M}" for step in (-1, 1)]
        case "day":
            return [str(date.fromisoformat(text) + timedelta(days=step)) for step in (-1, 1)]
        case "part":
            return [str(round(float(text) + step, 4)) for step in (-0.001, 0.001)]
        case "whole":
            return [str(int(text) - 1), str(int(text) + 1)]
        case "yes":
            return ["false" if text == "true" else "true"]
        case _:
            return ['"SCT"' if text.isupper() else '"another"']
