"""Scrubs worked off: one worker at a time, stopped and gone on with, removed under way, expired."""

from datetime import timedelta
from pathlib import Path

import pytest

from dialer.errors import CannotKeep
from dialer.scrubbing import jobs
from dialer.scrubbing.job import JobState, ScrubJob
from dialer.scrubbing.jobs import KEPT_FOR, expire, list_of, new_job_id, result_of, work_off
from dialer.store.scrubs import ScrubStore, scrub_turn
from tests.doubles.house import House
from workers import tasks
from workers.parts import worker_parts


def workshop(house: House, should_stop=lambda: False):
    return worker_parts(house.parts, should_stop=should_stop).workshop


def asked(house: House, content: str = "Phone\n02079460009\n") -> ScrubJob:
    now = house.clock()
    job = ScrubJob(
        id=new_job_id(now),
        principal="alder",
        campaign="C1",
        file_name="list.csv",
        by="sam",
        asked_at=now,
        expires_at=now + KEPT_FOR,
    )
    list_of(house.parts.lists.folder, job.id).write_text(content)
    house.parts.lists.scrubs.add(job)
    return job


def state(house: House, job: ScrubJob) -> JobState | None:
    found = house.parts.lists.scrubs.find(job.id)
    return found.standing.state if found else None


def test_what_waits_is_worked_off_in_turn(house):
    waiting = [asked(house), asked(house, "nothing\n"), asked(house)]

    assert work_off(workshop(house)) == 3

    assert [state(house, job) for job in waiting] == [JobState.DONE, JobState.FAILED, JobState.DONE]
    assert work_off(workshop(house)) == 0


def test_a_second_worker_leaves_the_list_to_the_first(house):
    asked(house)
    assert scrub_turn(house.parts.redis).take() is not None

    assert work_off(workshop(house)) == 0


def test_a_worker_that_is_stopped_leaves_the_job_open_for_the_next(house):
    job = asked(house)
    with pytest.raises(CannotKeep, match="asked to stop"):
        work_off(workshop(house, should_stop=lambda: True))
    assert house.parts.lists.scrubs.are_any_open()

    assert (work_off(workshop(house)), state(house, job)) == (1, JobState.DONE)


def test_a_job_that_is_removed_while_it_is_worked_on_leaves_no_file(house):
    job = asked(house)

    def remove() -> bool:
        ScrubStore(house.parts.redis).remove(job.id)
        return False

    assert work_off(workshop(house, should_stop=remove)) == 1

    assert (state(house, job), list(house.parts.lists.folder.iterdir())) == (None, [])


def test_the_list_and_its_result_are_deleted_when_their_time_has_come(house):
    job = asked(house)
    work_off(workshop(house))
    lists, time_comes = house.parts.lists, house.clock() + KEPT_FOR
    result = result_of(lists.folder, job.id)

    assert (expire(lists.scrubs, lists.folder, time_comes - timedelta(1)), result.exists()) == (0, True)
    assert (expire(lists.scrubs, lists.folder, time_comes), result.exists()) == (1, False)
    assert state(house, job) is None


def test_lists_and_results_are_for_this_user_alone(house):
    job = asked(house)
    work_off(workshop(house))

    result: Path = result_of(house.parts.lists.folder, job.id)

    assert [path.stat().st_mode & 0o777 for path in (result, result.parent)] == [0o600, 0o700]


def test_a_list_that_breaks_its_worker_is_given_up_and_the_next_is_done(house, monkeypatch):
    broken, sound = asked(house), asked(house)
    own = workshop(house)
    tasks.furnish(worker_parts(house.parts, should_stop=lambda: False))
    list_of(own.folder, broken.id).unlink()
    list_of(own.folder, broken.id).symlink_to("/dev/null/nothing")
    monkeypatch.setattr(jobs, "_of_system", lambda failure: 1 / 0)

    tasks.scrub_lists()
    tasks.scrub_lists()

    assert [state(house, job) for job in (broken, sound)] == [JobState.FAILED, JobState.DONE]
