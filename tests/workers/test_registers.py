"""A worker process of registers: no list delays it; killed, it leaves the old register in force."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dialer.data_folder import DataFolder, DataKind
from dialer.registers import import_jobs
from dialer.registers.import_job import ImportJob, ImportStanding, ImportState
from dialer.registers.import_work import MOST_WORKERS
from dialer.store import keys
from tests.doubles.house import House
from tests.registers.files import FIRST, numbers_file
from tests.scrubbing.test_jobs import asked
from tests.servers import wait_for
from tests.workers.processes import ended, environment

# Spread over as many pages as it has numbers, so that its staging takes long enough to be killed in.
MANY = range(FIRST, FIRST + 40_000 * 2_500, 2_500)
FEW = range(FIRST, FIRST + 200)


@pytest.fixture
def house(redis_url: str, data_folder: Path) -> House:
    DataFolder(data_folder).stamp(DataKind.DEMO, at=datetime(2026, 11, 23, tzinfo=UTC))
    return House(redis_url, data_folder)


@contextmanager
def worker_of_registers(house: House) -> "Iterator[subprocess.Popen[bytes]]":
    worker = subprocess.Popen(
        [sys.executable, "-m", "workers", "registers"], env=environment(house.data_dir, house.redis_url)
    )
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def sent(house: House, numbers: range, *, days_ago: int, begun: int = 0) -> str:
    """Leave a register file as the door does, and ring; returns the import's id."""
    now = datetime.now(UTC)
    job = ImportJob(
        id=import_jobs.new_job_id(now),
        register="tps",
        extracted_on=(now - timedelta(days=days_ago)).date(),
        file_name="tps.txt",
        by="ada",
        accept_change=True,
        asked_at=now,
        expires_at=now + import_jobs.KEPT_FOR,
    )
    numbers_file(import_jobs.file_of(house.data_dir, job).parent, numbers, "tps.txt")
    house.parts.imports.jobs.add(job)
    house.parts.imports.jobs.tell(job.id, ImportStanding(begun=begun))
    house.parts.imports.bell.ring()
    return job.id


def standing(house: House, job_id: str) -> ImportStanding:
    found = house.parts.imports.jobs.find(job_id)
    assert found is not None
    return found.standing


def wait_until_done(house: House, job_id: str) -> None:
    wait_for(lambda: standing(house, job_id).state is ImportState.DONE, what="an import", timeout_seconds=60)


def numbers_in_force(house: House) -> int:
    live = house.parts.registers.register("tps").live
    return live.numbers if live is not None else 0


def test_a_register_is_imported_while_a_list_waits(house: House) -> None:
    asked(house)
    house.parts.lists.bell.ring()
    with worker_of_registers(house) as worker:
        wait_until_done(house, sent(house, FEW, days_ago=2))
        assert numbers_in_force(house) == len(FEW)
        assert ended(worker) == 0


def test_a_worker_killed_while_it_stages_leaves_the_old_register_to_the_next_one(
    house: House,
) -> None:
    with worker_of_registers(house) as worker:
        wait_until_done(house, sent(house, FEW, days_ago=2))
        second = sent(house, MANY, days_ago=1)
        wait_for(
            lambda: standing(house, second).stage == "staging",
            what="a half staged register",
            timeout_seconds=60,
        )
        worker.kill()
        worker.wait()
    assert (standing(house, second).state, numbers_in_force(house)) == (ImportState.RUNNING, len(FEW))

    # The minute for which a dead import keeps its turn.
    house.parts.redis.delete(keys.register_lease("tps"))
    house.parts.imports.bell.ring()
    with worker_of_registers(house):
        wait_until_done(house, second)
    assert numbers_in_force(house) == len(MANY)
    assert list((house.data_dir / "registers" / "tps").glob("*.part")) == []


def test_a_file_that_killed_its_workers_is_given_up_and_can_be_run_again(house: House) -> None:
    deadly = sent(house, FEW, days_ago=2, begun=MOST_WORKERS)
    next_one = sent(house, FEW, days_ago=1)
    with worker_of_registers(house):
        wait_until_done(house, next_one)
    given_up = standing(house, deadly)
    assert given_up.state is ImportState.FAILED
    assert "3 workers died while they imported it" in (given_up.problem or "")
