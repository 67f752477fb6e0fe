"""What Twilio tells of a call limits the next one: abandoned, machine, nobody there; once, in any order."""

from itertools import permutations
from typing import Any

import pytest

from dialer.calls.call import DialMode
from dialer.screening.whose import place
from dialer.store import keys
from dialer.store.configuration import Section
from tests.doubles.house import NUMBER, OTHER_NUMBER, House, campaign
from tests.doubles.twilio_client import Twilio

OUR_NUMBER = "+442079460100"
CHILD = {"CallSid": "CA2", "ParentCallSid": "CA1", "Direction": "outbound-dial"}
STEPS = {
    "ringing": {"CallStatus": "ringing", "SequenceNumber": "1"},
    "answered": {"CallStatus": "in-progress", "SequenceNumber": "2"},
    "completed": {"CallStatus": "completed", "SequenceNumber": "3"},
}


@pytest.fixture
def decision(house: House, twilio: Twilio) -> str:
    house.put(Section.CAMPAIGNS, "C1", campaign(dial_mode=DialMode.PREDICTIVE))
    assert "<Dial" in twilio.call().text
    found = house.parts.ledger.decision_of_call("CA1")
    assert found is not None
    return found


def status(twilio: Twilio, decision: str, **event: str) -> None:
    answer = twilio.post(f"voice/status?decision={decision}", CHILD | event)
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")


def outcome(house: House, decision: str) -> Any:
    return next((e["outcome"] for e in house.parts.calls.of(decision) if "outcome" in e), None)


def conduct(house: House) -> Any:
    configuration = house.parts.configuration.current()
    asked = house.outgoing(OTHER_NUMBER)
    facts = house.parts.gate.facts.gather(asked, place(asked, configuration), configuration, house.clock())
    return facts.case.conduct


@pytest.mark.parametrize("order", list(permutations(STEPS)))
def test_a_call_put_through_counts_as_live_once_in_any_order(
    house: House, twilio: Twilio, decision: str, order: tuple[str, ...]
) -> None:
    for step in (*order, *order):
        status(twilio, decision, **STEPS[step])
    assert (conduct(house).live_calls, conduct(house).abandoned_calls) == (1, 0)


@pytest.mark.parametrize(
    ("told", "kept"),
    [("busy", "busy"), ("no-answer", "no_answer"), ("failed", None), ("canceled", None), ("ringing", None)],
)
def test_a_call_nobody_took_counts_in_no_rate(
    house: House, twilio: Twilio, decision: str, told: str, kept: str | None
) -> None:
    status(twilio, decision, CallStatus=told)
    assert outcome(house, decision) == kept
    assert conduct(house).abandoned_rate is None


@pytest.mark.parametrize("answered_by", ["machine_start", "machine_end_beep", "fax"])
@pytest.mark.parametrize("was_answered_first", [True, False])
def test_a_machine_is_no_live_call_and_the_line_waits_a_day(
    house: House, twilio: Twilio, decision: str, answered_by: str, was_answered_first: bool
) -> None:
    events = [("voice/status", {**CHILD, **STEPS["answered"]})]
    events.append(("voice/amd", {"CallSid": "CA2", "AnsweredBy": answered_by}))
    for route, event in events if was_answered_first else reversed(events):
        twilio.post(f"{route}?decision={decision}", event)
    assert outcome(house, decision) == "machine"
    assert conduct(house).abandoned_rate is None
    assert "answering machine" in twilio.call(sid="CA9").text
    house.clock.advance(hours=24)
    assert "<Dial" in twilio.call(sid="CA10").text


@pytest.mark.parametrize("answered_by", ["human", "unknown"])
def test_a_person_is_no_machine(house: House, twilio: Twilio, decision: str, answered_by: str) -> None:
    twilio.post(f"voice/amd?decision={decision}", {"CallSid": "CA2", "AnsweredBy": answered_by})
    assert outcome(house, decision) is None


def test_a_call_that_got_the_message_is_abandoned_and_the_line_waits(
    house: House, twilio: Twilio, decision: str
) -> None:
    status(twilio, decision, **STEPS["answered"])
    asked = {"CallSid": "CA1", "Direction": "outbound-api", "From": OUR_NUMBER, "To": NUMBER}
    for _ in range(2):
        assert "<Gather" in twilio.post("voice/unattended?campaign=C1", asked).text
    assert (conduct(house).live_calls, conduct(house).abandoned_calls) == (0, 1)
    assert "cut them off" in twilio.call(sid="CA9").text
    house.clock.advance(hours=72)
    assert "<Dial" in twilio.call(sid="CA10").text


