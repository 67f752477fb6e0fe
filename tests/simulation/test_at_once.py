"""The race of the seconds after a no: eight dialers, the no at a random moment and in each gap.

No Dial and no created call whose commit follows the no's; a leg that was allowed before is ended when it
starts to ring, or hangs up before the bridge. `python -m pytest -s` shows what happened; a failure names its
seed and round, which give the same dice again.
"""

import os
import random
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.doubles.house import House
from tests.simulation.at_once.race import DIALERS, GAPS, Race

SEED = int(os.environ.get("AT_ONCE_SEED", random.Random().randrange(10**9)))


def raced(house: House, rounds: int) -> Counter[str]:
    """Run rounds and print what happened; fails with the first in which something was wrong."""
    for register in ("tps", "ctps"):
        house.load_register(register)
    with ThreadPoolExecutor(DIALERS) as pool:
        race = Race(house, SEED, pool)
        for number in range(rounds):
            wrong = race.run(number)
            assert not wrong, (f"seed {SEED}, round {number}", wrong)
    print(f"seed {SEED}", dict(sorted(race.counts.items())), file=sys.stderr)
    return race.counts


def insist_that_much_happened(counts: Counter[str], rounds: int) -> None:
    """A race in which every leg was bridged, or none rang, would prove nothing."""
    assert all(counts[f"no {gap}"] == rounds / len(GAPS) for gap in GAPS)
    for state in ("ended", "hung up"):
        assert counts[state] >= rounds / 10, counts
    assert counts["clicks"] >= rounds / 10, counts


def test_in_fifty_rounds_nobody_is_reached_after_they_said_no(redis_url: str, tmp_path: Path) -> None:
    insist_that_much_happened(raced(House(redis_url, tmp_path), 50), 50)


@pytest.mark.soak
@pytest.mark.timeout(3_600)
def test_in_a_thousand_rounds_nobody_is_reached_after_they_said_no(redis_url: str, tmp_path: Path) -> None:
    insist_that_much_happened(raced(House(redis_url, tmp_path), 1_000), 1_000)
