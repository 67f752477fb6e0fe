"""A house with a list to scrub, and the result read back as a spreadsheet program reads it."""

import csv
from pathlib import Path
from typing import Any

from dialer.scrubbing.scrub import Order, scrub
from dialer.scrubbing.waterfall import Scrubbed
from tests.doubles.house import House


def unwatched(*_: int) -> None:
    """Let a scrub run."""


def scrubbed(house: House, source: Path, **changed: Any) -> Scrubbed:
    """Scrub a list into `result.csv` beside it."""
    order = Order(source=source, result=source.with_name("result.csv"), **({"campaign": "C1"} | changed))
    return scrub(order, house.parts.lists.scrubber, watch=unwatched)


def written(folder: Path, content: str | bytes, name: str = "list.csv") -> Path:
    """Write a list."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def result(folder: Path, *, encoding: str = "utf-8-sig", delimiter: str = ",") -> list[dict[str, str]]:
    """Read the result."""
    with (folder / "result.csv").open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def told(rows: list[dict[str, str]]) -> list[str]:
    """Return each row's verdict and reason."""
    return [f"{row['ringfence_verdict']} {row['ringfence_reason']}" for row in rows]
