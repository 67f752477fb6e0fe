"""How calls ended and which codes they got: counted once, mapped by the integrator, never lost."""

from pathlib import Path
from typing import Any

import pytest

from dialer.calls.call import DialMode
from dialer.people.roles import Role
from dialer.screening.question import Binding
from dialer.screening.screen import Screened
from dialer.screening.whose import place
from dialer.store.configuration import Section
from tests.doubles.house import NUMBER, campaign
from tests.web.api.centre import Centre, centre_on
from tests.web.api.conftest import pointers

LINES = [f"+44207946{n:04d}" for n in range(300, 340)]


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Centre:
    return centre_on(redis_url, tmp_path)


def tell(centre: Centre, decision: str, outcome: str, **told: Any) -> Any:
    return centre.caller(Role.DIALER).post("/v1/outcomes", {"decision": decision, "outcome": outcome, **told})


def predictive(centre: Centre) -> None:
    centre.house.put(Section.CAMPAIGNS, "C1", campaign(dial_mode=DialMode.PREDICTIVE))


@pytest.mark.parametrize(
    ("outcome", "reason", "hours"),
    [("abandoned", "UK_OFCOM_72H_LIVE_AGENT_ONLY", 72), ("machine", "UK_OFCOM_AMD_24H", 24)],
)
def test_a_line_left_with_silence_waits(centre: Centre, outcome: str, reason: str, hours: int) -> None:
    predictive(centre)
    kept = tell(centre, centre.decision(NUMBER)["id"], outcome)
    assert (kept.status_code, kept.json["outcome"]) == (201, outcome)
    assert centre.decision(NUMBER)["reason"] == reason
    centre.house.clock.advance(hours=hours)
    assert centre.decision(NUMBER)["verdict"] == "allow"


def test_without_a_feed_the_rate_is_not_measured(centre: Centre) -> None:
    predictive(centre)
    gathered = gather(centre)
    assert (gathered.abandoned_rate, gathered.live_calls, gathered.abandoned_calls) == (None, None, None)


def test_the_rate_is_of_the_last_24_hours(centre: Centre) -> None:
    predictive(centre)
    for number, line in enumerate(LINES[:8]):
        tell(centre, centre.decision(line)["id"], "abandoned" if number < 2 else "answered")
    tell(centre, centre.decision(LINES[9])["id"], "no_answer")
    gathered = gather(centre)
    assert (gathered.abandoned_rate, gathered.live_calls, gathered.abandoned_calls) == (0.25, 6, 2)
    centre.house.clock.advance(hours=24)
    assert gather(centre).abandoned_rate is None


def test_predictive_dialling_stops_at_the_ceiling_and_an_agent_may_go_on(centre: Centre) -> None:
    predictive(centre)
    for line in LINES[:5]:
        tell(centre, centre.decision(line)["id"], "abandoned")
    assert centre.decision(LINES[6])["reason"] == "UK_OFCOM_ACR_CEILING"
    assert centre.decision(LINES[6], dial_mode="preview")["verdict"] == "allow"


def test_the_first_outcome_stands_and_is_counted_once(centre: Centre) -> None:
    decision = centre.decision(NUMBER)["id"]
    assert [tell(centre, decision, "abandoned").status_code for _ in range(2)] == [201, 201]
    assert tell(centre, decision, "answered").status_code == 409
    assert gather(centre).abandoned_calls == 1


def test_an_outcome_of_a_click_is_of_the_call_to_the_callee(centre: Centre) -> None:
    house = centre.house
    rang = house.screen(house.outgoing(binding=Binding.RINGS, call_ref=None))
    assert isinstance(rang, Screened)
    house.parts.calls.note(rang.decision.id, "digest", {"CallSid": "CA1", "CallStatus": "in-progress"})
    dialled = house.screen(house.outgoing(call_ref="CA1"))
    assert isinstance(dialled, Screened)
    for name in (rang.decision.id, dialled.decision.id):
        assert tell(centre, name, "abandoned").json["decision"] == dialled.decision.id
    assert gather(centre).abandoned_calls == 1


def test_an_outcome_to_come_is_of_now(centre: Centre) -> None:
    predictive(centre)
    tell(centre, centre.decision(NUMBER)["id"], "abandoned", at="2099-01-01T00:00:00Z")
    centre.house.clock.advance(hours=72)
    assert centre.decision(NUMBER)["verdict"] == "allow"


