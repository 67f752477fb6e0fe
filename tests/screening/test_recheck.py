"""A call that was allowed is looked at again: a no ends it, time alone does not, and unknown is no."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dialer.calls.call import Channel
from dialer.errors import CannotKeep
from dialer.ids import Kind, new_id
from dialer.law.records import Hold, Reach, Scope, Solicitation
from dialer.objections.holding import Holding, hold_line
from dialer.screening.question import Question
from dialer.screening.recheck import may_go_on
from dialer.screening.screen import Screened
from dialer.store.configuration import Section
from dialer.wiring import wire
from tests.doubles.house import NUMBER, OTHER_NUMBER, House, campaign, settings_for


def allowed(house: House, question: Question | None = None) -> dict[str, Any]:
    screened = house.screen(question or house.outgoing())
    assert isinstance(screened, Screened)
    entry = house.parts.ledger.find(screened.decision.id)
    assert entry is not None
    assert entry.fields["verdict"] == "allow"
    return entry.fields


def held(house: House) -> None:
    hold = Hold(
        id=new_id(Kind.HOLD, at=house.clock()),
        contact_point=NUMBER,
        principal="alder",
        kind="possible_objection",
        since=house.clock(),
        recorded_at=house.clock(),
    )
    hold_line(Holding(hold=hold, source="speech", by="test"), house.parts.holds, at=house.clock())


def test_a_call_nothing_happened_to_goes_on(house: House) -> None:
    assert may_go_on(allowed(house), house.parts.gate)


@pytest.mark.parametrize("no", [House.object, held])
def test_a_no_or_a_hold_that_lands_while_it_rings_ends_it(
    house: House, no: Callable[[House], object]
) -> None:
    decision = allowed(house)
    no(house)
    assert not may_go_on(decision, house.parts.gate)


def test_a_no_on_another_line_of_the_person_ends_it(house: House) -> None:
    for line in (NUMBER, OTHER_NUMBER):
        house.parts.lines.link(line, "alder", "P1", by="test", at=house.clock())
    decision = allowed(house)
    house.object(OTHER_NUMBER)
    assert not may_go_on(decision, house.parts.gate)


@pytest.mark.parametrize(
    "of_others",
    [
        {"principal": "birch"},
        {"scope": Scope(reach=Reach.PRINCIPAL, channels="text")},
        {"scope": Scope(reach=Reach.CAMPAIGN, channels="voice", campaign="C2")},
    ],
)
def test_a_no_that_is_not_about_this_call_ends_nothing(house: House, of_others: dict[str, Any]) -> None:
    decision = allowed(house)
    house.object(**of_others)
    assert may_go_on(decision, house.parts.gate)


def test_time_and_caps_end_no_call_that_was_placed_in_time(house: House) -> None:
    decision = allowed(house)
    for n in range(2, 4):
        house.screen(house.outgoing(call_ref=f"CA{n}"))
    house.clock.advance(hours=13)
    assert may_go_on(decision, house.parts.gate)


def test_the_third_try_of_a_call_asked_for_does_not_use_itself_up(house: House) -> None:
    asked_for = Solicitation(
        id="sol_1",
        contact_point=NUMBER,
        principal="alder",
        topic="solar",
        channels=(Channel.LIVE_CALL,),
        requested_at=house.clock(),
        recorded_at=house.clock(),
    )
    house.load_register("tps", NUMBER.replace("+44", "0"))
    house.parts.records.add(asked_for)
    for n in range(3):
        house.clock.advance(minutes=1)
        decision = allowed(house, house.outgoing(call_ref=f"CA{n}", solicitation="sol_1"))
    held_of_another_campaign = Scope(reach=Reach.CAMPAIGN, channels="voice", campaign="C2")
    house.object(scope=held_of_another_campaign)
    assert may_go_on(decision, house.parts.gate)


def test_a_no_by_a_clock_that_is_behind_ends_it_all_the_same(house: House) -> None:
    decision = allowed(house)
    house.clock.advance(seconds=-0.4)
    house.object()
    assert not may_go_on(decision, house.parts.gate)


def test_what_was_refused_or_only_advice_allows_nothing(house: House) -> None:
    decision = allowed(house)
    assert not may_go_on({**decision, "verdict": "block"}, house.parts.gate)
    assert not may_go_on({**decision, "advisory": True}, house.parts.gate)


def test_a_campaign_that_changed_meanwhile_is_read_anew(house: House) -> None:
    decision = allowed(house)
    house.put(Section.CAMPAIGNS, "C1", campaign(topic="windows"))
    house.object()
    assert not may_go_on(decision, house.parts.gate)


def test_with_the_store_away_nobody_is_put_through(house: House) -> None:
    decision = allowed(house)
    lost = wire(settings_for("redis://127.0.0.1:1", house.data_dir), clock=house.clock)
    with pytest.raises(CannotKeep):
        may_go_on(decision, replace(lost.gate, configurations=house.parts.configuration))
