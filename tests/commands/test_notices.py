"""`ringfence notices`, against a real store."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from redis import Redis

from dialer.commands import ringfence
from dialer.delivery.notice import NoticeState
from dialer.store.configuration import Section
from dialer.wiring import Parts, wire
from tests.commands.installations import LIVE
from tests.delivery.notices import LINE, destination, notice, write
from tests.delivery.test_steering import died
from tests.web.api.conftest import settings_for

Run = Callable[..., Result]


@pytest.fixture
def parts(redis_url: str, tmp_path: Path) -> Parts:
    parts = wire(settings_for(redis_url, tmp_path))
    parts.configuration.put(Section.DESTINATIONS, "dst_crm", destination())
    return parts


@pytest.fixture
def run(redis_url: str, tmp_path: Path) -> Run:
    settings = {**LIVE, "RINGFENCE_REDIS_URL": redis_url, "RINGFENCE_DATA_DIR": str(tmp_path)}

    def command(*arguments: str) -> Result:
        return CliRunner(env=settings).invoke(ringfence, ["notices", *arguments])

    return command


def test_notices_are_listed_and_counted_without_their_numbers(
    run: Run, parts: Parts, redis_client: "Redis"
) -> None:
    write(redis_client, sent := notice())
    listed = run("list", "--json")
    assert json.loads(listed.stdout)["id"] == sent.id
    assert LINE not in listed.stdout
    assert run("list", "--state", "dead").stdout == ""
    assert json.loads(run("count", "--json").stdout) == {
        "destination": "dst_crm",
        "state": "pending",
        "number": 1,
    }


def test_the_dead_make_counting_fail_so_that_a_script_notices(
    run: Run, parts: Parts, redis_client: "Redis"
) -> None:
    died(redis_client, notice())
    assert run("count").exit_code == 1


def test_one_notices_story_says_what_came_back(run: Run, parts: Parts, redis_client: "Redis") -> None:
    (dead,) = died(redis_client, notice())
    story = run("show", dead.id).stdout
    assert "answered 410" in story
    assert LINE not in story
    assert run("show", "ntc_none").exit_code == 1


def test_what_died_at_a_destination_is_sent_off_again(run: Run, parts: Parts, redis_client: "Redis") -> None:
    dead = died(redis_client, notice(), notice())
    assert run("retry", "--destination", "dst_crm").stdout == "2 sent off again\n"
    assert {parts.outbox.find(one.id).state for one in dead} == {NoticeState.PENDING}
    assert run("retry", "--destination", "dst_crm", "--json").stdout == ""


def test_retrying_takes_ids_or_a_destination(run: Run, parts: Parts, redis_client: "Redis") -> None:
    (dead,) = died(redis_client, notice())
    assert run("retry").exit_code == 2
    assert run("retry", dead.id, "--destination", "dst_crm").exit_code == 2
    assert json.loads(run("retry", dead.id, "--json").stdout)["state"] == "pending"


def test_a_destination_is_paused_and_resumed(run: Run, parts: Parts) -> None:
    assert run("pause", "dst_crm").exit_code == 0
    assert parts.configuration.current().destinations["dst_crm"].paused_at is not None
    assert run("resume", "dst_crm").exit_code == 0
    assert parts.configuration.current().destinations["dst_crm"].paused_at is None
    assert "no destination dst_none" in run("pause", "dst_none").stderr
