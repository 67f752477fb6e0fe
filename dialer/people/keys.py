"""API keys: printed once, kept as a SHA-256, each with a role, its principals and how it sees numbers.

A key is 256 random bits, so a plain digest is enough: there is nothing to guess (unlike a password).
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import AwareDatetime

from dialer.calls.shape import STRICT
from dialer.people.roles import STANDS_FOR, NumbersShown, Role, Sight

TOKEN_PREFIX = "rfk_"  # noqa: S105 -- names the kind of token in logs and secret scanners, not a secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One API key. `principals` None is all; `agent` binds an agent's key to one agent record."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: str
    role: Role
    digest: str
    principals: tuple[str, ...] | None = None
    agent: str | None = None
    default_campaign: str | None = None
    numbers: NumbersShown = NumbersShown.FULL
    created_at: AwareDatetime | None = None
    revoked_at: AwareDatetime | None = None

    @property
    def sight(self) -> Sight:
        """Return what this key may see."""
        principals = None if self.principals is None else frozenset(self.principals)
        sees_care = Role.COMPLIANCE in STANDS_FOR[self.role]
        return Sight(principals=principals, numbers=self.numbers, sees_care=sees_care)

    def passes(self, *roles: Role) -> bool:
        """Say whether the key may use a door open to any of `roles`."""
        return not STANDS_FOR[self.role].isdisjoint(roles)


def new_token(prefix: str = TOKEN_PREFIX) -> str:
    """Return a fresh secret to show once, a key unless another `prefix` says so; 256 random bits."""
    return prefix + secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return the hex SHA-256 under which a key (or a cookie, or a permit) is kept."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
