"""What the agent of one call is prompted, in Redis, for half a day; kinds and instants, never words."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from redis import Redis

from dialer.clock import from_milliseconds, milliseconds
from dialer.objections.prompts import Prompt, PromptKind, prompt
from dialer.store import keys
from dialer.store.trouble import kept

KEPT_FOR: Final = timedelta(hours=12)
_UNSURE: Final = "unsure"


class PromptStore:
    """Fits `objections.listening.Prompts`."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def note(self, call: str, kinds: Iterable[PromptKind], *, at: datetime) -> None:
        """Keep that a call's agent is prompted; the first time of a kind stands. One round trip."""
        with kept("keeping a prompt"), self._redis.pipeline(transaction=False) as pipe:
            for kind in kinds:
                pipe.hsetnx(keys.prompts(call), kind.value, milliseconds(at))
            pipe.pexpire(keys.prompts(call), KEPT_FOR)
            pipe.execute()

    def of(self, call: str) -> tuple[Prompt, ...]:
        """Return what a call's agent is prompted, the earliest first; one round trip."""
        with kept("reading prompts"):
            found: Any = self._redis.hgetall(keys.prompts(call))
        known = {kind.value: kind for kind in PromptKind}
        told = [(int(at), known[name.decode()]) for name, at in found.items() if name.decode() in known]
        return tuple(prompt(kind, from_milliseconds(at)) for at, kind in sorted(told))

    def is_unsure_again(self, call: str, turn: str) -> bool:
        """Note that the recogniser was unsure of a turn; say whether it was of another one before.

        `turn` tells turns apart, so that one event that comes twice is one. One round trip.
        """
        with kept("keeping that the recogniser was unsure"), self._redis.pipeline(transaction=False) as pipe:
            pipe.hsetnx(keys.prompts(call), _UNSURE, turn)
            pipe.hget(keys.prompts(call), _UNSURE)
            pipe.pexpire(keys.prompts(call), KEPT_FOR)
            _, first, _ = pipe.execute()
        return bool(first != turn.encode())
