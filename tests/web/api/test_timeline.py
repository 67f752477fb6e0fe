"""The whole timeline of a line: newest first, in pages, with who did it, and only what may be seen."""

from pathlib import Path

import pytest

from dialer.people.roles import Role
from tests.doubles.house import NUMBER, OTHER_NUMBER
from tests.web.api.centre import Centre, centre_on
from tests.web.api.conftest import pointers


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Centre:
    return centre_on(redis_url, tmp_path)


def live(centre: Centre) -> str:
    """A line's life: known, screened, rung, told of, refused; returns the decision that rang."""
    supervisor, dialer = centre.caller(Role.SUPERVISOR), centre.caller(Role.DIALER)
    supervisor.put(f"/v1/lines/{NUMBER}", {"principal": "alder", "persons": ["P1"]})
    decision = centre.decision(NUMBER)
    centre.house.clock.advance(seconds=1)
    dialer.post("/v1/permits/redeem", {"permit": decision["permit"], "call_ref": "T1"})
    dialer.post("/v1/outcomes", {"decision": decision["id"], "outcome": "answered"})
    dialer.post("/v1/objections", {"decision": decision["id"], "words": "never again"})
    return str(decision["id"])


def test_everything_stands_newest_first_with_its_actor(centre: Centre) -> None:
    decision = live(centre)
    held = centre.caller(Role.SUPERVISOR).get(f"/v1/numbers/{NUMBER}").json
    kinds = [event["kind"] for event in held["timeline"]]
    assert sorted(kinds) == sorted(["objection", "outcome", "attempt", "decision", "line", "link"])
    assert kinds[0] in {"objection", "outcome", "attempt"}
    assert kinds[-1] in {"line", "link", "decision"}
    by_kind = {event["kind"]: event for event in held["timeline"]}
    assert by_kind["decision"]["calls"][0]["outcome"] == "answered"
    assert [notice["destination"] for notice in by_kind["objection"]["notices"]] == ["crm"]
    assert by_kind["line"]["actor"].startswith("supervisor")
    assert by_kind["decision"]["record"]["id"] == decision
    assert held["next_cursor"] is None


def test_pages_hold_each_event_once(centre: Centre) -> None:
    live(centre)
    supervisor = centre.caller(Role.SUPERVISOR)
    whole = supervisor.get(f"/v1/numbers/{NUMBER}").json["timeline"]
    found, cursor = [], ""
    for _ in range(10):
        page = supervisor.get(f"/v1/numbers/{NUMBER}?limit=2{cursor}").json
        found += page["timeline"]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert sorted(map(str, found)) == sorted(map(str, whole))


def test_another_principals_events_are_not_shown(centre: Centre) -> None:
    live(centre)
    held = centre.caller(Role.SUPERVISOR, ("birch",)).get(f"/v1/numbers/{NUMBER}").json
    assert (held["timeline"], held["events"], held["decisions"], held["known"]) == ([], [], [], [])


def test_a_no_stands_in_the_timeline_of_each_line_it_reached(centre: Centre) -> None:
    supervisor = centre.caller(Role.SUPERVISOR)
    for line in (NUMBER, OTHER_NUMBER):
        supervisor.put(f"/v1/lines/{line}", {"principal": "alder", "persons": ["P1"]})
    centre.house.object(NUMBER)
    other = supervisor.get(f"/v1/numbers/{OTHER_NUMBER}").json
    assert "objection" in [event["kind"] for event in other["timeline"]]
    assert other["known"][0]["other_lines"] == [NUMBER]


def test_an_address_has_a_timeline_too(centre: Centre) -> None:
    centre.house.object("jo@example.com", source="email")
    supervisor = centre.caller(Role.SUPERVISOR)
    name = supervisor.post("/v1/lines/lookup", {"number": "jo@example.com"}).json["id"]
    held = supervisor.get(f"/v1/lines/{name}").json
    assert [(event["kind"], event["source"]) for event in held["timeline"]] == [("objection", "email")]


def test_a_listing_stands_at_its_date(centre: Centre) -> None:
    centre.house.load_register("tps", NUMBER, extracted_on=centre.house.clock().date())
    held = centre.caller(Role.SUPERVISOR).get(f"/v1/numbers/{NUMBER}").json
    (event,) = held["timeline"]
    assert (event["kind"], event["source"], event["record"]["first_seen_on"]) == (
        "register",
        "tps",
        "2026-11-23",
    )


@pytest.mark.parametrize("cursor", ["nonsense", "YzE6MS0x"])
def test_a_cursor_that_is_not_ours_is_refused(centre: Centre, cursor: str) -> None:
    live(centre)
    answer = centre.caller(Role.SUPERVISOR).get(f"/v1/numbers/{NUMBER}?cursor={cursor}")
    assert (answer.status_code, pointers(answer)) == (400, ["/cursor"])
