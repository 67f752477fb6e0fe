"""Two people: what lifts a no waits for a second person, who is never the one who proposed it."""

from datetime import timedelta
from typing import Any

import pytest

from dialer.clock import utc_now
from dialer.people.roles import NumbersShown, Role
from dialer.wiring import Parts
from tests.web.api.conftest import NUMBER, Caller, CallerAs, pointers

HOUR = timedelta(hours=1)


def a_consent(**changed: Any) -> dict[str, Any]:
    """A consent that can be shown, given an hour ago."""
    plain = {
        "contact_point": NUMBER,
        "principal": "ORG_A",
        "named_as": "Alder Energy Ltd",
        "channels": ["live_call"],
        "purposes": ["general"],
        "given_at": (utc_now() - HOUR).isoformat(),
        "method": "web_form",
        "wording": {"version": "w3"},
        "proof": {"kind": "form_log", "ref": "f-1", "sha256": "0" * 64},
        "given_by": "subscriber",
        "source": "own",
        "specific": True,
    }
    return plain | changed


def a_no(**changed: Any) -> dict[str, Any]:
    """A no of yesterday, by an agent's button."""
    said = (utc_now() - timedelta(days=1)).isoformat()
    plain = {"contact_point": NUMBER, "principal": "ORG_A", "source": "agent", "effective_at": said}
    return plain | changed


@pytest.fixture
def agent(caller: CallerAs) -> Caller:
    return caller(Role.AGENT, agent="a17")


@pytest.fixture
def supervisor(caller: CallerAs) -> Caller:
    return caller(Role.SUPERVISOR)


@pytest.fixture
def other_supervisor(caller: CallerAs) -> Caller:
    return caller(Role.SUPERVISOR, numbers=NumbersShown.LAST4)


def held(parts: Parts, number: str = NUMBER) -> list[str | None]:
    """The ids of the consents a judge sees."""
    return [consent.id for consent in parts.records.of_line(number).consents]


def reasons(dialer: Caller) -> str:
    """Every reason and detail of a screening, as text."""
    return str(dialer.post("/v1/screen?advisory=true", {"to": NUMBER, "campaign": "C1"}).json)


def test_an_agents_consent_counts_once_a_supervisor_agreed(
    centre: Caller, agent: Caller, supervisor: Caller, parts: Parts
) -> None:
    kept = agent.post("/v1/consents", a_consent()).json
    assert (kept["proposed"], held(parts)) == (True, [])
    assert agent.post(f"/v1/reviews/{kept['review']}", {"outcome": "approve"}).status_code == 403
    settled = supervisor.post(f"/v1/reviews/{kept['review']}", {"outcome": "approve", "note": "heard it"})
    assert (settled.status_code, settled.json["state"]) == (200, "approved")
    (consent,) = parts.records.of_line(NUMBER).consents
    assert (consent.id, consent.recorded_at.isoformat()) == (
        kept["id"],
        settled.json["settled_at"].replace("Z", "+00:00"),
    )


def test_a_supervisors_consent_counts_at_once_where_nobody_said_no(
    centre: Caller, supervisor: Caller, parts: Parts
) -> None:
    kept = supervisor.post("/v1/consents", a_consent()).json
    assert (kept["proposed"], kept["review"], held(parts)) == (False, None, [kept["id"]])


@pytest.mark.parametrize("path", ["/v1/consents", "/v1/solicitations"])
def test_over_a_no_even_an_administrators_yes_waits_for_somebody_else(
    centre: Caller, supervisor: Caller, dialer: Caller, path: str
) -> None:
    centre.post("/v1/objections", a_no())
    asked = {"contact_point": NUMBER, "principal": "ORG_A", "requested_at": utc_now().isoformat()}
    kept = centre.post(path, a_consent() if path == "/v1/consents" else asked).json
    assert kept["proposed"]
    assert centre.post(f"/v1/reviews/{kept['review']}", {"outcome": "approve"}).status_code == 403
    assert "UK_R21_1A_OBJECTED" in reasons(dialer)
    assert supervisor.post(f"/v1/reviews/{kept['review']}", {"outcome": "approve"}).status_code == 200


def test_the_no_is_lifted_by_the_second_persons_word_and_not_before(
    centre: Caller, supervisor: Caller, other_supervisor: Caller, dialer: Caller
) -> None:
    centre.post("/v1/objections", a_no())
    kept = supervisor.post("/v1/consents", a_consent()).json
    before = reasons(dialer)
    other_supervisor.post(f"/v1/reviews/{kept['review']}", {"outcome": "approve"})
    assert "UK_R21_1A_OBJECTED" in before
    assert "UK_R21_1A_OBJECTED" not in reasons(dialer)


def test_a_no_that_comes_in_between_keeps_the_consent_from_being_approved(
    centre: Caller, agent: Caller, supervisor: Caller, parts: Parts
) -> None:
    kept = agent.post("/v1/consents", a_consent()).json
    centre.post("/v1/objections", a_no())
    refused = supervisor.post(f"/v1/reviews/{kept['review']}", {"outcome": "approve"})
    assert (refused.status_code, held(parts)) == (409, [])
    assert supervisor.post(f"/v1/reviews/{kept['review']}", {"outcome": "reject"}).json["state"] == "rejected"


def test_what_is_settled_stays_settled(centre: Caller, agent: Caller, supervisor: Caller) -> None:
    review = agent.post("/v1/consents", a_consent()).json["review"]
    assert supervisor.post(f"/v1/reviews/{review}", {"outcome": "reject"}).status_code == 200
    again = supervisor.post(f"/v1/reviews/{review}", {"outcome": "approve"})
    assert again.status_code == 409


def test_the_approvals_are_a_report(centre: Caller, agent: Caller, supervisor: Caller) -> None:
    review = agent.post("/v1/consents", a_consent()).json["review"]
    assert [one["id"] for one in supervisor.get("/v1/reviews?kind=consent").json["items"]] == [review]
    supervisor.post(f"/v1/reviews/{review}", {"outcome": "approve", "note": "the form is there"})
    day = utc_now().date().isoformat()
    (told,) = supervisor.get(f"/v1/reports/approvals?from={day}&to={day}").json["items"]
    assert (told["proposed_by"]["agent"], told["ruling_note"]) == ("a17", "the form is there")
    assert supervisor.get("/v1/reviews").json["items"] == []


def test_another_principals_review_is_not_there(centre: Caller, agent: Caller, caller: CallerAs) -> None:
    review = agent.post("/v1/consents", a_consent()).json["review"]
    stranger = caller(Role.SUPERVISOR, ("ORG_B",))
    assert stranger.post(f"/v1/reviews/{review}", {"outcome": "approve"}).status_code == 404
    assert stranger.get("/v1/reviews").json["items"] == []


@pytest.mark.parametrize(
    ("ruling", "pointer"),
    [({}, "/outcome"), ({"outcome": "maybe"}, "/outcome"), ({"outcome": "approve", "n": 1}, "/n")],
)
def test_a_ruling_that_cannot_be_read_is_pointed_at(
    supervisor: Caller, ruling: dict[str, Any], pointer: str
) -> None:
    assert pointer in pointers(supervisor.post("/v1/reviews/rev_x", ruling))


def test_a_yes_that_is_dated_ahead_is_refused_since_it_would_outlive_a_coming_no(
    centre: Caller, supervisor: Caller
) -> None:
    ahead = (utc_now() + HOUR).isoformat()
    refused = supervisor.post("/v1/consents", a_consent(given_at=ahead))
    assert (refused.status_code, pointers(refused)) == (400, ["/given_at"])
