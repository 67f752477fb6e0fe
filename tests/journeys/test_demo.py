"""Stories through the whole house as `make run` starts it: real processes, real HTTP, the stand-in."""

import json
import urllib.request

import pytest

from dialer.clock import london_day, utc_now
from tests.journeys.conftest import Demo, ask
from tests.servers import wait_for

pytestmark = pytest.mark.timeout(240)


def spoken(story: dict[str, object]) -> str:
    return json.dumps(story)


def verdicts_of(demo: Demo, number: str) -> list[str]:
    status, screened = demo.api(
        "POST", "/v1/screen?advisory=true", {"to": number, "campaign": "solar"}, role="dialer"
    )
    assert status == 200, screened
    return [reason["code"] for reason in screened["reasons"]]


def test_a_number_on_the_register_is_refused_aloud(demo: Demo) -> None:
    story = demo.rings("client:amira", "020 7946 0205")
    assert "Not dialled." in spoken(story)
    assert [leg for leg in story["legs"] if leg["to"] == "+442079460205"] == []
    assert verdicts_of(demo, "020 7946 0205") == ["UK_R21_1B_TPS_LISTED"]


def test_a_callee_says_stop_and_the_next_agent_cannot_dial_and_the_crm_learns_of_it(demo: Demo) -> None:
    number = "+442079460060"
    demo.scripts(number, {"wait_s": 0.2}, {"say": "oh no please take me off your list"})
    assert verdicts_of(demo, number) == ["UK_R21_CLEAR"]
    first = demo.rings("client:amira", "020 7946 0060")
    assert "Your reference is" in spoken(first)
    second = demo.rings("client:cerys", "+44 20 7946 0060")
    assert "Not dialled." in spoken(second)
    assert verdicts_of(demo, number) == ["UK_ART21_OBJECTED"]
    wait_for(lambda: number in crm_list(demo), what="the notice at the CRM")


def test_a_callee_presses_nine(demo: Demo) -> None:
    demo.scripts("+442079460061", {"press": "9"})
    assert "Your reference is" in spoken(demo.rings("client:amira", "020 7946 0061"))
    assert verdicts_of(demo, "+442079460061") == ["UK_R21_1A_OBJECTED"]


def test_a_callee_says_stop_while_they_talk(demo: Demo) -> None:
    demo.scripts(
        "+442079460062", {"wait_s": 0.2}, {"say": "I do not want any more calls from you"}, {"hang_up": True}
    )
    demo.rings("client:ben", "020 7946 0062")
    status, screened = demo.api(
        "POST", "/v1/screen?advisory=true", {"to": "+442079460062", "campaign": "windows"}, role="dialer"
    )
    assert (status, screened["verdict"]) == (200, "block")


def test_the_agent_presses_the_button(demo: Demo) -> None:
    _, screened = demo.api("POST", "/v1/screen", {"to": "020 7946 0063", "campaign": "solar"}, role="dialer")
    assert screened["verdict"] == "allow"
    status, kept = demo.api(
        "POST", "/v1/objections", {"decision": screened["id"], "source": "agent"}, role="dialer"
    )
    assert status == 201, kept
    assert len(kept["reference"].replace(" ", "")) == 8
    status, refused = demo.api(
        "POST", "/v1/permits/redeem", {"permit": screened["permit"], "call_ref": "T1"}, role="dialer"
    )
    assert (status, refused["status"]) == (409, 409)


def test_who_consented_may_be_called_though_listed(demo: Demo) -> None:
    assert verdicts_of(demo, "020 7946 0222") == ["UK_R21_4_CONSENT_OVERRIDES"]


def test_who_said_no_to_the_old_dialer_is_refused(demo: Demo) -> None:
    assert verdicts_of(demo, "0117 496 0405") == ["UK_R21_1A_OBJECTED"]


def test_the_day_is_reported_with_its_reasons(demo: Demo) -> None:
    demo.rings("client:amira", "020 7946 0206")
    today = london_day(utc_now()).isoformat()
    status, report = demo.api("GET", f"/v1/reports/blocked-calls?by=reason&from={today}&to={today}")
    assert status == 200
    assert "UK_R21_1B_TPS_LISTED" in json.dumps(report)


def test_the_page_stands_behind_a_log_in(demo: Demo) -> None:
    with urllib.request.urlopen(f"{demo.url}/", timeout=10) as page:
        assert "/login" in page.url
        assert "no real calls" in page.read().decode()


def crm_list(demo: Demo) -> str:
    status, objections = demo.api("GET", "/v1/destinations/crm", role="admin")
    assert status == 200, objections
    origin = objections["url"].rpartition("/")[0]
    return json.dumps(ask("GET", f"{origin}/received")[1])
