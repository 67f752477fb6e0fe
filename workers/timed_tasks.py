"""The lines of the timetable, as data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dialer import bell
from dialer.delivery.sweep import sweep
from dialer.objections.call_orders import sweep_orders
from dialer.objections.clip_retention import delete_old_clips
from dialer.objections.overdue import settle_overdue
from dialer.registers import import_jobs
from dialer.registers.expire import expire_old_versions
from dialer.scrubbing.jobs import expire
from dialer.store.register_store import RegisterStore
from dialer.store.trouble import kept
from dialer.wiring import Parts
from dialer.wiring.clips import retention


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedTask:
    """One line of the timetable; `run` is given the time and may be run again at any time without harm."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


def timed_tasks(parts: Parts) -> tuple[TimedTask, ...]:
    """Return what the timetable runs."""
    return (*_of_lines(parts), *_of_recordings(parts))


def _of_recordings(parts: Parts) -> tuple[TimedTask, ...]:
    recordings = bell.RecordingBell(parts.redis, kept=kept)
    transcripts = bell.RecordingBell(parts.redis, kept=kept, task=bell.HEAR_TRANSCRIPT)
    return (
        TimedTask(
            name="sweep_recordings",
            every=timedelta(seconds=5),
            run=lambda at: recordings.ring(parts.clips.recordings.take_due(at)),
        ),
        TimedTask(
            name="sweep_transcripts",
            every=timedelta(seconds=5),
            run=lambda at: transcripts.ring(parts.transcripts.take_due(at)),
        ),
        TimedTask(
            name="delete_old_clips",
            every=timedelta(minutes=10),
            run=lambda at: delete_old_clips(retention(parts), at),
        ),
    )


def _of_lines(parts: Parts) -> tuple[TimedTask, ...]:
    ring = bell.ringer(parts.redis, wakings=parts.outbox, kept=kept)
    registers = RegisterStore(parts.redis)
    lists = bell.ListBell(parts.redis, kept=kept)
    calls = bell.CallBell(parts.redis, kept=kept)
    return (
        TimedTask(
            name="sweep",
            # With the bell's memory of 10 s a lost ring is repeated within 15 s.
            every=timedelta(seconds=5),
            run=lambda at: sweep(waiting=parts.outbox, ring=ring, at=at),
        ),
        TimedTask(
            name="sweep_call_orders",
            every=timedelta(seconds=5),
            run=lambda at: sweep_orders(parts.call_orders, calls.tend, at),
        ),
        TimedTask(
            name="settle_possible_opt_outs",
            every=timedelta(seconds=30),
            run=lambda at: settle_overdue(parts.listening.reviews, at),
        ),
        TimedTask(
            name="sweep_scrubs",
            every=timedelta(seconds=5),
            run=lambda _: lists.ring() if parts.lists.scrubs.are_any_open() else None,
        ),
        TimedTask(
            name="sweep_register_imports",
            every=timedelta(seconds=5),
            run=lambda _: parts.imports.bell.ring() if parts.imports.jobs.are_any_open() else None,
        ),
        TimedTask(
            name="expire_register_imports",
            every=timedelta(minutes=10),
            run=lambda at: import_jobs.expire(parts.imports.jobs, parts.settings.data_dir, at),
        ),
        TimedTask(
            name="expire_scrubs",
            every=timedelta(minutes=10),
            run=lambda at: expire(parts.lists.scrubs, parts.lists.folder, at),
        ),
        TimedTask(
            name="expire_register_versions",
            every=timedelta(minutes=1),
            run=lambda at: expire_old_versions(registers, at),
        ),
    )
