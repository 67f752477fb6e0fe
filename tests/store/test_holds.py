"""Holding a line and letting it go: on each line of the person, once, on disk, and never silently."""

from datetime import timedelta
from pathlib import Path

import pytest

from dialer.errors import Conflict, NotFound
from dialer.ids import Kind, new_id
from dialer.law.records import Hold, Scope
from dialer.objections.holding import Holding, Release, Why, hold_line, release_line
from dialer.screening.rejudge import rejudge
from dialer.screening.screen import Screened
from dialer.store import keys
from tests.doubles.house import NUMBER, OTHER_NUMBER, House

THIRD = "+442079460125"


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    made = House(redis_url, tmp_path)
    made.load_register("tps")
    made.load_register("ctps")
    return made


def held(house: House, hold_id: str = "hld_1", *, waits: timedelta | None = None, **changed: object) -> Hold:
    """Hold the line for a possible no; `waits` until it counts as an objection."""
    now = house.clock()
    hold = Hold(
        id=hold_id,
        contact_point=NUMBER,
        principal="alder",
        kind="possible_objection",
        since=now,
        recorded_at=now,
        becomes_objection_at=now + waits if waits is not None else None,
    )
    hold_line(Holding(hold=hold, source="speech", by="hearing", **changed), house.parts.holds, at=now)
    return hold


def released(house: House, hold: Hold, why: Why = "not_an_objection", name: str = "1") -> Hold:
    release = Release(id=name, hold=hold.id or "", why=why, released_at=house.clock(), by="sue")
    return release_line(NUMBER, release, house.parts.holds)


def reason(house: House, to: str = NUMBER) -> str:
    screened = house.screen(house.outgoing(to))
    assert isinstance(screened, Screened)
    return screened.decision.verdict.reason


def test_a_held_line_waits_and_a_released_one_is_called(house: House) -> None:
    hold = held(house)
    assert reason(house) == "POLICY_HOLD_REVIEW"
    house.clock.advance(seconds=5)
    assert released(house, hold).released_at == house.clock()
    assert reason(house) == "UK_R21_CLEAR"


def test_a_hold_stands_on_every_line_of_the_person_also_one_linked_later(house: House) -> None:
    lines, at = house.parts.lines, house.clock()
    for line in (NUMBER, OTHER_NUMBER):
        lines.link(line, "alder", "P1", by="test", at=at)
    hold = held(house)
    lines.link(THIRD, "alder", "P1", by="test", at=at)
    assert [reason(house, line) for line in (OTHER_NUMBER, THIRD)] == ["POLICY_HOLD_REVIEW"] * 2
    released(house, hold)
    assert [reason(house, line) for line in (NUMBER, OTHER_NUMBER, THIRD)] == ["UK_R21_CLEAR"] * 3


def test_a_line_linked_after_the_release_gets_hold_and_release_together(house: House) -> None:
    at = house.clock()
    house.parts.lines.link(NUMBER, "alder", "P1", by="test", at=at)
    released(house, held(house))
    house.parts.lines.link(OTHER_NUMBER, "alder", "P1", by="test", at=at)
    assert reason(house, OTHER_NUMBER) == "UK_R21_CLEAR"


def test_a_hold_for_one_line_leaves_the_others(house: House) -> None:
    for line in (NUMBER, OTHER_NUMBER):
        house.parts.lines.link(line, "alder", "P1", by="test", at=house.clock())
    held(house, scope=Scope(this_line_only=True))
    assert house.parts.holds.find(OTHER_NUMBER, "hld_1") is None


def test_the_same_hold_and_the_same_release_twice_leave_one_trace_each(house: House) -> None:
    hold = held(house)
    held(house)
    first = released(house, hold)
    house.clock.advance(seconds=9)
    assert released(house, hold, name="2") == first
    kinds = [kind.decode() for kind in _kinds(house)]
    assert (kinds.count("hold"), kinds.count("release")) == (1, 1)


def test_one_that_counts_as_an_objection_is_let_go_only_once_it_is_recorded(house: House) -> None:
    hold = held(house, waits=timedelta(minutes=10))
    house.clock.advance(minutes=10)
    assert reason(house) == "UK_ART21_OBJECTED"
    with pytest.raises(Conflict, match="counts as an objection"):
        released(house, hold)
    assert released(house, hold, "recorded_as_objection").released_at is not None


def test_a_hold_nobody_opened_cannot_be_released(house: House) -> None:
    with pytest.raises(NotFound):
        released(house, Hold(id="hld_x"))


def test_a_hold_and_its_release_each_kill_the_permits_of_the_line(house: House) -> None:
    seq = int(house.parts.redis.hget(keys.line(NUMBER), "seq") or 0)
    hold = held(house)
    released(house, hold)
    assert int(house.parts.redis.hget(keys.line(NUMBER), "seq") or 0) == seq + 2


def test_a_decision_made_under_a_hold_is_judged_the_same_after_its_release(house: House) -> None:
    hold = held(house, new_id(Kind.HOLD, at=house.clock()))
    screened = house.screen(house.outgoing())
    assert isinstance(screened, Screened)
    released(house, hold)
    line = house.parts.ledger.find(screened.decision.id)
    assert line is not None
    again = rejudge(line, house.parts.past, house.parts.book)
    assert (again.verdict.reason, again.differences) == ("POLICY_HOLD_REVIEW", ())


def _kinds(house: House) -> list[bytes]:
    return [fields[b"k"] for _, fields in house.parts.redis.xrange(keys.LEDGER)]
