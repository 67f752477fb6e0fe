"""Persons and lines on a real store: linked both ways, all or nothing, and never allowing more."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dialer.consents.line_reports import ReportKind
from dialer.errors import CannotKeep, Conflict
from dialer.law.facts import SubscriberKind
from dialer.law.records import Reach, Scope
from dialer.screening.question import Binding
from dialer.screening.screen import Screened, screen
from dialer.screening.verdict import Answer
from dialer.store import keys
from dialer.store.clients import hot_client
from dialer.store.links import MOST_LINES_OF_A_PERSON, LinkStore
from tests.doubles.house import MONDAY, NUMBER, OTHER_NUMBER, House
from tests.lines import Line
from tests.store.linking import LINES, THIRD, link, say, tell, verdict


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    made = House(redis_url, tmp_path)
    made.load_register("tps")
    made.load_register("ctps")
    return made


def test_a_no_said_before_or_after_the_link_counts_on_each_line_of_the_person(house: House) -> None:
    house.object(NUMBER)
    link(house, NUMBER)
    link(house, OTHER_NUMBER)
    link(house, THIRD)
    assert verdict(house, OTHER_NUMBER).reason == "UK_R21_1A_OBJECTED"
    assert verdict(house, THIRD).reason == "UK_R21_1A_OBJECTED"


def test_a_no_without_a_name_reaches_the_lines_of_whoever_is_linked(house: House) -> None:
    link(house, NUMBER)
    link(house, OTHER_NUMBER)
    house.object(NUMBER)
    assert verdict(house, OTHER_NUMBER).reason == "UK_R21_1A_OBJECTED"


def test_a_no_for_one_line_only_stays_there(house: House) -> None:
    house.object(NUMBER, scope=Scope(reach=Reach.PRINCIPAL, channels="voice", this_line_only=True))
    link(house, NUMBER)
    link(house, OTHER_NUMBER)
    assert verdict(house, OTHER_NUMBER).answer is Answer.ALLOW


def test_a_person_named_in_a_screening_is_linked_before_it_is_judged(house: House) -> None:
    house.object(NUMBER, person="P1")
    assert verdict(house, OTHER_NUMBER).answer is Answer.ALLOW
    assert verdict(house, OTHER_NUMBER, person="P1").reason == "UK_R21_1A_OBJECTED"
    assert house.parts.lines.known(OTHER_NUMBER, "alder").other_lines == (NUMBER,)


def test_another_principals_person_of_the_same_id_is_somebody_else(house: House) -> None:
    link(house, NUMBER)
    link(house, OTHER_NUMBER, principal="birch")
    house.object(NUMBER)
    assert verdict(house, OTHER_NUMBER).answer is Answer.ALLOW
    assert house.parts.lines.known(OTHER_NUMBER, "alder").persons == ()


def test_a_link_bumps_the_seq_of_each_line_it_touches(house: House) -> None:
    link(house, NUMBER)
    redis: Any = house.parts.redis
    before = int(redis.hget(keys.line(NUMBER), "seq"))
    link(house, OTHER_NUMBER)
    assert int(redis.hget(keys.line(NUMBER), "seq")) > before


def test_a_permit_dies_when_a_link_brings_a_no(house: House) -> None:
    key = next(iter(house.parts.configuration.current().keys.values()))
    asked = replace(house.outgoing(), endpoint=None, key=key.digest, binding=Binding.PERMIT)
    screened = screen(asked, house.parts.gate)
    assert isinstance(screened, Screened)
    house.object(OTHER_NUMBER, person="P1")
    link(house, NUMBER)
    with pytest.raises(Conflict):
        house.parts.permits.redeem(screened.decision.permit or "", "T1", key=key)


def test_a_wrong_person_loses_the_link_and_is_not_rung_there_again(house: House) -> None:
    link(house, NUMBER)
    link(house, OTHER_NUMBER)
    say(house, OTHER_NUMBER, ReportKind.WRONG_PERSON, "P1")
    house.object(NUMBER)
    known = house.parts.lines.known(NUMBER, "alder")
    assert (known.persons, known.other_lines) == (("P1",), ())
    assert verdict(house, OTHER_NUMBER, "P1").reason == "UK_CONSENT_WRONG_PERSON"
    assert verdict(house, OTHER_NUMBER, "P2").answer is Answer.ALLOW


def test_a_new_link_does_not_lift_a_wrong_person(house: House) -> None:
    link(house, NUMBER)
    say(house, NUMBER, ReportKind.WRONG_PERSON, "P1")
    tell(house, NUMBER, persons=("P1", "P2"))
    assert verdict(house, NUMBER).reason == "UK_CONSENT_WRONG_PERSON"


@pytest.mark.parametrize("kind", [ReportKind.DECEASED, ReportKind.VULNERABLE, ReportKind.LEGAL])
def test_care_leaves_every_line_of_the_person_in_peace_also_one_linked_later(
    house: House, kind: ReportKind
) -> None:
    link(house, NUMBER)
    link(house, OTHER_NUMBER)
    say(house, NUMBER, kind)
    link(house, THIRD)
    assert {verdict(house, line).reason for line in LINES} == {"POLICY_NO_CONTACT"}


def test_a_refusal_closes_one_campaign_on_each_line_of_the_person(house: House) -> None:
    link(house, NUMBER)
    link(house, OTHER_NUMBER)
    say(house, NUMBER, ReportKind.REFUSAL)
    assert verdict(house, OTHER_NUMBER).reason == "POLICY_CAMPAIGN_REFUSED"


def test_a_companys_no_covers_its_known_lines_also_one_known_later(house: House) -> None:
    corporate = {"subscriber": SubscriberKind.CORPORATE, "subscriber_evidence": "register of companies"}
    tell(house, NUMBER, company="B1", **corporate)
    tell(house, OTHER_NUMBER, company="B1", **corporate)
    house.object(NUMBER, scope=Scope(reach=Reach.PRINCIPAL, channels="voice", company=True))
    tell(house, THIRD, company="B1", **corporate)
    assert {verdict(house, line).answer for line in LINES} == {Answer.BLOCK}


def test_what_is_left_out_stays_as_it_was(house: House) -> None:
    tell(house, NUMBER, no_contact="vulnerable", persons=("P1",), company="B1")
    tell(house, NUMBER, subscriber=SubscriberKind.INDIVIDUAL)
    known = house.parts.lines.known(NUMBER, "alder")
    assert (known.no_contact, known.persons, known.company) == ("vulnerable", ("P1",), "B1")


def test_a_fifty_first_line_is_refused_and_changes_nothing(house: House) -> None:
    lines = [f"+44207946{n:04d}" for n in range(500, 500 + MOST_LINES_OF_A_PERSON)]
    for line in lines:
        link(house, line)
    with pytest.raises(Conflict):
        link(house, NUMBER)
    assert house.parts.lines.known(NUMBER, "alder").persons == ()
    house.object(NUMBER, person="P1")
    assert verdict(house, lines[7], "P1").reason == "UK_R21_1A_OBJECTED"


@pytest.mark.parametrize("answers", range(4))
def test_a_lost_answer_leaves_a_link_whole_or_nowhere(house: House, line: Line, answers: int) -> None:
    house.object(NUMBER)
    link(house, NUMBER)
    line.answers_until_cut = answers
    store = LinkStore(hot_client(line.url))
    with suppress(CannotKeep):
        store.ensure(OTHER_NUMBER, "alder", "P1", by="test", at=MONDAY)
    redis: Any = house.parts.redis
    members = redis.smembers(keys.person("alder", "P1"))
    there, here = (redis.hgetall(keys.line(at)) for at in (OTHER_NUMBER, NUMBER))
    is_linked = OTHER_NUMBER.encode() in members
    assert any(name.startswith(b"obj:") for name in there) is is_linked
    assert (OTHER_NUMBER.encode() in here[b"lnk:alder|P1"]) is is_linked
