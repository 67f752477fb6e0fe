"""Stories of people who pass a no on: the agent's one press, the dialer's codes, a letter, a web form."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dialer.people.roles import Role
from tests.doubles.house import NUMBER
from tests.journeys.at_the_door import TYPED, Door, open_door
from tests.journeys.conftest import ask


@pytest.fixture
def door(redis_url: str, tmp_path: Path) -> Iterator[Door]:
    """A centre whose integrator has mapped the dialer's codes."""
    with open_door(redis_url, tmp_path) as opened:
        codes = {"DNC": "opt_out", "NI": "refusal", "CALLBK": "nothing"}
        status, told = opened.api(Role.INTEGRATOR, "PUT", "/v1/wrap-up-codes/alder", {"codes": codes})
        assert status == 200, told
        yield opened


def presses_the_button(door: Door, call: dict[str, str]) -> Any:
    """The agent's one press, which needs no more than the call."""
    status, kept = door.api(Role.AGENT, "POST", "/v1/objections", call)
    assert status == 201, kept
    return kept


def test_the_agent_presses_once_while_they_talk(door: Door) -> None:
    standin = door.centre.standin
    standin.scripts(NUMBER, {"wait_s": 60}, {"hang_up": True})
    sid = standin.rings_in("client:a17", TYPED, params={"To": TYPED, "rf_campaign": "C1"})
    standin.until_answered(sid)
    standin.until(lambda: door.centre.house.parts.ledger.decision_of_call(sid))
    kept = presses_the_button(door, {"call_sid": sid})
    assert len(kept["reference"].replace(" ", "")) == 8
    assert door.noes() == [("agent", None)]
    standin.story(sid)
    assert door.next_call() == "refused"


def test_the_agent_presses_long_after_the_call(door: Door) -> None:
    story = door.dials({"wait_s": 3}, {"hang_up": True})
    door.centre.house.clock.advance(hours=3)
    presses_the_button(door, {"call_sid": story["sid"]})
    assert (door.noes(), door.next_call()) == ([("agent", None)], "refused")


def test_a_code_the_integrator_mapped_is_the_no_it_stands_for(door: Door) -> None:
    story = door.dials({"wait_s": 3}, {"hang_up": True})
    body = {"call_ref": story["sid"], "code": "dnc", "raw": {"disposition": "DNC", "user": "a17"}}
    assert door.api(Role.DIALER, "POST", "/v1/wrap-ups", body)[0] == 201
    assert (len(door.noes()), door.next_call()) == (1, "refused")


def test_a_code_nobody_mapped_changes_nothing_and_is_kept_as_it_came(door: Door) -> None:
    story = door.dials({"wait_s": 3}, {"hang_up": True})
    body = {"call_ref": story["sid"], "code": "ZZTOP", "raw": {"disposition": "ZZTOP", "note": "pls stop"}}
    status, kept = door.api(Role.DIALER, "POST", "/v1/wrap-ups", body)
    assert (status, kept["disposition"], door.noes()) == (201, None, [])
    _, timeline = door.api(Role.SUPERVISOR, "GET", f"/v1/numbers/{NUMBER}")
    assert "pls stop" in str(timeline)
    assert door.next_call() == "put through"


def test_an_email_is_passed_on_in_its_writers_own_words(door: Door) -> None:
    body = {
        "contact_point": "jo@example.com",
        "principal": "alder",
        "source": "email",
        "words": "Delete my details and never contact me again.",
    }
    status, kept = door.api(Role.INTEGRATOR, "POST", "/v1/objections", body)
    assert status == 201, kept
    (no,) = door.centre.house.parts.records.of_line("jo@example.com").objections
    assert (no.source, no.scope and no.scope.channels) == ("email", "all")


@pytest.mark.parametrize("source", ["web", "email", "letter"])
def test_a_web_form_of_our_own_names_the_number(door: Door, source: str) -> None:
    body = {"contact_point": TYPED, "principal": "alder", "source": source, "words": "stop calling me"}
    assert door.api(Role.INTEGRATOR, "POST", "/v1/objections", body)[0] == 201
    assert (door.noes(), door.next_call()) == ([(source, "stop calling me")], "refused")


def test_a_form_sent_twice_is_one_no(door: Door) -> None:
    headers = {"Authorization": f"Bearer {Role.INTEGRATOR}", "Idempotency-Key": "form-7"}
    body = {"contact_point": TYPED, "principal": "alder", "source": "web"}
    answers = [ask("POST", f"{door.centre.url}/v1/objections", body, headers) for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(door.noes()) == 1


def test_no_door_makes_a_yes_of_a_caller_id(door: Door) -> None:
    door.texts("YES please call me about solar")
    door.rings_back({"press": "1"}, {"wait_s": 2}, {"hang_up": True})
    line = door.centre.house.parts.records.of_line(NUMBER)
    assert not (line.consents or line.solicitations or line.relationships)
