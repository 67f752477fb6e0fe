"""Makes an invented consent file in Ringfence's own columns, good rows and one with a bad date.

`python -m dialer.sandbox.demo.consents OUT [--today DATE]`
"""

import csv
import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import click

from dialer.clock import london_day, utc_now
from dialer.sandbox.demo.callees import FREE_WITH_CONSENT, TPS_WITH_CONSENT

_WORDING: Final = "Alder Energy Ltd may phone me about solar panels and heating."
TITLES: Final = (
    *("contact_point", "person", "principal", "named_as", "channels", "purposes", "given_at", "method"),
    *("wording.version", "wording.text", "proof.kind", "proof.ref", "proof.sha256", "given_by", "source"),
    "specific",
)


def rows(today: date) -> Iterator[tuple[str, ...]]:
    """Yield the file's rows, titles first; the last one's date does not exist, so that it is refused."""
    yield TITLES
    numbers = (*TPS_WITH_CONSENT, *FREE_WITH_CONSENT)
    for place, number in enumerate(numbers):
        given = datetime.combine(today - timedelta(days=20 + place), time(9, 30), UTC)
        yield _row(number, given.isoformat(), place)
    yield _row(numbers[0], "2026-02-30T09:30:00+00:00", len(numbers))


def _row(number: int, given_at: str, place: int) -> tuple[str, ...]:
    proof = f"form-{place:04}"
    return (
        *(f"+44{number}", f"caller-{place:04}", "alder", "Alder Energy Ltd", "live_call", "general"),
        *(given_at, "web_form", "w3", _WORDING, "form_log", proof),
        *(hashlib.sha256(proof.encode()).hexdigest(), "subscriber", "own", "true"),
    )


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day to count back from.")
def main(out: Path, today: datetime | None) -> None:
    """Write an invented consent file to OUT."""
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows(today.date() if today else london_day(utc_now())))


if __name__ == "__main__":
    main()
