"""Whom a new file newly lists among lines lately allowed, or waiting for a call they asked for."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from dialer.law.records import Solicitation, Window
from dialer.registers.newly_listed import Concerned, Why, newly_listed
from dialer.screening.question import Binding, Question
from dialer.store.concerned import lines_concerned
from tests.doubles.house import NUMBER, OTHER_NUMBER, House

THIRD = "+442079460125"


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    return House(redis_url, tmp_path)


def found(house: House, days: int = 7) -> list[Concerned]:
    register = house.parts.registers.register("tps")
    concerned = lines_concerned(house.parts.redis, house.clock(), days=days)
    return sorted(newly_listed(register, house.data_dir, concerned), key=lambda one: one.contact_point)


def allow(house: House, to: str) -> None:
    house.screen(house.outgoing(to, call_ref=f"CA{to}"))


def asked(house: House, number: str, **changed: object) -> None:
    plain = {"id": f"sol_{number}", "contact_point": number, "principal": "alder", "topic": "solar"}
    house.parts.records.add(Solicitation(**(plain | {"recorded_at": house.clock()} | changed)))  # type: ignore[arg-type]


def test_a_number_allowed_this_week_that_a_new_file_lists_is_told_once(house: House) -> None:
    for name in ("tps", "ctps"):
        house.load_register(name, extracted_on=date(2026, 11, 20))
    allow(house, NUMBER)
    house.clock.advance(minutes=1)
    allow(house, NUMBER)
    allow(house, OTHER_NUMBER)
    assert found(house) == []  # The first file ever: all of it is new.

    house.load_register("tps", NUMBER, THIRD, extracted_on=date(2026, 11, 23))
    house.clock.advance(minutes=1)
    assert [(one.contact_point, one.why, one.campaign) for one in found(house)] == [
        (NUMBER, Why.ALLOWED, "C1")
    ]
    house.clock.advance(days=8)
    assert found(house) == []


def test_a_call_back_that_still_waits_is_told_and_one_that_is_over_is_not(house: House) -> None:
    house.load_register("tps", extracted_on=date(2026, 11, 20))
    now = house.clock()
    asked(house, NUMBER, window=Window(from_=now, until=now + timedelta(days=1)))
    asked(house, OTHER_NUMBER, window=Window(from_=now - timedelta(days=2), until=now - timedelta(days=1)))
    asked(house, THIRD)
    house.load_register("tps", NUMBER, OTHER_NUMBER, THIRD, extracted_on=date(2026, 11, 23))
    house.clock.advance(minutes=1)
    assert [(one.contact_point, one.why) for one in found(house)] == [
        (NUMBER, Why.QUEUED),
        (THIRD, Why.QUEUED),
    ]


def test_an_advisory_answer_is_no_call(house: House) -> None:
    for name in ("tps", "ctps"):
        house.load_register(name, extracted_on=date(2026, 11, 20))
    house.screen(Question(to=NUMBER, binding=Binding.ADVISORY, campaign="C1", agent="a17"))
    house.load_register("tps", NUMBER, extracted_on=date(2026, 11, 23))
    house.clock.advance(minutes=1)
    assert found(house) == []
