"""A screening asks a provider only where registers say nothing, once, keeps the answer, and rests on it."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from dialer.calls.call import Channel
from dialer.screening.past import Moment
from dialer.screening.question import Binding, Question
from dialer.screening.screen import Screened
from tests.doubles.house import MONDAY, NUMBER, OTHER_NUMBER, House
from tests.doubles.look_up_provider import TOKEN, answering, asking, listed, verdict
from tests.scrubbing.lists import result, scrubbed, told, written


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    """A house that holds no register."""
    return House(redis_url, tmp_path)


@pytest.mark.parametrize(
    ("tps", "ctps", "reason"),
    [
        (False, False, "UK_R21_CLEAR"),
        (True, False, "UK_R21_1B_TPS_LISTED"),
        (False, True, "UK_R21_1B_CTPS_LISTED"),
        ("clear", "not listed", "UK_R21_CLEAR"),
        ("listed", None, "UK_R21_1B_TPS_LISTED"),
        (False, None, "UK_R21_REGISTER_MISSING"),
        (None, "unknown", "UK_R21_REGISTER_MISSING"),
    ],
)
def test_what_the_provider_says_of_each_register_decides(
    house: House, httpserver: HTTPServer, tps: object, ctps: object, reason: str
) -> None:
    asking(house, answering(httpserver, listed(tps, ctps)))
    found = verdict(house)
    assert found.reason == reason
    assert ("E_LOOKUP_NO_ANSWER" in found.details) is (reason == "UK_R21_REGISTER_MISSING")


def test_the_answer_is_kept_and_asked_for_once_in_27_days(house: House, httpserver: HTTPServer) -> None:
    asking(house, answering(httpserver, listed()))
    answers = []
    house.clock.advance(days=1)  # then neither day of the boundary is a Sunday
    for days in (0, 1, 26, 1):
        house.clock.advance(days=days)
        found = verdict(house)
        answers.append((found.answer, len(httpserver.log), found.registers[0].age_days))
    assert answers == [("allow", 1, 0), ("allow", 1, 1), ("allow", 1, 27), ("allow", 2, 0)]
    assert found.registers[1].snapshot == "lookup-localhost"


def test_the_question_holds_the_number_and_the_key(house: House, httpserver: HTTPServer) -> None:
    asking(house, answering(httpserver, listed()))
    verdict(house, "020 7946 0123")
    request = httpserver.log[0][0]
    assert (request.get_json(), request.query_string) == ({"number": NUMBER}, b"")
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"


def test_nobody_is_asked_where_registers_say(house: House, httpserver: HTTPServer) -> None:
    asking(house, answering(httpserver, listed()))
    house.load_register("tps", NUMBER)
    house.load_register("ctps")
    assert (verdict(house).answer, verdict(house, OTHER_NUMBER).answer) == ("block", "allow")
    assert httpserver.log == []


def test_an_old_register_is_a_reason_to_ask(house: House, httpserver: HTTPServer) -> None:
    asking(house, answering(httpserver, listed(tps=True)))
    for name in ("tps", "ctps"):
        house.load_register(name, extracted_on=MONDAY.date() - timedelta(days=28))
    found = verdict(house)
    assert (found.reason, len(httpserver.log)) == ("UK_R21_1B_TPS_LISTED", 1)
    assert dict(found.reasons[0].facts)["first_seen_on"] == MONDAY.date()


@pytest.mark.parametrize(
    ("to", "changed"),
    [
        (NUMBER, {"channel": Channel.SMS}),
        ("+33123456789", {}),
        ("anna@example.com", {"channel": Channel.EMAIL}),
        ("999", {}),
        (NUMBER, {"agent": "a99"}),
    ],
)
def test_nobody_is_asked_about_what_no_register_decides(
    house: House, httpserver: HTTPServer, to: str, changed: dict[str, object]
) -> None:
    asking(house, answering(httpserver, listed()))
    assert verdict(house, to, **changed).answer != "allow"
    assert httpserver.log == []


def test_nobody_is_asked_about_a_line_that_said_no(house: House, httpserver: HTTPServer) -> None:
    asking(house, answering(httpserver, listed()))
    house.object()
    assert (verdict(house).answer, httpserver.log) == ("block", [])


def test_nobody_is_asked_outside_the_calling_hours(house: House, httpserver: HTTPServer) -> None:
    asking(house, answering(httpserver, listed()))
    house.clock.advance(hours=13)
    assert (verdict(house).answer, httpserver.log) == ("defer", [])


def test_an_answer_of_a_day_gone_by_counts_from_that_day(house: House, httpserver: HTTPServer) -> None:
    asking(house, answering(httpserver, listed(checked_on="2026-11-03")))
    assert [register.age_days for register in verdict(house).registers] == [20, 20]


def test_a_clearing_bureau_s_own_shape_is_read(house: House, httpserver: HTTPServer) -> None:
    answer = {"phoneNumber": "020 7946 0123", "tpsListed": False, "ctpsListed": True, "status": "ctps-listed"}
    asking(house, answering(httpserver, lambda _: answer))
    assert verdict(house).reason == "UK_R21_1B_CTPS_LISTED"


def test_the_past_knows_an_answer_from_when_it_was_kept(house: House, httpserver: HTTPServer) -> None:
    asking(house, answering(httpserver, listed()))
    house.clock.advance(hours=1)
    verdict(house)
    question = Question(to=NUMBER, binding=Binding.ADVISORY, campaign="C1")
    then = [
        house.parts.past.gather(question, Moment.then(at))
        for at in (MONDAY + timedelta(minutes=59), MONDAY + timedelta(hours=1))
    ]
    assert [past.case.registers.tps is not None for past in then] == [False, True]
    assert [len(past.missing) for past in then] == [2, 0]


def test_a_list_is_told_what_was_kept_and_asks_nobody(house: House, httpserver: HTTPServer) -> None:
    asking(house, answering(httpserver, listed(tps=True)))
    verdict(house)
    scrubbed(house, written(house.data_dir, f"phone\n{NUMBER}\n{OTHER_NUMBER}\n"))
    assert told(result(house.data_dir)) == ["block UK_R21_1B_TPS_LISTED", "defer UK_R21_REGISTER_MISSING"]
    assert len(httpserver.log) == 1


def test_the_line_s_history_tells_of_the_answer(house: House, httpserver: HTTPServer) -> None:
    asking(house, answering(httpserver, listed(ctps=True)))
    verdict(house)
    page = house.parts.timeline.page(NUMBER, lambda entry: entry.kind == "look-up", after=None, at_most=9)
    assert [entry.fields["listed"] for entry in page.entries] == [{"tps": False, "ctps": True}]


def test_a_call_that_dials_rests_on_the_answer(house: House, httpserver: HTTPServer) -> None:
    asking(house, answering(httpserver, listed()))
    answered = house.screen(house.outgoing())
    assert isinstance(answered, Screened)
    line = house.parts.ledger.find(answered.decision.id)
    assert line is not None
    assert (line.fields["verdict"], line.fields["seq"]) == ("allow", 1)


def test_without_a_provider_nobody_is_asked(house: House) -> None:
    assert house.parts.gate.look_ups is None
    assert verdict(house).details == ()
