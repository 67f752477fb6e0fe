"""What a server has read from a snapshot, written out as the append-only file that later starts read."""

from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from dialer.errors import CannotKeep
from dialer.store.trouble import kept


class Rewriting:
    """One server of our own, on a unix socket, that holds a snapshot and no append-only file yet."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url)

    def is_read(self) -> bool:
        """Say whether it has read its snapshot; False while it does, or is not there yet."""
        try:
            return bool(self._redis.ping())
        except (RedisError, OSError):
            return False

    def begin(self) -> None:
        """Have it write; `is_written` says when that is over."""
        with kept("writing the append-only file"):
            self._redis.config_set("appendonly", "yes")

    def is_written(self) -> bool:
        """Say whether everything is written; raises CannotKeep where it could not be."""
        with kept("writing the append-only file"):
            told: Any = self._redis.info("persistence")
        if told["aof_last_bgrewrite_status"] != "ok":
            raise CannotKeep("the server could not write what it read; is the disk full?")
        is_busy = told["aof_rewrite_in_progress"] or told["aof_rewrite_scheduled"]
        return bool(told["aof_enabled"]) and not is_busy

    def end(self) -> None:
        """Have it end in order."""
        with kept("ending the server"):
            self._redis.shutdown(nosave=True)
