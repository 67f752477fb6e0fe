"""A worker process of lists: it scrubs what waits, and a stop leaves nothing half done."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialer.data_folder import DataFolder, DataKind
from dialer.scrubbing.job import JobState
from tests.doubles.house import House
from tests.scrubbing.test_jobs import asked, state
from tests.servers import wait_for
from tests.workers.processes import ended, environment


@pytest.fixture
def house(redis_url: str, data_folder: Path) -> House:
    DataFolder(data_folder).stamp(DataKind.DEMO, at=datetime(2026, 11, 23, tzinfo=UTC))
    return House(redis_url, data_folder)


def test_a_worker_of_lists_scrubs_what_it_is_rung_for(house: House) -> None:
    first = asked(house)
    house.parts.lists.bell.ring()
    worker = subprocess.Popen(
        [sys.executable, "-m", "workers", "lists"], env=environment(house.data_dir, house.redis_url)
    )
    try:
        wait_for(lambda: state(house, first) is JobState.DONE, what="a scrubbed list", timeout_seconds=60)
        second = asked(house)
        house.parts.lists.bell.ring()
        wait_for(lambda: state(house, second) is JobState.DONE, what="a scrubbed list", timeout_seconds=60)
        assert ended(worker) == 0
    finally:
        worker.kill()
        worker.wait()
