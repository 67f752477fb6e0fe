"""What a machine heard, over the API: each with its words, its doubt and how it stands, to who may see it."""

from pathlib import Path
from typing import Any

import pytest

from dialer.clock import from_milliseconds
from dialer.objections.listening import Turn, listen
from dialer.objections.opt_out import context_of
from dialer.objections.proof import Place
from dialer.people.roles import Role
from tests.doubles.house import MONDAY
from tests.web.api.centre import Centre, centre_on
from tests.web.api.doubts import HOSTILE

CLEAR = "please take me off your list"
LINES = ("+442079460201", "+442079460202", "+442079460203")


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Centre:
    """A centre at midday of the day that its server has, which dates the ledger's lines."""
    centre = centre_on(redis_url, tmp_path)
    seconds, _ = centre.house.parts.redis.time()
    centre.house.clock.now = from_milliseconds(seconds * 1_000)
    return centre


def said(centre: Centre, words: str, line: str) -> None:
    """Let a callee say this on a call that was allowed on the Monday of the house."""
    now, centre.house.clock.now = centre.house.clock.now, MONDAY
    try:
        decision = str(centre.decision(line, agent="a17")["id"])
    finally:
        centre.house.clock.now = now
    entry = centre.house.parts.ledger.find(decision)
    assert entry is not None
    name, place = f"obj_{decision}", Place(via="live")
    turn = Turn(words=words, confidence=None, source="speech", objection_id=name, place=place)
    listen(turn, context_of(entry.fields), centre.house.parts.listening)


def heard(centre: Centre, query: str = "", **who: Any) -> list[Any]:
    """Return the day's list as a supervisor sees it."""
    return list(centre.caller(Role.SUPERVISOR, **who).get(f"/v1/reviews/heard{query}").json["items"])


def test_it_tells_words_doubt_model_and_standing_newest_first(centre: Centre) -> None:
    for words, line in zip((CLEAR, HOSTILE, "yes go on then"), LINES, strict=True):
        said(centre, words, line)
    told = heard(centre)
    assert [(item["words"], item["judged"], item["standing"]) for item in told] == [
        (HOSTILE, "possible", "waiting"),
        (CLEAR, "in_force", "in_force"),
    ]
    start, end = told[0]["span"]
    assert (told[0]["words"][start:end], told[0]["agent"], told[0]["campaign"]) == ("get lost", "a17", "C1")
    assert {item["proof"]["model"][:8] for item in told} == {"hearing-"}


def test_one_that_is_questioned_and_ended_says_so(centre: Centre) -> None:
    said(centre, CLEAR, LINES[0])
    (item,) = heard(centre)
    path, body = f"/v1/objections/{item['objection']}/correction", {"why": "misheard", "note": "the dog"}
    review = centre.caller(Role.AGENT, agent="a17").post(path, body).json["review"]
    (item,) = heard(centre)
    assert (item["standing"], item["correction"]) == ("questioned", review)
    centre.caller(Role.SUPERVISOR).post(f"/v1/reviews/{review}", {"outcome": "approve"})
    (item,) = heard(centre)
    assert (item["standing"], item["correction"]) == ("corrected", None)


def test_it_is_filtered_and_paged(centre: Centre) -> None:
    for words, line in zip((CLEAR, HOSTILE, CLEAR), LINES, strict=True):
        said(centre, words, line)
    assert [
        len(heard(centre, q)) for q in ("?judged=possible", "?judged=in_force", "?agent=x", "?campaign=C1")
    ] == [
        1,
        2,
        0,
        3,
    ]
    first = centre.caller(Role.SUPERVISOR).get("/v1/reviews/heard?limit=2").json
    rest = heard(centre, f"?limit=2&cursor={first['next_cursor']}")
    assert [item["contact_point"] for item in first["items"] + rest] == [*reversed(LINES)]
    assert heard(centre, "?day=2020-01-01") == []


def test_another_principals_are_not_there(centre: Centre) -> None:
    said(centre, CLEAR, LINES[0])
    assert heard(centre, principals=("birch",)) == []


@pytest.mark.parametrize("query", ["?day=soon", "?judged=maybe", "?limit=0", "?words=x"])
def test_what_cannot_be_read_is_refused(centre: Centre, query: str) -> None:
    assert centre.caller(Role.SUPERVISOR).get(f"/v1/reviews/heard{query}").status_code == 400


@pytest.mark.parametrize("role", [Role.AGENT, Role.DIALER, Role.INTEGRATOR])
def test_it_is_for_supervisors_and_auditors(centre: Centre, role: Role) -> None:
    assert centre.caller(role).get("/v1/reviews/heard").status_code == 403
    assert centre.caller(Role.AUDITOR).get("/v1/reviews/heard").status_code == 200
