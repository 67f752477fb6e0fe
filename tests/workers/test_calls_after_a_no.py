"""After a no, through a real worker: calls that ring are ended, and others go on."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dialer.bell import notice_queue
from dialer.consents.approval import Ruling
from dialer.data_folder import DataKind
from dialer.objections.correction import Wish, propose, settle_correction
from dialer.sandbox.account import DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN
from tests.doubles.centre import Centre, running_centre
from tests.doubles.house import NUMBER, OTHER_NUMBER
from tests.servers import wait_for
from tests.simulation.second_thoughts import ONE, OTHER
from tests.workers.processes import ended, running


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Iterator[Centre]:
    with running_centre(redis_url, tmp_path) as served:
        yield served


@pytest.fixture
def slow_centre(redis_url: str, tmp_path: Path) -> Iterator[Centre]:
    """One whose phones ring in the world's own time, so that a worker can come before they stop."""
    with running_centre(redis_url, tmp_path, speed=1.0) as served:
        yield served


@contextmanager
def working(centre: Centre) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker process of this centre, which knows it by its settings alone."""
    settings = {
        "RINGFENCE_PUBLIC_URL": centre.url,
        "RINGFENCE_SECRET_KEY": "a secret of tests, forty characters long",
        "TWILIO_ACCOUNT_SID": DEMO_ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": DEMO_AUTH_TOKEN,
        "TWILIO_API_BASE_URL": centre.standin.url,
    }
    with running("worker", centre.house.redis_url, kind=DataKind.LIVE, **settings) as worker:
        yield worker


def ringing(centre: Centre, number: str = NUMBER) -> str:
    """A call that nobody answers."""
    centre.standin.scripts(number, {"wait_s": 2_000}, {"no_answer": True})
    rung = centre.house.parts.telephone.ring(
        number, caller_id="+442079460100", decision="dec_x", at=centre.house.clock()
    )
    assert rung is not None
    return rung.call_ref


def status(centre: Centre, call: str) -> str:
    return str(centre.standin.get(f"/sandbox/calls/{call}")[1]["status"])


def nothing_waits(centre: Centre) -> bool:
    return notice_queue(centre.house.parts.redis).count == 0


def test_a_worker_ends_the_call_that_rings_and_leaves_the_others(slow_centre: Centre) -> None:
    ours, other = ringing(slow_centre), ringing(slow_centre, OTHER_NUMBER)
    with working(slow_centre):
        slow_centre.house.object()
        wait_for(lambda: status(slow_centre, ours) == "canceled", what="the end of the call")
    assert status(slow_centre, other) not in {"canceled", "completed"}


def test_a_no_told_before_any_worker_ran_still_ends_the_call(slow_centre: Centre) -> None:
    ours = ringing(slow_centre)
    slow_centre.house.object()
    with working(slow_centre):
        wait_for(lambda: status(slow_centre, ours) == "canceled", what="the end of the call")


def test_a_no_that_was_corrected_meanwhile_ends_no_call(slow_centre: Centre) -> None:
    no, desk = slow_centre.house.object(), slow_centre.house.parts.corrections
    kept = desk.objections.find(no.id)
    assert kept is not None
    review = propose(kept, Wish(objection=no.id, why="misheard", note=None, by=ONE), desk)
    settle_correction(review.id, Ruling(outcome="approve", by=OTHER), desk)
    ours = ringing(slow_centre)
    with working(slow_centre) as worker:
        wait_for(lambda: nothing_waits(slow_centre), what="the worker's last job")
        assert ended(worker) == 0
    assert status(slow_centre, ours) in {"queued", "initiated", "ringing"}