def test_another_principals_call_or_a_refused_one_has_no_outcome(centre: Centre) -> None:
    decision = centre.decision(NUMBER)["id"]
    stranger = centre.caller(Role.DIALER, ("birch",))
    told = {"decision": decision, "outcome": "abandoned"}
    assert stranger.post("/v1/outcomes", told).status_code == 404
    centre.house.object(NUMBER)
    assert tell(centre, centre.decision(NUMBER)["id"], "abandoned").status_code == 404


@pytest.mark.parametrize(
    ("told", "pointer"),
    [
        ({"outcome": "busy"}, "/decision"),
        ({"decision": "dec_1"}, "/outcome"),
        ({"decision": "dec_1", "outcome": "lost"}, "/outcome"),
        ({"decision": "dec_1", "outcome": "busy", "at": "noon"}, "/at"),
    ],
)
def test_an_outcome_that_cannot_be_kept_is_pointed_at(
    centre: Centre, told: dict[str, Any], pointer: str
) -> None:
    answer = centre.caller(Role.DIALER).post("/v1/outcomes", told)
    assert (answer.status_code, pointers(answer)) == (400, [pointer])


def test_a_mapped_code_does_what_it_stands_for(centre: Centre) -> None:
    meanings = ("opt_out", "wrong_person", "refusal", "machine", "nothing")
    codes = {"codes": dict(zip(("DNC", "WN", "NI", "AM", "OK"), meanings, strict=True))}
    centre.caller(Role.INTEGRATOR).put("/v1/wrap-up-codes/alder", codes)
    reasons = {}
    for line, code in zip(LINES, codes["codes"], strict=False):
        told = {"decision": centre.decision(line)["id"], "code": f" {code.lower()} ", "raw": {"a": [1]}}
        kept = centre.caller(Role.DIALER).post("/v1/wrap-ups", told)
        assert (kept.status_code, kept.json["disposition"]) == (201, codes["codes"][code])
        reasons[code] = centre.decision(line)["reason"]
    assert [reasons[code] for code in ("DNC", "WN", "NI")] == [
        "UK_R21_1A_OBJECTED",
        "UK_CONSENT_WRONG_PERSON",
        "POLICY_CAMPAIGN_REFUSED",
    ]


def test_a_code_nobody_mapped_is_kept_as_it_came(centre: Centre) -> None:
    told = {"decision": centre.decision(NUMBER)["id"], "code": "XYZ", "raw": "status=XYZ&length=12"}
    kept = centre.caller(Role.DIALER).post("/v1/wrap-ups", told)
    event = centre.caller(Role.SUPERVISOR).get(f"/v1/numbers/{NUMBER}").json["timeline"][0]
    assert (kept.status_code, kept.json["disposition"]) == (201, None)
    assert (event["kind"], event["record"]["raw"]) == ("wrap-up", "status=XYZ&length=12")


def test_a_wrap_up_told_twice_objects_once(centre: Centre) -> None:
    centre.caller(Role.INTEGRATOR).put("/v1/wrap-up-codes/alder", {"codes": {"DNC": "opt_out"}})
    told = {"decision": centre.decision(NUMBER)["id"], "code": "DNC"}
    for _ in range(2):
        centre.caller(Role.DIALER).post("/v1/wrap-ups", told)
    held = centre.caller(Role.SUPERVISOR).get(f"/v1/numbers/{NUMBER}").json
    assert len(held["standing"]["objections"]) == 1


def test_codes_belong_to_a_principal(centre: Centre) -> None:
    stranger = centre.caller(Role.INTEGRATOR, ("birch",))
    assert stranger.put("/v1/wrap-up-codes/alder", {"codes": {"DNC": "nothing"}}).status_code == 404
    assert stranger.get("/v1/wrap-up-codes/birch").json == {"codes": {}}


def gather(centre: Centre) -> Any:
    house = centre.house
    configuration = house.parts.configuration.current()
    question = house.outgoing(LINES[-1])
    gate = house.parts.gate
    found = gate.facts.gather(question, place(question, configuration), configuration, house.clock())
    return found.case.conduct
