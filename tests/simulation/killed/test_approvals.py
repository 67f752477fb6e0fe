"""The store or the web is killed while corrections are approved: each is whole, and a re-run ends it."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from dialer.errors import CannotKeep
from dialer.people.roles import Role
from tests.commands.installations import LIVE
from tests.commands.test_web import free_port
from tests.doubles.house import House
from tests.journeys.conftest import ask
from tests.servers import RunningServer, short_folder, wait_for
from tests.simulation.killed.corrections import ALL, NOTHING, Waiting
from tests.simulation.rush.process import give_keys, token_of

REVIEWS = 12
START_SECONDS = 60.0


def at_once(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


@pytest.mark.parametrize("done", [1, 4, 9])
def test_a_store_killed_while_corrections_are_approved_keeps_each_whole(
    own_server: RunningServer, tmp_path: Path, done: int
) -> None:
    waiting = Waiting(House(own_server.url, tmp_path)).propose(REVIEWS)

    def approve() -> None:
        with suppress(CannotKeep):
            waiting.approve_all()

    approving = at_once(approve)
    wait_for(lambda: len(waiting.approved) >= done, what="the first approvals")
    own_server.kill()
    approving.join(10)
    own_server.start()
    standings = waiting.standings()
    assert set(standings) <= {ALL, NOTHING}
    assert standings[: len(waiting.approved)] == [ALL] * len(waiting.approved)
    waiting.approve_all()
    assert waiting.standings() == [ALL] * REVIEWS


def test_a_power_cut_within_the_one_act_leaves_all_of_it_or_nothing(
    own_server: RunningServer, tmp_path: Path
) -> None:
    """The append-only file is cut at every so many bytes of the act, as a disk may leave it."""
    waiting = Waiting(House(own_server.url, tmp_path)).propose(1)
    before = size_of(own_server.folder)
    waiting.approve_all()
    own_server.kill()
    after = size_of(own_server.folder)
    assert after - before > 1_000
    for cut in [*range(before, after, (after - before) // 8), after - 1, after]:
        with short_folder() as folder:
            shutil.copytree(own_server.folder / "appendonlydir", folder / "appendonlydir")
            os.truncate(aof_in(folder), cut)
            server = RunningServer(folder).start()
            found = Waiting(House(server.url, tmp_path), waiting.reviews)
            assert found.standings() == [ALL if cut == after else NOTHING], cut
            found.approve_all()
            assert found.standings() == [ALL]
            server.kill()


@pytest.mark.parametrize("done", [1, 6])
def test_a_web_process_killed_while_corrections_are_approved_keeps_each_whole(
    redis_url: str, tmp_path: Path, done: int
) -> None:
    house = House(redis_url, tmp_path)
    give_keys(house)
    waiting = Waiting(house).propose(REVIEWS)
    with serving(redis_url, tmp_path) as (web, url):
        approving = at_once(lambda: approve_over(url, waiting))
        wait_for(lambda: len(waiting.approved) >= done, what="the first approvals")
        os.killpg(web.pid, signal.SIGKILL)
        approving.join(35)
    standings = waiting.standings()
    assert set(standings) <= {ALL, NOTHING}
    assert standings[: len(waiting.approved)] == [ALL] * len(waiting.approved)
    with serving(redis_url, tmp_path) as (_, url):
        assert approve_over(url, waiting) == [200] * REVIEWS
    assert waiting.standings() == [ALL] * REVIEWS


def approve_over(url: str, waiting: Waiting) -> list[int]:
    """Approve each as a supervisor over HTTP, until nobody answers; the same approval again is the same."""
    headers = {"Authorization": f"Bearer {token_of(Role.SUPERVISOR, 1)}"}
    told = []
    with suppress(OSError):
        for review in waiting.reviews:
            status, _ = ask("POST", f"{url}/v1/reviews/{review}", {"outcome": "approve"}, headers)
            told.append(status)
            if status == 200 and review not in waiting.approved:
                waiting.approved.append(review)
    return told


@contextmanager
def serving(redis_url: str, folder: Path) -> "Iterator[tuple[subprocess.Popen[bytes], str]]":
    """A `ringfence web` in a process group of its own."""
    port = free_port()
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("RINGFENCE_", "TWILIO_"))}
    ours = {"RINGFENCE_REDIS_URL": redis_url, "RINGFENCE_DATA_DIR": str(folder / "web")}
    web = subprocess.Popen(
        [sys.executable, "-m", "dialer.commands", "web"],
        env={**plain, **LIVE, **ours, "RINGFENCE_PORT": str(port), "RINGFENCE_WEB_WORKERS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: lives(url), what="the doors", timeout_seconds=START_SECONDS)
        yield web, url
    finally:
        with suppress(ProcessLookupError):
            os.killpg(web.pid, signal.SIGKILL)
        web.wait(30)


def lives(url: str) -> bool:
    try:
        answer: Any = ask("GET", f"{url}/healthz")
    except (OSError, ValueError):
        return False
    return bool(answer[0] == 200)


def aof_in(folder: Path) -> Path:
    (found,) = (folder / "appendonlydir").glob("*.incr.aof")
    return found


def size_of(folder: Path) -> int:
    return aof_in(folder).stat().st_size
