"""Logging in, staying logged in, and out: server-side sessions, kept by the digest of a 256-bit token.

A session ends after half an hour idle, after twelve hours in any case, at log-out, when its user is disabled
and when the password changes. Failures are counted by name, never by address (a call centre shares one):
after ten in a quarter of an hour that name must wait, whether it exists or not.
"""

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, Protocol

from pydantic import AwareDatetime

from dialer.calls.shape import STRICT
from dialer.clock import Clock
from dialer.errors import NotAuthenticated, TooMany, Unreadable
from dialer.people.keys import digest_of
from dialer.people.users import User, fits, hash_of, hash_of_nobody, read_name, wants_new_hash

IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=12)
FAILURES_ALLOWED: Final = 10
FAILURES_FORGOTTEN_AFTER: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One log-in. `password_mark` ties it to the password it was made with; `csrf` to its forms."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    user: str
    password_mark: str
    csrf: str
    began_at: AwareDatetime


class People(Protocol):
    """Keeps users and their sessions; see `store.people`. Each raises CannotKeep."""

    def user(self, name: str) -> User | None:
        """Return one user."""

    def save(self, user: User) -> None:
        """Keep a user whole."""

    def session(self, digest: str, *, idle: timedelta) -> Session | None:
        """Return a session and restart its idle time."""

    def begin(self, digest: str, session: Session, *, idle: timedelta) -> None:
        """Keep a session until it has been idle for that long."""

    def end(self, digest: str) -> None:
        """Forget a session."""

    def failures(self, name: str) -> int:
        """Return how often this name failed to log in lately."""

    def count_failure(self, name: str, *, forgotten_after: timedelta) -> None:
        """Count one failure."""

    def forget_failures(self, name: str) -> None:
        """Start the count anew."""


@dataclass(frozen=True, slots=True)
class LogIns:
    """The one way in, for the pages and for whoever asks whose token this is."""

    people: People
    clock: Clock

    def log_in(self, name: str, password: str) -> str:
        """Return a fresh session token to hand to the browser, once.

        Raises NotAuthenticated with the same words for a wrong name and a wrong password, TooMany after too
        many failures, CannotKeep when the store is away.
        """
        known = _name_or_none(name)
        if self.people.failures(known or "") >= FAILURES_ALLOWED:
            minutes = int(FAILURES_FORGOTTEN_AFTER.total_seconds() // 60)
            raise TooMany(f"too many failed log-ins for this name; wait {minutes} minutes and try again")
        user = self.people.user(known) if known is not None else None
        is_right = fits(password, user.password_hash if user else hash_of_nobody())
        if user is None or not is_right or user.disabled_at is not None:
            self.people.count_failure(known or "", forgotten_after=FAILURES_FORGOTTEN_AFTER)
            raise NotAuthenticated("name or password is wrong; try again, or ask an administrator")
        self.people.forget_failures(user.name)
        return self._begin(self._with_todays_hash(user, password))

    def session_of(self, token: str | None) -> User | None:
        """Return who is logged in with this token, None for nobody; a sight of it restarts the idle time."""
        found = self._session(token)
        return found[0] if found else None

    def csrf_of(self, token: str | None) -> str | None:
        """Return the token that this session's forms must carry."""
        found = self._session(token)
        return found[1].csrf if found else None

    def is_own_form(self, token: str | None, csrf: str) -> bool:
        """Say whether a form carries its own session's token."""
        expected = self.csrf_of(token)
        return expected is not None and hmac.compare_digest(expected.encode(), csrf.encode())

    def log_out(self, token: str | None) -> None:
        """End the session; no effect on one that is over."""
        if token:
            self.people.end(digest_of(token))

    def _begin(self, user: User) -> str:
        token = secrets.token_urlsafe(32)
        session = Session(
            user=user.name,
            password_mark=_mark(user),
            csrf=secrets.token_urlsafe(32),
            began_at=self.clock(),
        )
        self.people.begin(digest_of(token), session, idle=IDLE)
        return token

    def _session(self, token: str | None) -> tuple[User, Session] | None:
        if not token:
            return None
        digest = digest_of(token)
        session = self.people.session(digest, idle=IDLE)
        if session is None:
            return None
        user = self.people.user(session.user)
        if user is None or not _is_alive(session, user, self.clock()):
            self.people.end(digest)
            return None
        return user, session

    def _with_todays_hash(self, user: User, password: str) -> User:
        if not wants_new_hash(user.password_hash):
            return user
        stronger = replace(user, password_hash=hash_of(password))
        self.people.save(stronger)
        return stronger


def _name_or_none(text: str) -> str | None:
    try:
        return read_name(text)
    except Unreadable:
        return None


def _is_alive(session: Session, user: User, at: datetime) -> bool:
    is_young = at - session.began_at < ABSOLUTE
    has_same_password = hmac.compare_digest(session.password_mark, _mark(user))
    return is_young and has_same_password and user.disabled_at is None


def _mark(user: User) -> str:
    return digest_of(user.password_hash)[:32]
