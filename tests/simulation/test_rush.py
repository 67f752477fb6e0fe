"""Objections, holds, corrections, imports and eight dialers on the same lines, all at once.

No allow is committed after an objection, no cap is exceeded, no permit is spent twice, and each webhook's
second answer is right: judged from the order of the ledger, round by round. `python -m pytest -s` shows what
happened; a failure names its seed and round, which give the same schedule again.
"""

import os
import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.doubles.house import House
from tests.simulation.rush.rounds import Rush, rushing

SEED = int(os.environ.get("RUSH_SEED", random.Random().randrange(10**9)))


def run(rush: Rush, rounds: range) -> Counter[str]:
    """Run these rounds and print what happened; fails with the first round in which something was wrong."""
    print(f"seed {rush.seed}, rounds {rounds.start} to {rounds.stop - 1}", file=sys.stderr)
    for number in rounds:
        wrong = rush.run(number)
        assert not wrong, (f"seed {rush.seed}, round {number}", wrong)
    print(dict(sorted(rush.counts.items())), file=sys.stderr)
    return rush.counts


def insist_that_much_happened(counts: Counter[str], rounds: int) -> None:
    """A rush in which nobody got through, or nobody said no, would prove nothing."""
    assert counts["dialled"] >= rounds
    assert counts["noes"] >= rounds / 2
    assert counts["permits spent"] >= rounds / 4
    for what in ("corrections", "releases", "at last allow", "at last block", "at last defer"):
        assert counts[what] >= rounds / 25, (what, counts)


def test_fifty_rounds_of_the_rush_leave_nothing_wrong(redis_url: str, tmp_path: Path) -> None:
    with rushing(House(redis_url, tmp_path), SEED, tmp_path) as rush:
        insist_that_much_happened(run(rush, range(50)), 50)


@pytest.mark.soak
@pytest.mark.timeout(3_600)
def test_a_thousand_rounds_of_the_rush_leave_nothing_wrong(redis_url: str, tmp_path: Path) -> None:
    with rushing(House(redis_url, tmp_path), SEED, tmp_path) as rush:
        insist_that_much_happened(run(rush, range(1_000)), 1_000)
