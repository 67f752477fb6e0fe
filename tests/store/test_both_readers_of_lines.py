"""Two readers, one fact type: links, marks, liftings, corrections and own phones read the same by both."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from dialer.consents.approval import Person, Ruling
from dialer.consents.line_reports import ReportKind
from dialer.consents.mark_lifting import Wish as MarkWish
from dialer.consents.mark_lifting import propose_lifting, settle_lifting
from dialer.law.facts import Case, SubscriberKind
from dialer.objections.correction import Wish, propose, settle_correction
from dialer.screening.own_lines import OwnLineGiven, declare
from dialer.screening.past import Moment
from dialer.screening.question import Binding, Question
from dialer.screening.whose import place
from tests.doubles.house import NUMBER, OTHER_NUMBER, House
from tests.store.linking import link, say, tell

ONE, OTHER = (Person(kind="key", id=name, name=name) for name in ("one", "other"))
AGREED = Ruling(outcome="approve", by=OTHER)
Given = Callable[[House], None]


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    return House(redis_url, tmp_path)


def links(house: House) -> None:
    for line in (NUMBER, OTHER_NUMBER):
        link(house, line)
        link(house, line, "P2")


def facts(house: House) -> None:
    tell(house, NUMBER, subscriber=SubscriberKind.CORPORATE, subscriber_evidence="register", company="CO1")
    tell(house, NUMBER, company="CO2", persons=("P1",))


def company(house: House) -> None:
    tell(house, OTHER_NUMBER, company="CO1")
    house.object(OTHER_NUMBER)
    tell(house, NUMBER, company="CO1")


def reports(house: House) -> None:
    links(house)
    say(house, NUMBER, ReportKind.WRONG_PERSON, "P1")
    say(house, OTHER_NUMBER, ReportKind.LEGAL, "P2")
    say(house, NUMBER, ReportKind.VULNERABLE)
    say(house, NUMBER, ReportKind.REFUSAL)


def lifted(house: House) -> None:
    reports(house)
    desk = house.parts.liftings
    for mark in house.parts.records.of_line(NUMBER).marks:
        house.clock.advance(minutes=1)
        wish = MarkWish(line=NUMBER, why="misreported", note=None, by=ONE)
        settle_lifting(propose_lifting(mark, wish, desk).id, AGREED, desk)


def corrected(house: House) -> None:
    links(house)
    desk = house.parts.corrections
    for line in (NUMBER, OTHER_NUMBER):
        kept = desk.objections.find(house.object(line).id)
        assert kept is not None
        wish = Wish(objection=kept.objection.id or "", why="misheard", note=None, by=ONE)
        house.clock.advance(minutes=1)
        settle_correction(propose(kept, wish, desk).id, AGREED, desk)


def own(house: House) -> None:
    declare(NUMBER, OwnLineGiven(kind="staff", owner="Ann"), house.parts.own_lines, by="test")


ALL: list[Given] = [links, facts, company, reports, lifted, corrected, own]


def present(house: House, question: Question) -> Case:
    configuration = house.parts.configuration.current()
    placed = place(question, configuration)
    return house.parts.gate.facts.gather(question, placed, configuration, house.clock()).case


@pytest.mark.parametrize("given", ALL)
@pytest.mark.parametrize("person", [None, "P1", "P2"])
@pytest.mark.parametrize("line", [NUMBER, OTHER_NUMBER])
def test_both_readers_read_the_same_then_and_for_ever(
    house: House, given: Given, person: str | None, line: str
) -> None:
    given(house)
    question = Question(to=line, binding=Binding.ADVISORY, campaign="C1", person=person)
    then = house.clock()
    seen = present(house, question)
    assert house.parts.past.gather(question, Moment.then(then)).case == seen
    house.clock.advance(hours=1)
    reports(house)
    tell(house, line, company="CO9")
    assert house.parts.past.gather(question, Moment.then(then)).case == seen
    assert present(house, question).line != seen.line


@pytest.mark.parametrize("given", ALL)
def test_the_moment_before_nothing_of_it_was_known(house: House, given: Given) -> None:
    question = Question(to=NUMBER, binding=Binding.ADVISORY, campaign="C1", person="P1")
    before = present(house, question)
    earlier = house.clock()
    house.clock.advance(minutes=1)
    given(house)
    past = house.parts.past.gather(question, Moment.then(earlier + timedelta(seconds=30))).case
    assert (past.line, past.objections, past.holds) == (before.line, before.objections, before.holds)
