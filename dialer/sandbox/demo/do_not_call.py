"""Makes an invented VICIdial do-not-call export, with the rows that give importers trouble, or its log.

`python -m dialer.sandbox.demo.do_not_call OUT [--log] [--today DATE]`
The export has no dates; the table `vicidial_dnc_log` has them. Source: VICIdial's list_download.php.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import click

from dialer.clock import LONDON, london_day, utc_now
from dialer.sandbox.demo.callees import ON_OLD_CAMPAIGN_LIST, ON_OLD_SYSTEM_LIST, national

# An area-code wildcard, a number masked by an exporting user without the right to see it, and one that went
# through a spreadsheet: none of them is a number.
_TROUBLE: Final = ("201XXXXXXX", "XXXXXX0404", "4.41175E+11")
_LOG_TITLES: Final = ("phone_number", "campaign_id", "action", "action_date", "user")


def export_rows() -> Iterator[str]:
    """Yield the export's lines: some national, some with the country code, and the troublesome ones."""
    yield "phone_number"
    for place, number in enumerate(ON_OLD_SYSTEM_LIST):
        yield f"44{number}" if place % 2 else national(number)
    yield from _TROUBLE


def log_rows(today: date) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the log's rows, oldest first: a number a day, and one deletion, which lifts no objection."""
    yield _LOG_TITLES
    for place, number in enumerate(ON_OLD_CAMPAIGN_LIST):
        at = datetime.combine(today - timedelta(days=400 - place), time(10, 15), LONDON)
        yield f"44{number}", "ALDER1", "add", f"{at:%Y-%m-%d %H:%M:%S}", f"agent{place % 3}"
    yield (
        f"44{ON_OLD_CAMPAIGN_LIST[0]}",
        "ALDER1",
        "delete",
        f"{today - timedelta(days=30)} 09:00:00",
        "admin",
    )


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--log", "is_log", is_flag=True, help="The log with dates, instead of the export.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day to count back from.")
def main(out: Path, is_log: bool, today: datetime | None) -> None:
    """Write an invented VICIdial export, or its log, to OUT."""
    day = today.date() if today else london_day(utc_now())
    with out.open("w", encoding="utf-8", newline="") as file:
        if is_log:
            csv.writer(file).writerows(log_rows(day))
        else:
            file.writelines(f"{line}\r\n" for line in export_rows())


if __name__ == "__main__":
    main()
