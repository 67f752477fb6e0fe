"""Care marks over the API: a call's agent is prompted and confirms, and nobody but compliance sees them."""

from pathlib import Path
from typing import Any

import pytest

from dialer.people.roles import Role
from tests.doubles.house import NUMBER
from tests.web.api.centre import Centre, centre_on
from tests.web.api.doubts import CODES, called, map_codes, wrapped

OTHERS = (Role.SUPERVISOR, Role.AUDITOR)
SAID = {
    "wrong_number": "sorry you have got the wrong number, nobody of that name lives here",
    "deceased": "I am afraid he died in March",
    "vulnerable": "I get muddled these days, what do I have to sign",
}


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Centre:
    centre = centre_on(redis_url, tmp_path)
    map_codes(centre)
    return centre


def reported(centre: Centre, kind: str, source: str) -> str:
    """Have a care mark told by this way, and return the decision that was refused because of it."""
    decision = str(centre.decision(NUMBER, agent="a17", person="P1")["id"])
    if source == "record":
        told = {"principal": "alder", "persons": ["P1"], "no_contact": kind}
        assert centre.caller(Role.SUPERVISOR).put(f"/v1/lines/{NUMBER}", told).status_code == 200
    elif source == "report":
        body = {"kind": kind, "decision": decision}
        assert centre.caller(Role.AGENT, agent="a17").post("/v1/reports", body).status_code == 201
    else:
        assert wrapped(centre, decision, kind).status_code == 201
    return str(centre.decision(NUMBER, person="P1")["id"])


