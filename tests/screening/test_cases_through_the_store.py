"""The engine that answers what-if is the one that screens: cases kept as records get the same decision."""

import json
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path
from typing import Any

import pytest

from dialer.clock import milliseconds
from dialer.law.facts import Case, Line, Listing
from dialer.screening.judge import judge
from dialer.screening.question import Binding, Question
from dialer.screening.screen import Screened, screen
from dialer.screening.what_if import read_case
from dialer.store import keys
from dialer.store.codec import to_json
from dialer.store.configuration import POLICY_ID, Section
from dialer.wiring import wire
from tests.doubles.house import House, settings_for
from tests.sandbox.shared import shared_file

OLDEST = date(2026, 9, 1)


def cases() -> list[dict[str, Any]]:
    lines = shared_file("cases.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    made = House(redis_url, tmp_path)
    made.parts = wire(settings_for(redis_url, tmp_path, drama_numbers=True), clock=made.clock)
    return made


def test_each_case_gets_the_same_decision_from_records_as_from_its_text(house: House) -> None:
    for described in cases():
        case = read_case(json.dumps(described))
        if case.stores.objections != "up" or case.at is None:
            continue  # A store that is down cannot hold the case; test_store_trouble has it.
        house.parts.redis.flushall()
        keep(house, case)
        expected = judge(case, house.parts.book)
        screened = screen(question(case), house.parts.gate)
        assert isinstance(screened, Screened)
        found = screened.decision.verdict
        assert (found.answer, found.reason, [r.code for r in found.reasons]) == (
            expected.answer,
            expected.reason,
            [r.code for r in expected.reasons],
        ), described["id"]
        assert (found.details, found.obligations) == (expected.details, expected.obligations), described["id"]
        assert (found.retry_at, found.valid_until) == (expected.retry_at, expected.valid_until), described[
            "id"
        ]


def question(case: Case) -> Question:
    asked, campaign = case.request, case.campaign
    assert asked is not None
    assert campaign is not None
    return Question(
        to=asked.to or "",
        binding=Binding.ADVISORY,
        campaign=campaign.id,
        channel=asked.channel,
        brand=asked.brand,
        dial_mode=asked.dial_mode,
        solicitation=asked.solicitation,
        leg=asked.leg,
    )


def keep(house: House, case: Case) -> None:
    """Keep a case as the store would hold it, and set the clock to its instant."""
    assert case.at is not None
    assert case.campaign is not None
    house.clock.now = case.at.astimezone(UTC)
    put = house.parts.configuration.put
    for organisation in case.organisations:
        put(Section.ORGANISATIONS, organisation.id, organisation)
    put(Section.CAMPAIGNS, case.campaign.id or "", case.campaign)
    put(Section.POLICY, POLICY_ID, case.policy)
    point = judge(case, house.parts.book).number
    for name, listing in (("tps", case.registers.tps), ("ctps", case.registers.ctps)):
        if listing is not None:
            keep_listing(house, name, listing, point)
    if point is not None:
        keep_line(house, case, point)


def keep_listing(house: House, name: str, listing: Listing, point: str | None) -> None:
    assert listing.extracted_on is not None
    numbers = [point] if listing.listed and point is not None else []
    now = house.clock.now
    if listing.last_absent_on is not None:
        house.load_register(name, extracted_on=listing.last_absent_on)
    house.load_register(name, *numbers, extracted_on=listing.extracted_on)
    house.clock.now = now


def keep_line(house: House, case: Case, point: str) -> None:
    """Write records where the store keeps them: on their own line, and on the person's other lines."""
    redis, principal = house.parts.redis, (case.campaign.principal or "") if case.campaign else ""
    facts = replace(case.line, number_type=None, own_line=None)
    if facts != Line():
        house.parts.records.put_line(point, principal, facts)
    for prefix, records in (
        ("con", case.consents),
        ("obj", case.objections),
        ("hld", case.holds),
        ("sol", case.solicitations),
        ("rel", case.relationships),
    ):
        for record in records:  # type: ignore[attr-defined]
            redis.hset(keys.line(point), f"{prefix}:{record.id}", to_json(record))
    if case.conduct.abandoned_at is not None:
        redis.hset(keys.line(point), f"abn:{principal}", milliseconds(case.conduct.abandoned_at))
    for attempt in case.conduct.attempts:
        redis.zadd(keys.attempts(point), {f"{attempt}|{principal}": milliseconds(attempt)})
