"""Scrubs asked for over HTTP, in Redis: what was asked, how it stands, and which wait to be worked on."""

from datetime import datetime, timedelta
from typing import Any, Final

from redis import Redis

from dialer.scrubbing.job import JobState, Scrub, ScrubJob, Standing
from dialer.store import keys, scripts
from dialer.store.codec import from_json, to_json
from dialer.store.lease import Lease
from dialer.store.trouble import kept

# Longer than a block of a list takes on a slow machine; a killed worker's job goes on after that.
TURN: Final = timedelta(seconds=30)
_ENDED: Final = frozenset({JobState.DONE, JobState.FAILED})


class ScrubStore:
    """Fits `scrubbing.jobs.Jobs`."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def add(self, job: ScrubJob) -> None:
        """Keep a new job, waiting. One round trip."""
        with kept("keeping a scrub"), self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(keys.scrub(job.id), mapping={"job": to_json(job), "standing": to_json(Standing())})
            pipe.zadd(keys.SCRUBS, {job.id: job.expires_at.timestamp()})
            pipe.zadd(keys.SCRUBS_OPEN, {job.id: 0})
            pipe.execute()

    def find(self, job_id: str) -> Scrub | None:
        """Return one job, None if there is none. One round trip."""
        with kept("reading a scrub"):
            found: Any = self._redis.hgetall(keys.scrub(job_id))
        return _read(found) if found else None

    def newest(self, at_most: int) -> list[Scrub]:
        """Return the jobs asked for last, the newest first. Two round trips."""
        with kept("reading scrubs"):
            ids: Any = self._redis.zrevrange(keys.SCRUBS, 0, at_most - 1)
            with self._redis.pipeline(transaction=False) as pipe:
                for job_id in ids:
                    pipe.hgetall(keys.scrub(job_id.decode()))
                found = pipe.execute()
        return [_read(fields) for fields in found if fields]

    def oldest_open(self) -> Scrub | None:
        """Return the open job that was asked for first. Two round trips."""
        with kept("reading scrubs"):
            ids: Any = self._redis.zrange(keys.SCRUBS_OPEN, 0, 0)
        return self.find(ids[0].decode()) if ids else None

    def are_any_open(self) -> bool:
        """Say whether any job waits or is worked on. One round trip."""
        with kept("counting scrubs"):
            return bool(self._redis.zcard(keys.SCRUBS_OPEN))

    def tell(self, job_id: str, standing: Standing) -> bool:
        """Keep how a job stands; False if it was removed. One round trip."""
        with kept("keeping how a scrub stands"):
            told = scripts.run(
                self._redis,
                "scrub_tell",
                keys=[keys.scrub(job_id), keys.SCRUBS_OPEN],
                arguments=[job_id, "1" if standing.state in _ENDED else "0", to_json(standing)],
            )
        return bool(told)

    def remove(self, job_id: str) -> bool:
        """Remove a job; False if there is none. One round trip."""
        with kept("removing a scrub"), self._redis.pipeline(transaction=True) as pipe:
            pipe.delete(keys.scrub(job_id))
            pipe.zrem(keys.SCRUBS, job_id)
            pipe.zrem(keys.SCRUBS_OPEN, job_id)
            removed, *_ = pipe.execute()
        return bool(removed)

    def expired(self, at: datetime) -> list[str]:
        """Return the jobs whose time has come. One round trip."""
        with kept("reading scrubs"):
            found: Any = self._redis.zrangebyscore(keys.SCRUBS, "-inf", at.timestamp())
        return [job_id.decode() for job_id in found]


def scrub_turn(redis: "Redis") -> Lease:
    """Return the right to work on scrubs: one list at a time, whatever the number of workers."""
    return Lease(redis, lease=keys.SCRUBS_TURN, fence=keys.SCRUBS_FENCE, lasts=TURN)


def _read(fields: dict[bytes, bytes]) -> Scrub:
    return Scrub(from_json(ScrubJob, fields[b"job"]), from_json(Standing, fields[b"standing"]))
