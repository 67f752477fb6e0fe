"""What redis-py raises, said in our words: whatever goes wrong in the store, nothing was kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from redis.exceptions import ReadOnlyError, RedisError, TimeoutError

from dialer.errors import CannotKeep


@contextmanager
def kept(what: str) -> Iterator[None]:
    """Turn any failure of the store inside the block into CannotKeep that says `what` was not done."""
    try:
        yield
    except TimeoutError as problem:
        raise CannotKeep(f"{what} took the store too long; nothing rests on it; try again") from problem
    except ReadOnlyError as problem:
        raise CannotKeep(
            f"{what} reached a read-only store; point RINGFENCE_REDIS_URL at the primary"
        ) from problem
    except (RedisError, OSError) as problem:
        kind = type(problem).__name__
        raise CannotKeep(f"{what} failed ({kind}): the store is away or refuses; see /readyz") from problem
