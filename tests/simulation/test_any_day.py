"""Any ledger line of a simulated month, judged again, gives the verdict that was given."""

import random
from collections import Counter
from pathlib import Path

import pytest

from dialer.screening.rejudge import rejudge
from tests.doubles.house import House
from tests.simulation.month import Month

SEED = 20261123


def judged_again(month: Month, decisions: list[str]) -> Counter[str]:
    """Judge these again and count the verdicts; fails on the first that comes out other."""
    parts = month.house.parts
    found: Counter[str] = Counter()
    for decision in decisions:
        line = parts.ledger.find(decision)
        assert line is not None
        again = rejudge(line, parts.past, parts.book)
        given = {name: line.fields[name] for name in again.differences}
        assert again.is_same, (month.seed, decision, again.differences, given, line.fields, again.verdict)
        found[again.verdict.reason] += 1
    return found


def test_a_hundred_ledger_lines_of_a_month_are_judged_the_same_again(redis_url: str, tmp_path: Path) -> None:
    month = Month(House(redis_url, tmp_path), SEED)
    decisions = list(month.live(acts_a_day=30))
    found = judged_again(month, month.dice.sample(decisions, 100))
    assert len(found) >= 8, f"the month was too quiet to tell anything: {found}"


@pytest.mark.soak
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("seed", random.Random().sample(range(10**6), 3))
def test_a_thousand_ledger_lines_of_a_month_are_judged_the_same_again(
    redis_url: str, tmp_path: Path, seed: int
) -> None:
    month = Month(House(redis_url, tmp_path), seed)
    decisions = list(month.live(acts_a_day=120))
    judged_again(month, month.dice.sample(decisions, 1_000))
