"""Washes in the store: all of a file or nothing, one at a time, the newest counts, any past day known."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import redis

from dialer.errors import Conflict, Refused
from dialer.law.facts import Registers
from dialer.registers.wash import wash
from dialer.registers.wash_file import WashReading
from dialer.registers.wash_order import WashLoaded, WashOrder, WashOutcome
from dialer.registers.wash_words import Sense
from dialer.screening.past import Moment
from dialer.screening.question import Binding, Question
from dialer.screening.screen import Screened
from dialer.store import keys
from dialer.store.wash_store import WashStore
from tests.doubles.house import MONDAY, NUMBER, OTHER_NUMBER, House

FRIDAY = date(2026, 11, 20)
BOTH = WashReading(registers=("tps", "ctps"), sense=Sense.LISTED)


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    return House(redis_url, tmp_path)


def take_in(house: House, rows: str, *, checked_on: date = FRIDAY, **changed: object) -> WashLoaded:
    path = house.data_dir / "wash.csv"
    path.write_text(rows, encoding="ascii")
    plain = {"path": path, "checked_on": checked_on, "provider": "bureau", "by": "test", "reading": BOTH}
    order = WashOrder(**(plain | changed))  # type: ignore[arg-type]
    return wash(order, WashStore(house.parts.redis), clock=house.clock)


def clear(*numbers: str) -> str:
    return "phone,tps,ctps\n" + "".join(f"{number},clear,clear\n" for number in numbers)


def screened(house: House, to: str = NUMBER) -> Screened:
    question = Question(to=to, binding=Binding.ADVISORY, campaign="C1", agent="a17")
    answered = house.screen(question)
    assert isinstance(answered, Screened)
    return answered


def registers(house: House, at: datetime) -> Registers:
    question = Question(to=NUMBER, binding=Binding.ADVISORY, campaign="C1")
    return house.parts.past.gather(question, Moment.then(at)).case.registers


def test_a_wash_clears_a_centre_that_holds_no_register(house: House) -> None:
    before = screened(house).decision.verdict
    take_in(house, clear(NUMBER))
    verdict = screened(house).decision.verdict
    assert (before.answer, before.reason) == ("defer", "UK_R21_REGISTER_MISSING")
    assert (verdict.answer, verdict.reason) == ("allow", "UK_R21_CLEAR")
    assert [(r.name, r.snapshot, r.age_days) for r in verdict.registers] == [
        ("tps", "wash-1", 3),
        ("ctps", "wash-1", 3),
    ]
    assert screened(house, OTHER_NUMBER).decision.verdict.answer == "defer"


@pytest.mark.parametrize(("age", "answer"), [(27, "allow"), (28, "defer")])
def test_a_wash_is_good_for_27_days(house: House, age: int, answer: str) -> None:
    take_in(house, clear(NUMBER), checked_on=house.clock().date() - timedelta(days=age))
    assert screened(house).decision.verdict.answer == answer


def test_one_register_washed_does_not_clear_the_other(house: House) -> None:
    take_in(house, f"phone,tps\n{NUMBER},clear\n", reading=WashReading())
    assert screened(house).decision.verdict.reason == "UK_R21_REGISTER_MISSING"


def test_facts_use_the_newest_of_register_and_wash(house: House) -> None:
    for name in ("tps", "ctps"):
        house.load_register(name, extracted_on=date(2026, 11, 18))
    assert screened(house).decision.verdict.answer == "allow"
    take_in(house, f"phone,tps\n{NUMBER},listed\n", reading=WashReading())
    verdict = screened(house).decision.verdict
    assert (verdict.answer, verdict.reason) == ("block", "UK_R21_1B_TPS_LISTED")
    house.load_register("tps", extracted_on=date(2026, 11, 23))
    assert screened(house).decision.verdict.answer == "allow"


def test_each_row_may_bring_its_own_day_and_provider(house: House) -> None:
    rows = f"phone,tps,checked_on,provider\n{NUMBER},Y,2026-11-02,first\n{OTHER_NUMBER},N,,\n"
    loaded = take_in(house, rows, reading=WashReading())
    assert [(one.checked_on, one.provider, one.listed) for one in loaded.washes] == [
        (date(2026, 11, 2), "first", 1),
        (FRIDAY, "bureau", 0),
    ]


def test_a_wash_of_a_day_to_come_is_refused_whole_or_by_the_row(house: House) -> None:
    with pytest.raises(Refused, match="today is 2026-11-23"):
        take_in(house, clear(NUMBER), checked_on=date(2026, 11, 24))
    with pytest.raises(Refused, match="today is 2026-11-23"):
        take_in(house, f"phone,tps,checked_on\n{NUMBER},N,2026-11-24\n", reading=WashReading())
    assert WashStore(house.parts.redis).live() is None


def test_a_wash_read_the_wrong_way_round_is_held_and_changes_nothing(house: House) -> None:
    numbers = [f"02079460{n}" for n in range(100, 130)]
    take_in(house, clear(*numbers))
    inverted = "phone\n" + "\n".join(numbers) + "\n"
    with pytest.raises(Refused, match="wrong way round"):
        take_in(house, inverted, checked_on=date(2026, 11, 23))
    assert screened(house).decision.verdict.answer == "allow"
    done = take_in(house, inverted, checked_on=date(2026, 11, 23), accept_change=True)
    assert done.compared is not None
    assert (done.compared.known, done.compared.contradicted) == (60, 60)
    assert screened(house).decision.verdict.answer == "block"


def test_how_far_a_wash_is_goes_up_to_all_of_it_in_each_stage(house: House) -> None:
    told: dict[str, tuple[int, int]] = {}
    path = house.data_dir / "wash.csv"
    path.write_text(clear(*(f"0{2079460000 + 3333 * n}" for n in range(1500))), encoding="ascii")
    order = WashOrder(path=path, checked_on=FRIDAY, provider="bureau", by="test", reading=BOTH)
    wash(
        order,
        WashStore(house.parts.redis),
        clock=house.clock,
        progress=lambda stage, done, total: told.update({stage: (done, total)}),
    )
    size = path.stat().st_size
    assert told == {"reading": (size, size), "comparing": (1500, 1500), "writing": (1500, 1500)}


def test_the_same_file_again_is_known_and_under_another_day_is_doubted(house: House) -> None:
    take_in(house, clear(NUMBER))
    assert take_in(house, clear(NUMBER)).outcome is WashOutcome.ALREADY_LOADED
    with pytest.raises(Refused, match="taken in as checked on 2026-11-20"):
        take_in(house, clear(NUMBER), checked_on=date(2026, 11, 21))


def test_a_dry_run_counts_and_changes_nothing(house: House) -> None:
    loaded = take_in(house, clear(NUMBER), dry_run=True)
    assert (loaded.outcome, loaded.washes[0].numbers) == (WashOutcome.DRY_RUN, 1)
    assert screened(house).decision.verdict.answer == "defer"


def test_a_wash_that_was_killed_before_its_end_is_no_answer(house: House) -> None:
    class Killed(WashStore):
        def publish(self, *_: object) -> None:
            raise KeyboardInterrupt

    path = house.data_dir / "wash.csv"
    path.write_text(clear(NUMBER), encoding="ascii")
    order = WashOrder(path=path, checked_on=FRIDAY, provider="bureau", by="test", reading=BOTH)
    with pytest.raises(KeyboardInterrupt):
        wash(order, Killed(house.parts.redis), clock=house.clock)
    assert screened(house).decision.verdict.answer == "defer"
    # The next one overtakes it, and what was left of it goes with the page.
    take_in(house, f"phone,tps\n{OTHER_NUMBER},Y\n", reading=WashReading())
    assert screened(house).decision.verdict.answer == "defer"


def test_only_one_wash_is_taken_in_at_a_time_and_a_lost_turn_writes_nothing(
    redis_client: "redis.Redis",
) -> None:
    store = WashStore(redis_client)
    first = store.begin(1)
    with pytest.raises(Conflict, match="another wash"):
        store.begin(1)
    redis_client.delete(keys.WASH_LEASE)
    assert store.begin(1) != first
    with pytest.raises(Conflict, match="lost its turn"):
        store.stage(first, [(44207946, b"")])
    assert redis_client.exists(keys.wash_page(44207946)) == 0


def test_a_past_day_is_judged_by_the_washes_known_then(house: House) -> None:
    house.clock.now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    take_in(house, clear(NUMBER), checked_on=date(2026, 11, 1))
    house.clock.now = MONDAY
    take_in(house, f"phone,tps,ctps\n{NUMBER},listed,clear\n", checked_on=date(2026, 11, 23))
    assert registers(house, datetime(2026, 11, 2, 8, tzinfo=UTC)).tps is None
    then, now = registers(house, datetime(2026, 11, 3, 9, tzinfo=UTC)).tps, registers(house, MONDAY).tps
    assert then is not None and now is not None
    assert (then.listed, then.snapshot, now.listed, now.snapshot) == (False, "wash-1", True, "wash-2")
