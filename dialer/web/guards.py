"""Who is asking, and may they: a bearer key, its role, and which principals' records it sees.

A key is found by the digest of what was sent, so no comparison runs over the secret itself and an unknown
key takes the same work as a known one. The configuration is asked for its epoch each time: a revoked key
is dead at the next request, in every process.
"""

import re
from typing import Final

from flask import request

from dialer.errors import NotAllowed, NotAuthenticated, NotFound
from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.screening.configuration import Configuration

_BEARER: Final = re.compile(r"[Bb][Ee][Aa][Rr][Ee][Rr] +([\x21-\x7e]{1,200})")


def key_of_request(configuration: Configuration) -> Key:
    """Return the key this request carries; raises NotAuthenticated for none, an unknown or a revoked one."""
    found = _BEARER.fullmatch(request.headers.get("Authorization", ""))
    if found is None:
        raise NotAuthenticated("no key: send `Authorization: Bearer KEY` (`ringfence key create` makes one)")
    key = configuration.keys.get(digest_of(found.group(1)))
    if key is None or key.revoked_at is not None:
        raise NotAuthenticated("the key is unknown or was revoked; ask your administrator for a new one")
    return key


def require_role(key: Key, roles: tuple[Role, ...]) -> None:
    """Raise NotAllowed unless the key passes a door open to `roles`; no roles is open to every key."""
    if roles and not key.passes(*roles):
        names = ", ".join(roles)
        raise NotAllowed(f"a key of role {key.role} may not do this; it takes one of: {names}")


def require_sight(key: Key, principal: str | None, what: str) -> None:
    """Raise NotFound where the record is of a principal the key does not see: as if it were not there."""
    if not key.sight.sees(principal):
        raise NotFound(f"no such {what}")