def test_an_abandoned_call_we_never_screened_counts_by_its_own_reference(
    house: House, twilio: Twilio
) -> None:
    asked = {"CallSid": "CA77", "Direction": "outbound-api", "From": OUR_NUMBER, "To": OTHER_NUMBER}
    twilio.post("voice/unattended?campaign=C1", asked)
    assert conduct(house).abandoned_calls == 1
    assert house.parts.redis.hexists(keys.line(OTHER_NUMBER), "abn:alder")


def test_who_opts_out_of_the_message_is_whom_we_rang(house: House, twilio: Twilio) -> None:
    asked = {"CallSid": "CA77", "Direction": "outbound-api", "From": OUR_NUMBER, "To": OTHER_NUMBER}
    twilio.post("voice/returned?campaign=C1", {**asked, "Digits": "9"})
    assert len(house.parts.records.of_line(OTHER_NUMBER).objections) == 1
    assert house.parts.records.of_line(OUR_NUMBER).objections == []


@pytest.mark.parametrize(("told", "kept"), [("busy", "busy"), ("completed", "answered"), ("failed", None)])
def test_the_end_of_the_dial_tells_it_too(
    house: House, twilio: Twilio, decision: str, told: str, kept: str | None
) -> None:
    action = {"CallSid": "CA1", "CallStatus": "in-progress", "DialCallStatus": told}
    assert "<Hangup" in twilio.post(f"voice/dialled?decision={decision}", action).text
    assert outcome(house, decision) == kept


def test_a_callee_who_hung_up_before_they_were_put_through_is_not_live(
    house: House, twilio: Twilio, decision: str
) -> None:
    action = {"CallSid": "CA1", "DialCallStatus": "completed", "DialBridged": "false"}
    twilio.post(f"voice/dialled?decision={decision}", action)
    assert outcome(house, decision) is None


def test_a_late_event_is_of_its_own_time(house: House, twilio: Twilio, decision: str) -> None:
    house.clock.advance(hours=25)
    status(twilio, decision, **STEPS["answered"], Timestamp="Mon, 23 Nov 2026 10:00:05 +0000")
    assert outcome(house, decision) == "answered"
    assert conduct(house).abandoned_rate is None


@pytest.mark.parametrize("stamp", ["Mon, 23 Nov 2099 10:00:05 +0000", "soon", ""])
def test_an_event_to_come_or_without_a_time_is_of_now(
    house: House, twilio: Twilio, decision: str, stamp: str
) -> None:
    status(twilio, decision, **STEPS["answered"], Timestamp=stamp)
    assert conduct(house).live_calls == 1
    house.clock.advance(hours=24)
    assert conduct(house).abandoned_rate is None


def test_an_event_finds_its_call_without_our_address(house: House, twilio: Twilio, decision: str) -> None:
    twilio.post("voice/status", CHILD | STEPS["answered"])
    assert outcome(house, decision) == "answered"


@pytest.mark.parametrize("route", ["voice/status?decision=dec_nobody", "voice/status", "voice/amd"])
def test_an_event_of_no_call_of_ours_changes_nothing(house: House, twilio: Twilio, route: str) -> None:
    event = {"CallSid": "CA99", "ParentCallSid": "CA98", "CallStatus": "completed", "AnsweredBy": "fax"}
    assert twilio.post(route, event).status_code == 200
    assert house.parts.redis.xlen(keys.LEDGER) == 0


def test_an_event_of_another_account_is_refused(house: House, twilio: Twilio, decision: str) -> None:
    told = {**CHILD, **STEPS["answered"], "AccountSid": "AC" + "9" * 32}
    assert twilio.post(f"voice/status?decision={decision}", told).status_code == 403
    assert outcome(house, decision) is None


def test_the_agents_own_leg_tells_nothing_of_the_callee(house: House, twilio: Twilio, decision: str) -> None:
    status(twilio, decision, ParentCallSid="", CallStatus="completed")
    assert outcome(house, decision) is None