def everything(centre: Centre, role: Role, decision: str) -> str:
    """Return all that somebody can read of the line, its calls and what waits, as text."""
    caller = centre.caller(role)
    name = caller.post("/v1/lines/lookup", {"number": NUMBER}).json["id"] if role is not Role.AUDITOR else ""
    paths = [
        f"/v1/numbers/{NUMBER}?limit=100",
        f"/v1/lines/{name or NUMBER}?principal=alder",
        f"/v1/lines/{NUMBER}?principal=alder",
        f"/v1/decisions/{decision}",
        "/v1/decisions?limit=100",
        "/v1/reviews",
        "/v1/reports/approvals?from=2026-11-23&to=2026-11-23",
    ]
    answers = [caller.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {200}
    return "\n".join(answer.get_data(as_text=True) for answer in answers)


@pytest.mark.parametrize("kind", ["deceased", "vulnerable", "wrong_person"])
@pytest.mark.parametrize("source", ["report", "wrap-up"])
def test_what_a_call_showed_is_seen_by_compliance_and_nobody_else(
    centre: Centre, kind: str, source: str
) -> None:
    centre.house.parts.conduct.put_codes("alder", {kind: kind}, by="test", at="2026-11-23T09:00:00+00:00")
    decision = reported(centre, kind, source)
    for role in OTHERS:
        told = everything(centre, role, decision)
        assert (kind in told, "mrk_" in told) == (False, False), role
    told = everything(centre, Role.COMPLIANCE, decision)
    assert (kind in told, "mrk_" in told) == (True, True)


@pytest.mark.parametrize("role", [Role.DIALER, Role.AGENT])
def test_whoever_dials_is_told_to_leave_them_in_peace_and_not_why(centre: Centre, role: Role) -> None:
    reported(centre, "vulnerable", "report")
    caller = centre.caller(role, agent="a17" if role is Role.AGENT else None)
    answer = caller.post("/v1/screen", {"to": NUMBER, "campaign": "C1"})
    (reason,) = answer.json["reasons"]
    assert (reason["code"], reason["facts"]) == ("POLICY_NO_CONTACT", {"why": "hidden"})
    assert reason["say"] == "Don't call: this person must not be contacted at all."
    assert "vulnerable" not in answer.get_data(as_text=True)


def test_what_a_supervisor_put_on_record_is_theirs_to_read_there(centre: Centre) -> None:
    decision = reported(centre, "vulnerable", "record")
    supervisor = centre.caller(Role.SUPERVISOR)
    assert supervisor.get(f"/v1/lines/{NUMBER}?principal=alder").json["no_contact"] == "vulnerable"
    assert supervisor.get(f"/v1/decisions/{decision}").json["reasons"][0]["facts"] == {"why": "hidden"}


def test_a_legal_mark_is_no_care_mark(centre: Centre) -> None:
    reported(centre, "vulnerable", "report")
    centre.house.clock.advance(minutes=1)
    told = {"kind": "legal", "contact_point": NUMBER, "principal": "alder"}
    assert centre.caller(Role.SUPERVISOR).post("/v1/reports", told).status_code == 201
    (known,) = centre.caller(Role.SUPERVISOR).get(f"/v1/numbers/{NUMBER}").json["known"]
    assert (known["no_contact"], [mark["kind"] for mark in known["marks"]]) == ("legal", ["legal"])


@pytest.mark.parametrize("kind", SAID)
def test_it_only_prompts_until_the_agent_confirms_it_and_no_words_are_kept(centre: Centre, kind: str) -> None:
    decision = called(centre, SAID[kind])
    assert centre.decision(NUMBER)["verdict"] == "allow"
    agent = centre.caller(Role.AGENT, agent="a17")
    (prompt,) = agent.get(f"/v1/calls/{decision}/prompts").json["items"]
    assert (prompt["kind"], SAID[kind] in str(prompt)) == (kind, False)
    meant = "wrong_person" if kind == "wrong_number" else kind
    agent.post("/v1/reports", {"kind": meant, "decision": decision})
    assert centre.decision(NUMBER)["verdict"] == "block"
    kept = centre.house.parts.redis
    assert not [key for key in kept.scan_iter("rf:*") if SAID[kind].encode() in (kept.dump(key) or b"")]


def test_the_prompt_of_care_is_the_agents_own_and_compliances(centre: Centre) -> None:
    decision = called(centre, SAID["deceased"])
    path = f"/v1/calls/{decision}/prompts"
    seen = {
        role: len(centre.caller(role, agent="a17" if role is Role.AGENT else None).get(path).json["items"])
        for role in (Role.AGENT, Role.DIALER, Role.COMPLIANCE, Role.SUPERVISOR)
    }
    assert seen == {Role.AGENT: 1, Role.DIALER: 1, Role.COMPLIANCE: 1, Role.SUPERVISOR: 0}


def test_a_lifting_waits_for_compliance_and_is_hidden_from_a_supervisor(centre: Centre) -> None:
    agent, supervisor = centre.caller(Role.AGENT, agent="a17"), centre.caller(Role.SUPERVISOR)
    decision = centre.decision(NUMBER, agent="a17")["id"]
    mark = agent.post("/v1/reports", {"kind": "deceased", "decision": decision}).json["id"]
    path, body = f"/v1/lines/{NUMBER}/marks/{mark}/correction", {"why": "misreported"}
    review = agent.post(path, body).json["review"]
    assert supervisor.get("/v1/reviews").json["items"] == []
    assert supervisor.get(f"/v1/reviews/{review}").status_code == 404
    assert supervisor.post(f"/v1/reviews/{review}", {"outcome": "approve"}).status_code == 404
    assert supervisor.post(path, body).status_code == 409
    assert centre.caller(Role.COMPLIANCE).post(path, body).json["state"] == "approved"


def wrap_up_asked(centre: Centre, decision: str) -> Any:
    return centre.caller(Role.AGENT, agent="a17").get(f"/v1/calls/{decision}/prompts").json["wrap_up"]


def test_after_a_doubt_or_a_refusal_wrap_up_asks_one_question(centre: Centre) -> None:
    for words, line in (("oh just get lost", "+442079460201"), ("no thanks not interested", "+442079460202")):
        asked = wrap_up_asked(centre, called(centre, words, line))
        said = [(choice["say"], choice["codes"]) for choice in asked["choices"]]
        assert asked["ask"] == "Did they say whether we may call again?"
        assert said == [("Asked us to stop", ["dnc"]), ("Fine to call", ["fine"]), ("Did not ask", ["noask"])]
    assert set(CODES.values()) >= {"opt_out", "fine_to_call", "did_not_ask"}


@pytest.mark.parametrize(
    "words", ["please take me off your list", "yes that sounds lovely", "he died in March"]
)
def test_after_a_plain_no_or_none_it_asks_nothing(centre: Centre, words: str) -> None:
    assert wrap_up_asked(centre, called(centre, words)) is None
