"""The evidence of an import in the ledger: whose file, which bytes, what became of its rows."""

import json
from typing import Any, Final

from redis import Redis

from dialer.store import keys
from dialer.store.trouble import kept

IMPORT: Final = "import"


class ImportStore:
    """Notes imports; what they brought is kept by others."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    def note(self, fields: dict[str, Any]) -> None:
        """Add one import's line to the ledger; one round trip."""
        with kept("noting an import in the ledger"):
            self._redis.xadd(keys.LEDGER, {"k": IMPORT, "d": json.dumps(fields, separators=(",", ":"))})
