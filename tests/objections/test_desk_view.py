"""What the desk shows of a no: the call's own with its words, one that came another way as a warning."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialer.law.records import Objection, Reach, Scope
from dialer.objections.corrected import KeptObjection
from dialer.objections.desk_view import CallInQuestion, heard_in, is_since, warnings_for
from tests.doubles.house import MONDAY, NUMBER

CALL = CallInQuestion(decision="dec_1", call_ref="CA1", principal="alder", allowed_at=MONDAY)
NO = Objection(
    id="obj_1",
    contact_point=NUMBER,
    principal="alder",
    operator="beck",
    kind="objection",
    scope=Scope(reach=Reach.PRINCIPAL, channels="all"),
    effective_at=MONDAY,
    recorded_at=MONDAY + timedelta(seconds=20),
    source="speech",
    words="take me off your list",
)
OF_THIS_CALL = KeptObjection(
    objection=NO, lines=(NUMBER,), call_ref="CA1", decision="dec_1", reference="12 34 56 78"
)
OF_ANOTHER = replace(OF_THIS_CALL, call_ref="CA2", decision="dec_2")


def test_the_agent_sees_the_words_the_reference_and_the_sentence_to_say() -> None:
    (no,) = heard_in(CALL, [OF_THIS_CALL])
    assert (no.words, no.reference, no.may_be_marked) == ("take me off your list", "12 34 56 78", True)
    assert no.say == "Say: you are off our list. Your reference is 12 34 56 78. Goodbye. End the call."
    assert warnings_for(CALL, [OF_THIS_CALL]) == ()


@pytest.mark.parametrize("same", [{"decision": None}, {"call_ref": None}])
def test_a_no_is_of_this_call_by_its_decision_or_its_reference(same: dict[str, None]) -> None:
    assert len(heard_in(CALL, [replace(OF_THIS_CALL, **same)])) == 1  # type: ignore[arg-type]


def test_a_no_that_names_no_call_is_of_none() -> None:
    nameless = replace(OF_THIS_CALL, call_ref=None, decision=None)
    assert heard_in(replace(CALL, call_ref=None), [nameless]) == ()


@pytest.mark.parametrize("source", ["keypad", "sms", "web", "email", "letter"])
def test_what_the_person_keyed_or_wrote_is_not_offered_for_marking(source: str) -> None:
    (no,) = heard_in(CALL, [replace(OF_THIS_CALL, objection=replace(NO, source=source))])
    assert not no.may_be_marked


@pytest.mark.parametrize(
    ("changed", "warned"),
    [
        ({}, True),
        ({"scope": Scope(reach=Reach.PRINCIPAL, channels="text")}, False),
        ({"scope": Scope(reach=Reach.PRINCIPAL, channels=("texts", "calls"))}, True),
        ({"scope": None}, True),
        ({"principal": "birch"}, False),
        ({"principal": "birch", "scope": Scope(reach=Reach.GROUP, channels="voice")}, True),
        ({"principal": None, "scope": Scope(reach=Reach.OPERATOR, channels="voice")}, True),
    ],
)
def test_a_no_to_calls_that_came_another_way_is_a_warning(changed: dict[str, object], warned: bool) -> None:
    other = replace(OF_ANOTHER, objection=replace(NO, **changed))  # type: ignore[arg-type]
    assert [warning.objection for warning in warnings_for(CALL, [other])] == (["obj_1"] if warned else [])
    assert heard_in(CALL, [other]) == ()


@pytest.mark.parametrize(("seconds", "shown"), [(-1.1, False), (-1.0, True), (0.0, True), (600.0, True)])
def test_only_what_came_since_the_call_was_allowed_is_shown(seconds: float, shown: bool) -> None:
    told = replace(NO, recorded_at=MONDAY + timedelta(seconds=seconds))
    assert is_since(CALL, told) is shown


def test_what_two_people_have_corrected_is_shown_no_more() -> None:
    assert not is_since(CALL, replace(NO, corrected_at=MONDAY + timedelta(minutes=1)))
    assert not is_since(CALL, replace(NO, recorded_at=None))
