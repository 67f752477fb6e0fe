"""Judgements a second on one core, from parsed facts; floor 20,000 on ordinary cases (issue 3).

Run: `python -m benchmarks.judge`. Ordinary: a live call without records, one with a consent, one with an
objection, a listed line, a text with consent. The peer in the same run is reading the number alone.
"""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from dialer.calls.numbers import read_number
from dialer.law.facts import Case
from dialer.law.statute_book import StatuteBook
from dialer.screening.judge import judge
from dialer.screening.what_if import read_case
from tests.law.building import a_case, a_consent, an_objection

FLOOR_PER_SECOND: Final = 20_000
_ROUNDS: Final = 5
_EACH: Final = 20_000


def ordinary_cases() -> list[Case]:
    """Return the mix, each read from JSON as the doors read it."""
    listed = {"tps": {"extracted_on": "2026-11-20", "listed": True}}
    records = [
        a_case(),
        a_case(consents=[a_consent()], registers=listed),
        a_case(objections=[an_objection()]),
        a_case(registers=listed),
        a_case(channel="sms", consents=[a_consent(channels=["sms"])]),
    ]
    return [read_case(json.dumps(record)) for record in records]


def per_second(work: Callable[[int], object], times: int) -> float:
    """Return the best rate of several rounds; the machine is shared and noisy."""
    rates = []
    for _ in range(_ROUNDS):
        started = time.process_time()
        for index in range(times):
            work(index)
        rates.append(times / (time.process_time() - started))
    return max(rates)


def main() -> None:
    """Print the rates and their ratio; exit 1 below the floor."""
    book, cases = StatuteBook.shipped(), ordinary_cases()
    # The same second of different days: nothing may depend on one day being asked again and again.
    start = cases[0].at
    assert start is not None
    days = [[replace(case, at=start + timedelta(days=7 * week)) for week in range(4)] for case in cases]
    flat = [case for row in days for case in row]
    judgements = per_second(lambda index: judge(flat[index % len(flat)], book), _EACH)
    numbers = per_second(lambda _: read_number("020 7946 0123"), _EACH)
    figures = {
        "judgements_per_second": round(judgements),
        "microseconds_each": round(1e6 / judgements, 1),
        "numbers_read_per_second": round(numbers),
        "judgement_in_numbers_read": round(numbers / judgements, 1),
        "floor_per_second": FLOOR_PER_SECOND,
        "measured_on": date.today().isoformat(),
    }
    print(json.dumps(figures))
    raise SystemExit(0 if judgements >= FLOOR_PER_SECOND else 1)


if __name__ == "__main__":
    main()
