"""Users: the people who log in to the console, and how their passwords are kept and checked.

Argon2id with the library's own recommended cost (RFC 9106, low-memory profile: 64 MiB, 3 passes); raising
the cost later re-hashes each password at its owner's next log-in. A user's name is case-folded: nobody may
pass for somebody else by a capital.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pydantic import AwareDatetime

from dialer.calls.shape import STRICT
from dialer.errors import Fault, Unreadable
from dialer.people.roles import STANDS_FOR, NumbersShown, Role, Sight

SHORTEST_PASSWORD: Final = 8
# Argon2 takes any length, our patience does not: a megabyte of password is an attack.
LONGEST_PASSWORD: Final = 1024
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """One person. `principals` None is all; `totp_secret` None means a password is enough.

    `password_hash` never leaves the house: no door shows a user with it.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str
    role: Role
    password_hash: str
    principals: tuple[str, ...] | None = None
    agent: str | None = None
    numbers: NumbersShown = NumbersShown.FULL
    totp_secret: str | None = None
    created_at: AwareDatetime | None = None
    disabled_at: AwareDatetime | None = None

    @property
    def sight(self) -> Sight:
        """Return what this user may see."""
        principals = None if self.principals is None else frozenset(self.principals)
        sees_care = Role.COMPLIANCE in STANDS_FOR[self.role]
        return Sight(principals=principals, numbers=self.numbers, sees_care=sees_care)

    def __repr__(self) -> str:
        return f"User({self.name!r}, {self.role})"


def read_name(text: str) -> str:
    """Return a log-in name in its one spelling; raises Unreadable."""
    name = text.strip().casefold()
    if not _NAME.fullmatch(name):
        detail = "1 to 64 letters, digits, dots, @, + or dashes, beginning with a letter or digit"
        raise Unreadable("cannot read the log-in name", faults=(Fault("/name", detail),))
    return name


def hash_of(password: str) -> str:
    """Return the Argon2id hash to keep; about 50 ms of one core.

    Raises Unreadable for a password that is too short or too long.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        detail = f"{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"
        raise Unreadable("the password is too short or too long", faults=(Fault("/password", detail),))
    return _hasher().hash(password)


def fits(password: str, kept: str) -> bool:
    """Say whether the password is the one kept; about 50 ms, whatever the answer."""
    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        return _hasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def hash_of_nobody() -> str:
    """Return a hash no password fits, for names we do not know: they take as long to refuse."""
    return _nobody()


def wants_new_hash(kept: str) -> bool:
    """Say whether the hash was made at an older cost than today's."""
    return _hasher().check_needs_rehash(kept)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    import secrets

    return _hasher().hash(secrets.token_urlsafe(32))
