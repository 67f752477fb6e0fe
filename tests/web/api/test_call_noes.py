"""The desk reads the noes of a call: its agent's own only, and may mark one as not what they said."""

from pathlib import Path
from typing import Any

import pytest

from dialer.people.roles import Role
from tests.doubles.house import NUMBER, OTHER_NUMBER
from tests.web.api.centre import Centre, centre_on
from tests.web.api.doubts import called, reason

STOP = "please take me off your list"


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Centre:
    return centre_on(redis_url, tmp_path)


def read(centre: Centre, decision: str, role: Role = Role.AGENT, agent: str | None = "a17") -> Any:
    return centre.caller(role, agent=agent).get(f"/v1/calls/{decision}/noes")


def test_an_agent_reads_the_words_the_reference_and_what_to_say_of_their_own_call(centre: Centre) -> None:
    decision = called(centre, STOP)
    (no,) = read(centre, decision).json["noes"]
    assert (no["words"], no["may_be_marked"], no["reference"] in no["say"]) == (STOP, True, True)
    assert read(centre, decision, agent="a18").status_code == 404
    assert read(centre, decision, Role.DIALER, None).json["noes"] == [no]
    assert NUMBER not in read(centre, decision).get_data(as_text=True)


def test_not_what_they_said_waits_for_a_second_person_and_then_ends_it(centre: Centre) -> None:
    decision = called(centre, STOP)
    (no,) = read(centre, decision).json["noes"]
    path = f"/v1/objections/{no['objection']}/correction"
    marked = centre.caller(Role.AGENT, agent="a17").post(path, {"why": "misheard"})
    assert (marked.status_code, marked.json["state"], reason(centre)) == (201, "open", "UK_ART21_OBJECTED")
    centre.caller(Role.SUPERVISOR).post(path, {"why": "misheard"})
    assert (reason(centre), read(centre, decision).json["noes"]) == ("UK_R21_CLEAR", [])


def test_a_no_by_text_while_they_talk_is_a_warning_to_the_agent(centre: Centre) -> None:
    decision = called(centre, "yes tell me more")
    assert read(centre, decision).json == {"decision": decision, "noes": [], "warnings": []}
    centre.house.object(source="sms")
    (warning,) = read(centre, decision).json["warnings"]
    assert warning["say"] == "They asked us to stop, just now, another way. Say sorry. End the call."


def test_a_no_on_another_line_of_the_same_person_is_a_warning_too(centre: Centre) -> None:
    for line in (NUMBER, OTHER_NUMBER):
        centre.house.parts.lines.link(line, "alder", "P1", by="test", at=centre.house.clock())
    decision = called(centre, "yes tell me more")
    centre.house.object(OTHER_NUMBER)
    assert len(read(centre, decision).json["warnings"]) == 1


def test_a_call_nobody_knows_is_not_there(centre: Centre) -> None:
    for ref in ("dec_00000000000000000000000000", "CA_nobody"):
        assert read(centre, ref, Role.SUPERVISOR, None).status_code == 404
