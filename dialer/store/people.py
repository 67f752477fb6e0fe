"""Users and their sessions in Redis; a session's idle time is its key's time-out."""

from datetime import timedelta

from redis import Redis

from dialer.people.log_ins import Session
from dialer.people.users import User
from dialer.store import keys
from dialer.store.codec import from_json, to_json
from dialer.store.trouble import kept


class PeopleStore:
    """Fits `people.log_ins.People`."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def user(self, name: str) -> User | None:
        """Return one user. One round trip."""
        with kept("reading a user"):
            found = self._redis.hget(keys.USERS, name)
        return from_json(User, found) if found is not None else None

    def users(self) -> tuple[User, ...]:
        """Return all users by name. One round trip."""
        with kept("reading the users"):
            found = self._redis.hgetall(keys.USERS)
        return tuple(from_json(User, body) for _, body in sorted(found.items()))

    def save(self, user: User) -> None:
        """Keep a user whole, replacing the one of that name."""
        with kept("keeping a user"):
            self._redis.hset(keys.USERS, user.name, to_json(user))

    def add(self, user: User) -> bool:
        """Keep a new user; False, and nothing written, if the name is taken."""
        with kept("keeping a user"):
            return bool(self._redis.hsetnx(keys.USERS, user.name, to_json(user)))

    def session(self, digest: str, *, idle: timedelta) -> Session | None:
        """Return a session and restart its idle time, in one round trip."""
        with kept("reading a session"):
            found = self._redis.getex(keys.session(digest), ex=idle)
        return from_json(Session, found) if found is not None else None

    def begin(self, digest: str, session: Session, *, idle: timedelta) -> None:
        """Keep a session until it has been idle for that long."""
        with kept("keeping a session"):
            self._redis.set(keys.session(digest), to_json(session), ex=idle)

    def end(self, digest: str) -> None:
        """Forget a session."""
        with kept("ending a session"):
            self._redis.delete(keys.session(digest))

    def failures(self, name: str) -> int:
        """Return how often this name failed to log in lately."""
        with kept("counting failed log-ins"):
            return int(self._redis.get(keys.failed_logins(name)) or 0)

    def count_failure(self, name: str, *, forgotten_after: timedelta) -> None:
        """Count one failure; the first one sets when all are forgotten, so failing on does not extend it."""
        key = keys.failed_logins(name)
        with kept("counting a failed log-in"), self._redis.pipeline(transaction=True) as pipe:
            pipe.set(key, 0, nx=True, ex=forgotten_after)
            pipe.incr(key)
            pipe.execute()

    def forget_failures(self, name: str) -> None:
        """Start the count anew, after a success."""
        with kept("forgetting failed log-ins"):
            self._redis.delete(keys.failed_logins(name))
