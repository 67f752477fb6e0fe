"""What a request makes is named after the request, so that one whose answer was lost makes nothing twice.

An answer that could not be given (5xx) is not kept under its `Idempotency-Key`, and the request may be sent
again. What it did the first time is then found by its id.
"""

import hashlib
from typing import Any

from flask import request

from dialer.ids import Kind, id_for, new_id
from dialer.web.api.door import Asked
from dialer.web.idempotency import HEADER


def id_of_new(asked: Asked[Any, Any], kind: Kind) -> str:
    """Return the id of what this request makes: the same again for a repeat of it, else a fresh one.

    A repeat has the same `Idempotency-Key`, API key, path and body, byte for byte.
    """
    given = request.headers.get(HEADER)
    if given is None:
        return new_id(kind, at=asked.parts.clock())
    parts = (asked.key.id.encode(), given.encode(), request.path.encode(), request.get_data())
    return id_for(
        kind, hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
    )
