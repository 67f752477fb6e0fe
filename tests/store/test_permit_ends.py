"""When a permit dies by itself: after a minute, with the calling hours, at midnight in London."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dialer.calls.call import Leg
from dialer.clock import LONDON
from dialer.errors import Conflict
from dialer.law.facts import OwnLine
from dialer.screening.question import Binding
from dialer.screening.screen import Screened
from dialer.screening.verdict import Answer
from dialer.store import keys
from dialer.store.codec import to_json
from tests.doubles.house import OTHER_NUMBER, House
from tests.store.permits import permitted, redeem, spend

ALLOWED = Answer.ALLOW


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    made = House(redis_url, tmp_path)
    made.load_register("tps")
    made.load_register("ctps")
    return made


@pytest.mark.parametrize(("seconds", "lives"), [(59, True), (60, False), (61, False)])
def test_a_permit_lives_sixty_seconds_by_our_clock(house: House, seconds: int, lives: bool) -> None:
    permit = permitted(house).permit
    house.clock.advance(seconds=seconds)
    assert (spend(house, permit).verdict.answer is ALLOWED) is lives


@pytest.mark.parametrize("seconds", [59, 60])
def test_redeeming_keeps_the_same_minute(house: House, seconds: int) -> None:
    decision = permitted(house)
    house.clock.advance(seconds=seconds)
    if seconds < 60:
        assert redeem(house, decision.permit) == decision.id
        return
    with pytest.raises(Conflict):
        redeem(house, decision.permit)


def test_a_permit_dies_with_the_calling_hours(house: House) -> None:
    house.clock.now = _closing(house) - timedelta(seconds=5)
    permit = permitted(house).permit
    house.clock.advance(seconds=5)
    with pytest.raises(Conflict):
        redeem(house, permit)
    assert spend(house, permit).verdict.reason == "UK_HOURS_OUTSIDE"


def test_a_permit_dies_at_midnight_in_london(house: House) -> None:
    staff = OwnLine(kind="staff", owner="a17", verified=True)
    house.parts.redis.hset(keys.line(OTHER_NUMBER), "own", to_json(staff))
    house.clock.now = datetime(2026, 11, 23, 23, 59, 55, tzinfo=LONDON)
    # One of our own telephones: no calling hours end before midnight does.
    permit = permitted(house, OTHER_NUMBER, leg=Leg.AGENT).permit
    house.clock.advance(seconds=5)
    with pytest.raises(Conflict):
        redeem(house, permit)


def _closing(house: House) -> datetime:
    """The first instant of the day at which this line may no longer be called, to the second."""
    low, high = house.clock.now, house.clock.now + timedelta(hours=13)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        house.clock.now = middle.replace(microsecond=0)
        asked = replace(house.outgoing(), binding=Binding.ADVISORY)
        answered = house.screen(asked)
        assert isinstance(answered, Screened)
        low, high = (middle, high) if answered.decision.verdict.answer is ALLOWED else (low, middle)
    return high.replace(microsecond=0)
