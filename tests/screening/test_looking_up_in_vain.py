"""A provider that is away, slow, unclear or wrong changes nothing: the refusal stays, and says so."""

import logging
import threading
from pathlib import Path
from time import monotonic

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from dialer.screening.circuit import FAILURES
from dialer.screening.looking_up import UNSETTLED_SECONDS
from dialer.screening.rejudge import rejudge
from tests.doubles.house import NUMBER, OTHER_NUMBER, House
from tests.doubles.look_up_provider import TOKEN, answering, asking, listed, screened, verdict


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    """A house that holds no register."""
    return House(redis_url, tmp_path)


@pytest.mark.parametrize(
    "answer",
    [
        Response(status=500),
        Response(status=401),
        Response(status=302, headers={"Location": "http://localhost/elsewhere"}),
        Response("<html>listed</html>"),
        Response("x" * 100_000),
        Response('{"number": "+442079460123", "tps": false, "tps": true, "ctps": false}'),
        {"number": NUMBER, "tps": 0, "ctps": 0},
        {"number": NUMBER, "tps": "perhaps", "ctps": "clear"},
        {"number": OTHER_NUMBER, "tps": False, "ctps": False},
        {"tps": False, "ctps": False},
        {"number": NUMBER, "tps": False, "ctps": False, "checked_on": "2026-11-24"},
        {"number": NUMBER, "Callable": True},
        [],
        [{"number": NUMBER, "tps": False, "ctps": False}] * 2,
        True,
    ],
    ids=str,
)
def test_what_is_not_certain_is_no_answer(
    house: House, httpserver: HTTPServer, caplog: pytest.LogCaptureFixture, answer: object
) -> None:
    asking(house, answering(httpserver, lambda _: answer))
    before = verdict(house, agent="a17")
    assert (before.answer, before.reason) == ("defer", "UK_R21_REGISTER_MISSING")
    assert before.details == ("E_LOOKUP_NO_ANSWER",)
    assert len(httpserver.log) == 1
    assert "gave no answer" in caplog.text
    assert not any(secret in caplog.text for secret in (NUMBER, NUMBER[-6:], OTHER_NUMBER[-6:], TOKEN))


def test_a_slow_provider_is_cut_off(house: House, httpserver: HTTPServer) -> None:
    let_go = threading.Event()

    def dawdle(question: dict[str, object]) -> object:
        let_go.wait(20)
        return {"number": NUMBER, "tps": False, "ctps": False}

    asking(house, answering(httpserver, dawdle), lookup_timeout_ms=200)
    started = monotonic()
    found = verdict(house)
    took = monotonic() - started
    let_go.set()
    assert (found.answer, found.details) == ("defer", ("E_LOOKUP_NO_ANSWER",))
    assert took < 10


def test_a_provider_that_keeps_failing_is_left_alone(
    house: House, httpserver: HTTPServer, caplog: pytest.LogCaptureFixture
) -> None:
    asking(house, answering(httpserver, lambda _: Response(status=503)))
    for last in range(FAILURES + 3):
        assert verdict(house, f"+44207946{last + 200:04d}").details == ("E_LOOKUP_NO_ANSWER",)
    assert len(httpserver.log) == FAILURES
    assert [record.levelno for record in caplog.records].count(logging.ERROR) == 1


def test_a_number_nothing_could_be_learnt_of_is_not_asked_about_again_at_once(
    house: House, httpserver: HTTPServer
) -> None:
    seconds = [1_000.0]
    made = asking(house, answering(httpserver, listed(None, None)))
    made._elapsed = lambda: seconds[0]
    asked = []
    for later in (0, UNSETTLED_SECONDS - 1, 1):
        seconds[0] += later
        verdict(house)
        asked.append(len(httpserver.log))
    assert asked == [1, 1, 2]


def test_a_provider_that_is_away_leaves_the_refusal(house: House) -> None:
    asking(house, "http://localhost:9/v1/tps")
    assert verdict(house).details == ("E_LOOKUP_NO_ANSWER",)


def test_a_private_address_is_not_asked_unless_it_is_named(house: House, httpserver: HTTPServer) -> None:
    asking(house, answering(httpserver, listed()), demo=False)
    assert verdict(house).details == ("E_LOOKUP_NO_ANSWER",)
    assert httpserver.log == []


def test_a_decision_is_judged_again_alike_before_and_after_the_answer(
    house: House, httpserver: HTTPServer
) -> None:
    clear = {"number": NUMBER, "tps": False, "ctps": False}
    answers = iter([Response(status=500), clear, clear | {"tps": True}])
    url, decided = answering(httpserver, lambda _: next(answers)), []
    for number in (OTHER_NUMBER, NUMBER, NUMBER):
        asking(house, url)
        decided.append(screened(house, number).decision)
        house.clock.advance(days=30)
    assert [decision.verdict.answer for decision in decided] == ["defer", "allow", "block"]
    for decision in decided:
        line = house.parts.ledger.find(decision.id)
        assert line is not None
        assert rejudge(line, house.parts.past, house.parts.book).differences == ()
