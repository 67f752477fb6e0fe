"""Objections kept by the batch: each act is its own atomic script; all share one wait for the disk."""

from collections.abc import Sequence

from redis import Redis

from dialer.objections.saying import Act, Prepared, Recorded, Saying
from dialer.store import keys, on_disk, scripts
from dialer.store.objection_act import act_arguments, act_keys
from dialer.store.objections import outcome_of, prepared_of
from dialer.store.safety import Safety
from dialer.store.trouble import kept


class ObjectionBatches:
    """Fits `objections.record_all.Batches`."""

    def __init__(self, redis: "Redis", safety: Safety) -> None:
        self._redis = redis
        self._safety = safety

    def prepare_all(self, sayings: Sequence[Saying]) -> list[Prepared]:
        """Return an ordinal for each, and the other lines it reaches by links made before; one round trip."""
        with kept("preparing to keep objections"), self._redis.pipeline(transaction=False) as pipe:
            pipe.incrby(keys.REFERENCES_GIVEN, len(sayings))
            pipe.info()
            pipe.time()
            for saying in sayings:
                pipe.hgetall(keys.line(saying.contact_point))
            last, info, server_time, *lines = pipe.execute()
        self._safety.look(info, server_time)
        self._safety.insist()
        first = last - len(sayings) + 1
        return [
            prepared_of(saying, first + n, set(), fields)
            for n, (saying, fields) in enumerate(zip(sayings, lines, strict=True))
        ]

    def keep_all(self, acts: Sequence[Act]) -> list[Recorded | None]:
        """Write each act all or nothing, then wait once until all are on disk; one round trip."""
        with kept("keeping objections"):
            replies, told = scripts.run_all(
                self._redis,
                "record",
                calls=[(act_keys(act), act_arguments(act, stops_calls=False)) for act in acts],
                last=on_disk.ASK,
            )
        on_disk.Disk(is_trusted=self._safety.trusted).insist(told, "the batch of objections")
        return [outcome_of(act, reply) for act, reply in zip(acts, replies, strict=True)]
