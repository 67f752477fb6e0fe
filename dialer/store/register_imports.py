"""Register files sent over HTTP, in Redis: what was asked, how it stands, and which wait to be worked on."""

from datetime import datetime
from typing import Any

from redis import Redis

from dialer.registers.import_job import ImportJob, ImportStanding, RegisterImport
from dialer.store import keys, scripts
from dialer.store.codec import from_json, to_json
from dialer.store.trouble import kept


class RegisterImportStore:
    """Fits `registers.import_jobs.Jobs`."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def add(self, job: ImportJob) -> None:
        """Keep a new job, waiting. One round trip."""
        with kept("keeping a register import"), self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(keys.register_import(job.id), mapping=_fields(job, ImportStanding()))
            pipe.zadd(keys.REGISTER_IMPORTS, {job.id: job.expires_at.timestamp()})
            pipe.zadd(keys.REGISTER_IMPORTS_OPEN, {job.id: 0})
            pipe.execute()

    def find(self, job_id: str) -> RegisterImport | None:
        """Return one job, None if there is none. One round trip."""
        with kept("reading a register import"):
            found: Any = self._redis.hgetall(keys.register_import(job_id))
        return _read(found) if found else None

    def newest(self, at_most: int) -> list[RegisterImport]:
        """Return the jobs asked for last, the newest first. Two round trips."""
        with kept("reading register imports"):
            return self._all(self._redis.zrevrange(keys.REGISTER_IMPORTS, 0, at_most - 1))

    def open_ones(self) -> list[RegisterImport]:
        """Return the jobs that wait or were begun, the oldest first. Two round trips."""
        with kept("reading register imports"):
            return self._all(self._redis.zrange(keys.REGISTER_IMPORTS_OPEN, 0, -1))

    def are_any_open(self) -> bool:
        """Say whether any job waits or was begun. One round trip."""
        with kept("counting register imports"):
            return bool(self._redis.zcard(keys.REGISTER_IMPORTS_OPEN))

    def tell(self, job_id: str, standing: ImportStanding) -> bool:
        """Keep how a running job stands; False, nothing kept, if it was closed. One round trip."""
        with kept("keeping how a register import stands"):
            told = scripts.run(
                self._redis,
                "import_tell",
                keys=[keys.register_import(job_id), keys.REGISTER_IMPORTS_OPEN],
                arguments=[job_id, to_json(standing)],
            )
        return bool(told)

    def reopen(self, job: ImportJob) -> None:
        """Let a job wait again. One round trip."""
        with kept("reopening a register import"), self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(keys.register_import(job.id), mapping=_fields(job, ImportStanding()))
            pipe.zadd(keys.REGISTER_IMPORTS_OPEN, {job.id: 0})
            pipe.execute()

    def end(self, job_id: str, standing: ImportStanding) -> None:
        """Close a job as it stands. One round trip."""
        with kept("closing a register import"), self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(keys.register_import(job_id), "standing", to_json(standing))
            pipe.zrem(keys.REGISTER_IMPORTS_OPEN, job_id)
            pipe.execute()

    def expired(self, at: datetime) -> list[str]:
        """Return the jobs whose time has come. One round trip."""
        with kept("reading register imports"):
            found: Any = self._redis.zrangebyscore(keys.REGISTER_IMPORTS, "-inf", at.timestamp())
        return [job_id.decode() for job_id in found]

    def remove(self, job_id: str) -> None:
        """Forget a job. One round trip."""
        with kept("forgetting a register import"), self._redis.pipeline(transaction=True) as pipe:
            pipe.delete(keys.register_import(job_id))
            pipe.zrem(keys.REGISTER_IMPORTS, job_id)
            pipe.zrem(keys.REGISTER_IMPORTS_OPEN, job_id)
            pipe.execute()

    def _all(self, ids: Any) -> list[RegisterImport]:
        with self._redis.pipeline(transaction=False) as pipe:
            for job_id in ids:
                pipe.hgetall(keys.register_import(job_id.decode()))
            return [_read(fields) for fields in pipe.execute() if fields]


def _fields(job: ImportJob, standing: ImportStanding) -> dict[Any, Any]:
    return {"job": to_json(job), "standing": to_json(standing)}


def _read(fields: dict[bytes, bytes]) -> RegisterImport:
    return RegisterImport(
        from_json(ImportJob, fields[b"job"]), from_json(ImportStanding, fields[b"standing"])
    )
