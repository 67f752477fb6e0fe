"""Where numbers came from: kept with its history, said by the agent, kept in the decision."""

from pathlib import Path
from typing import Any

import pytest

from dialer.people.roles import Role
from tests.doubles.house import NUMBER
from tests.web.api.centre import Centre, centre_on
from tests.web.api.conftest import pointers

LIST = {
    "principal": "alder",
    "supplier": "Larch Data Ltd",
    "contract": "2026/17",
    "obtained_on": "2026-10-01",
    "basis": "consent",
    "due_diligence": "50 consents looked at",
    "notice_given": True,
    "say": "You entered a prize draw of Larch Data in September.",
}


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Centre:
    return centre_on(redis_url, tmp_path)


def test_a_decision_carries_what_may_be_said_of_its_list_and_keeps_it(centre: Centre) -> None:
    supervisor = centre.caller(Role.SUPERVISOR)
    supervisor.put("/v1/lists/L1", LIST)
    decision = centre.decision(NUMBER, list="L1")
    supervisor.put("/v1/lists/L1", {**LIST, "say": "Something else."})
    kept = supervisor.get(f"/v1/decisions/{decision['id']}").json
    assert (decision["list"], decision["list_say"]) == ("L1", LIST["say"])
    assert kept["list_say"] == LIST["say"]


def test_nothing_said_of_a_list_is_lost(centre: Centre) -> None:
    supervisor = centre.caller(Role.SUPERVISOR)
    for say in ("First.", "Second."):
        supervisor.put("/v1/lists/L1", {**LIST, "say": say})
    shown = supervisor.get("/v1/lists/L1").json
    assert shown["list"]["say"] == "Second."
    assert [version["told"]["say"] for version in shown["history"]] == ["Second.", "First."]


def test_another_principals_list_is_not_there(centre: Centre) -> None:
    centre.caller(Role.SUPERVISOR).put("/v1/lists/L1", LIST)
    stranger = centre.caller(Role.SUPERVISOR, ("birch",))
    mine = {**LIST, "principal": "birch"}
    assert stranger.get("/v1/lists/L1").status_code == 404
    assert stranger.put("/v1/lists/L1", mine).status_code == 404
    assert stranger.get("/v1/lists").json["items"] == []
    assert centre.caller(Role.SUPERVISOR).put("/v1/lists/L1", mine).status_code == 409


def test_a_list_of_another_principal_or_of_nobody_says_nothing(centre: Centre) -> None:
    centre.caller(Role.SUPERVISOR).put("/v1/lists/L2", {**LIST, "principal": "birch"})
    assert centre.decision(NUMBER, list="L2")["list_say"] is None
    assert centre.decision(NUMBER, list="L9")["list_say"] is None


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"supplier": None}, "/supplier"),
        ({"say": None}, "/say"),
        ({"say": "x" * 301}, "/say"),
        ({"obtained_on": "31 February"}, "/obtained_on"),
        ({"id": "L2"}, "/id"),
        ({"price": 3}, "/price"),
    ],
)
def test_a_list_that_cannot_be_kept_is_pointed_at(
    centre: Centre, changed: dict[str, Any], pointer: str
) -> None:
    answer = centre.caller(Role.SUPERVISOR).put("/v1/lists/L1", {**LIST, **changed})
    assert (answer.status_code, pointers(answer)) == (400, [pointer])
