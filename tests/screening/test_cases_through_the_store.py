"""The engine that answers what-if is the one that screens: cases kept as records get the same decision.

Each case is asked twice of one application: imagined at `POST /v1/what-if`, and kept in the store and asked
at `POST /v1/screen`, by a clock that stands at the case's instant.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from dialer.screening.what_if import read_case
from dialer.store.configuration import Section
from dialer.web import make_app
from dialer.wiring import wire
from tests.doubles.house import House, settings_for
from tests.sandbox.shared import shared_file
from tests.screening.cases_as_records import keep, question
from tests.servers import RunningServer

# Everything a decision says; not its id, its permit, and who asked.
SAID = (
    *("verdict", "reason", "reasons", "details", "obligations", "retry_at", "valid_until", "decided_at"),
    *("registers", "rules_version", "to", "channel", "campaign"),
)
# An imagined snapshot was never loaded, and the day a number was first seen is kept for sixty days.
NOT_LOADED = {"snapshot", "first_seen_on"}


def cases() -> list[dict[str, Any]]:
    lines = shared_file("cases.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


class Doors:
    """One application on a store, asked as a dialer asks it."""

    def __init__(self, redis_url: str, folder: Path) -> None:
        self.house = House(redis_url, folder)
        settings = settings_for(redis_url, folder, drama_numbers=True)
        self.house.parts = wire(settings, clock=self.house.clock)
        self._key = next(iter(self.house.parts.configuration.current().keys.values()))
        self._client = make_app(settings, parts=self.house.parts).test_client()

    def empty(self) -> None:
        self.house.parts.redis.flushall()
        self.house.put(Section.KEYS, self._key.id, self._key)

    def ask(self, path: str, body: Any) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self.house.key}"}
        answer = self._client.post(path, json=body, headers=headers)
        return answer.status_code, answer.json


def said(decision: dict[str, Any]) -> Any:
    """Return what a decision says, without what no store can have been told of a register."""
    text = json.dumps({name: decision[name] for name in SAID})
    return json.loads(text, object_hook=lambda found: {k: v for k, v in found.items() if k not in NOT_LOADED})


@pytest.mark.parametrize("binding", ["", "?advisory=true"])
def test_each_case_gets_the_same_decision_from_records_as_from_its_text(
    redis_url: str, tmp_path: Path, binding: str
) -> None:
    doors = Doors(redis_url, tmp_path)
    for described in cases():
        case = read_case(json.dumps(described))
        if described["stores"]["objections"] != "up":
            continue  # The next test: a store that is down cannot hold the case.
        doors.empty()
        keep(doors.house, case)
        status, found = doors.ask(f"/v1/screen{binding}", question(case))
        assert status == 200, (described["id"], found)
        expected = doors.ask("/v1/what-if", described)[1]
        assert said(found) == said(expected), described["id"]
        assert (found["permit"] is not None) == (found["verdict"] == "allow" and not binding), described["id"]


def test_a_case_whose_store_is_down_is_refused_by_both(own_server: RunningServer, tmp_path: Path) -> None:
    (described,) = (case for case in cases() if case["stores"]["objections"] != "up")
    doors, case = Doors(own_server.url, tmp_path), read_case(json.dumps(described))
    keep(doors.house, case)
    imagined = doors.ask("/v1/what-if", described)[1]
    assert (imagined["verdict"], imagined["reason"]) == ("block", "E_ENGINE_UNAVAILABLE")
    own_server.kill()
    status, problem = doors.ask("/v1/screen", question(case))
    assert (status, problem["code"]) == (503, "cannot_keep")
