"""A name for each line that has no number in it: `ln_…`, for URLs, which proxies and browsers write down.

The name is a keyed digest, so it is the same each time and tells nothing without the installation's secret;
what it stands for is kept beside it. A new secret makes new names; the old ones keep working.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from typing import Any, Final

from redis import Redis

from dialer.ids import Kind
from dialer.store import keys
from dialer.store.trouble import kept

# 128 bits: no two lines of any installation will ever share a name.
_BYTES: Final = 16


class LineNames:
    """Names lines and finds them again."""

    def __init__(self, redis: "Redis", secret_key: str) -> None:
        self._redis = redis
        self._secret = secret_key.encode()

    def name_of(self, contact_point: str) -> str:
        """Return the name of a line or address, which can be resolved from now on. One round trip."""
        return self.names_of([contact_point])[0]

    def names_of(self, contact_points: Sequence[str]) -> list[str]:
        """Return the names of many, in their order. One round trip."""
        names = [self._name(contact_point) for contact_point in contact_points]
        if names:
            with kept("naming a line"):
                self._redis.mset({keys.line_name(n): c for n, c in zip(names, contact_points, strict=True)})
        return names

    def contact_point_of(self, name: str) -> str | None:
        """Return what a name stands for, None for one we never gave. One round trip."""
        with kept("finding a line by its name"):
            found: Any = self._redis.get(keys.line_name(name))
        return found.decode() if found is not None else None

    def _name(self, contact_point: str) -> str:
        digest = hmac.new(self._secret, b"line:" + contact_point.encode(), hashlib.sha256).digest()
        text = base64.b32encode(digest[:_BYTES]).decode().rstrip("=").lower()
        return f"{Kind.LINE}_{text}"
