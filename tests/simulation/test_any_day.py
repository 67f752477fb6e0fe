"""Any ledger line of a simulated month, judged again, gives the verdict that was given."""

import random
from collections import Counter
from pathlib import Path

import pytest

from dialer.screening.question import Binding
from dialer.screening.rejudge import rejudge
from dialer.screening.screen import Screened
from tests.doubles.house import NUMBER, House
from tests.simulation.month import Month
from tests.store.linking import tell

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


def test_what_was_dated_before_a_decision_but_written_after_it_was_not_known(
    redis_url: str, tmp_path: Path
) -> None:
    house = House(redis_url, tmp_path)
    house.load_register("tps")
    house.load_register("ctps")
    house.clock.advance(hours=1)
    first = house.screen(house.outgoing(binding=Binding.ADVISORY))
    assert isinstance(first, Screened)
    # Another process, whose clock is behind, dials, learns whose line it is and hears a no.
    house.clock.advance(seconds=-20)
    house.screen(house.outgoing())
    tell(house, NUMBER, company="Cedar Ltd")
    house.object()
    house.clock.advance(hours=1)
    second = house.screen(house.outgoing())
    assert isinstance(second, Screened)
    found = judged_again(Month(house, SEED), [first.decision.id, second.decision.id])
    assert found == {"UK_R21_CLEAR": 1, "UK_R21_1A_OBJECTED": 1}


@pytest.mark.soak
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("month_number", range(3))
def test_a_thousand_ledger_lines_of_a_month_are_judged_the_same_again(
    redis_url: str, tmp_path: Path, month_number: int
) -> None:
    # Each month is another one at every run; a line that comes out other names its seed.
    seed = random.SystemRandom().randrange(10**6) + month_number
    month = Month(House(redis_url, tmp_path), seed)
    decisions = list(month.live(acts_a_day=120))
    assert len(judged_again(month, month.dice.sample(decisions, 1_000))) >= 12
