"""Transcripts that are ready and not read yet, in Redis for a day: ids alone, never a word."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from redis import Redis

from dialer.clock import milliseconds
from dialer.store import keys
from dialer.store.trouble import kept

# Whoever takes one has it for so long; it comes up again unless it was read.
TAKEN_FOR: Final = timedelta(minutes=4)
KEPT_FOR: Final = timedelta(days=1)
_BATCH: Final = 100


class TranscriptStore:
    """Fits `objections.transcripts.Waiting`."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def note(self, transcript_id: str, *, at: datetime) -> None:
        """Keep that a transcript is ready; the same again changes nothing. One round trip."""
        with kept("noting a transcript"), self._redis.pipeline(transaction=True) as pipe:
            pipe.zadd(keys.TRANSCRIPTS_DUE, {transcript_id: milliseconds(at)}, nx=True)
            pipe.set(keys.transcript(transcript_id), milliseconds(at), px=KEPT_FOR, nx=True)
            pipe.execute()

    def take_due(self, at: datetime) -> Sequence[str]:
        """Return transcripts to be read by then, kept from others for a while; given up after a day."""
        with kept("reading which transcripts are ready"):
            names: Any = self._redis.zrange(
                keys.TRANSCRIPTS_DUE, "-inf", milliseconds(at), byscore=True, offset=0, num=_BATCH
            )
            due = [name.decode() for name in names]
            alive = [name for name in due if self._redis.exists(keys.transcript(name))]
            for name in set(due) - set(alive):
                self.done(name)
            if alive:
                until = milliseconds(at + TAKEN_FOR)
                self._redis.zadd(keys.TRANSCRIPTS_DUE, dict.fromkeys(alive, until), xx=True)
        return alive

    def done(self, transcript_id: str) -> None:
        """Forget one that was read, or that is given up; one round trip."""
        with kept("forgetting a transcript"), self._redis.pipeline(transaction=True) as pipe:
            pipe.zrem(keys.TRANSCRIPTS_DUE, transcript_id)
            pipe.delete(keys.transcript(transcript_id))
            pipe.execute()
