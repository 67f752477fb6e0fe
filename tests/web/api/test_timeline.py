"""The whole timeline of a line: newest first, in pages, with who did it, and only what may be seen."""

from datetime import date
from pathlib import Path

import pytest

from dialer.people.roles import Role
from dialer.registers.wash import wash
from dialer.registers.wash_file import WashReading
from dialer.registers.wash_order import WashOrder
from dialer.store.wash_store import WashStore
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


def washed(centre: Centre, word: str, day: date) -> None:
    path = centre.house.data_dir / "wash.csv"
    path.write_text(f"phone,tps\n{NUMBER},{word}\n", encoding="ascii")
    order = WashOrder(path=path, checked_on=day, provider="Bureau Ltd", by="j.loader", reading=WashReading())
    wash(order, WashStore(centre.house.parts.redis), clock=centre.house.clock)


def test_each_wash_of_a_line_shows_with_its_day_its_provider_and_who_brought_it(centre: Centre) -> None:
    washed(centre, "clear", date(2026, 11, 20))
    centre.house.clock.advance(seconds=1)
    washed(centre, "listed", date(2026, 11, 22))
    supervisor = centre.caller(Role.SUPERVISOR)
    whole = supervisor.get(f"/v1/numbers/{NUMBER}").json["timeline"]
    events = [event for event in whole if event["kind"] == "wash"]
    assert [(event["actor"], event["source"]) for event in events] == [("j.loader", "Bureau Ltd")] * 2
    records = [event["record"] for event in events]
    assert [(one["checked_on"], one["tps"], one["ctps"]) for one in records] == [
        ("2026-11-22", True, None),
        ("2026-11-20", False, None),
    ]
    assert events[0]["at"] == "2026-11-22T00:00:00+00:00"
    assert supervisor.get(f"/v1/numbers/{OTHER_NUMBER}").json["timeline"] == []


def test_a_wash_stands_on_one_page_of_the_timeline(centre: Centre) -> None:
    live(centre)
    centre.house.clock.advance(seconds=1)
    washed(centre, "clear", date(2026, 11, 20))
    centre.house.clock.advance(seconds=1)
    centre.house.object(NUMBER)
    test_pages_hold_each_event_once(centre)
