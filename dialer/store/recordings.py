"""Recordings in Redis: what is known of each, by its call, and when to look at it next."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from redis import Redis

from dialer.clock import milliseconds
from dialer.objections.recordings import Recording
from dialer.store import keys
from dialer.store.codec import from_json, to_json
from dialer.store.trouble import kept

# A clip names its recording for as long as it lives; the recording itself is of use while it may be fetched.
KEPT_FOR: Final = timedelta(days=90)
# Whoever takes a recording has it to itself for so long; a fetch takes two minutes at most.
TAKEN_FOR: Final = timedelta(minutes=4)
_BATCH: Final = 100


class RecordingStore:
    """Fits what `objections.keep_clips` and `play_clip` need of recordings."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def note(self, recording: Recording) -> bool:
        """Write down a recording that is to be looked at now; False if it was known. Two round trips."""
        with kept("noting a recording"):
            is_new = self._redis.set(keys.recording(recording.id), to_json(recording), nx=True, px=KEPT_FOR)
        if is_new:
            self.keep(recording, look_at=recording.ended_at)
        return bool(is_new)

    def find(self, recording_id: str) -> Recording | None:
        """Return one recording, None if it is not known; one round trip."""
        with kept("reading a recording"):
            found: Any = self._redis.get(keys.recording(recording_id))
        return from_json(Recording, found) if found is not None else None

    def of_call(self, call: str) -> tuple[Recording, ...]:
        """Return the recordings of one call, by their ids; two round trips."""
        with kept("reading the recordings of a call"):
            names: Any = self._redis.smembers(keys.recordings_of_call(call))
        return tuple(found for name in sorted(names) if (found := self.find(name.decode())) is not None)

    def keep(self, recording: Recording, *, look_at: datetime | None) -> None:
        """Keep how it stands, and when to look again; None is never. One round trip."""
        of_call = keys.recordings_of_call(recording.call)
        with kept("keeping a recording"), self._redis.pipeline(transaction=True) as pipe:
            pipe.set(keys.recording(recording.id), to_json(recording), px=KEPT_FOR)
            pipe.sadd(of_call, recording.id)
            pipe.pexpire(of_call, KEPT_FOR)
            if look_at is None:
                pipe.zrem(keys.RECORDINGS_DUE, recording.id)
            else:
                pipe.zadd(keys.RECORDINGS_DUE, {recording.id: milliseconds(look_at)})
            pipe.execute()

    def was_heard(self, recording_id: str, *, at: datetime) -> None:
        """Keep that words came of a message that was noted, and have it looked at now; two round trips."""
        message = self.find(recording_id)
        if message is not None:
            self.keep(replace(message, heard_at=message.heard_at or at), look_at=at)

    def take_due(self, at: datetime) -> Sequence[str]:
        """Return recordings to be looked at by then, and keep them from others for a while."""
        with kept("reading which recordings are due"):
            names: Any = self._redis.zrange(
                keys.RECORDINGS_DUE, "-inf", milliseconds(at), byscore=True, offset=0, num=_BATCH
            )
            if names:
                until = milliseconds(at + TAKEN_FOR)
                self._redis.zadd(keys.RECORDINGS_DUE, dict.fromkeys(names, until), xx=True)
        return [name.decode() for name in names]
