"""Lines of which the same is held, but for whose they are: told from what stands in Redis, before it is read.

The judge never looks at the letters of a number or of a record's id, so such lines are judged alike where
their numbers are; a test renames both in every case of the law and finds the same verdicts.
"""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Final

from dialer.store.line_record import CONSENT, HOLD, OBJECTION, RELATIONSHIP, SEQ, SOLICITATION

_NAMED: Final = frozenset({CONSENT, OBJECTION, HOLD, RELATIONSHIP, SOLICITATION})


def signature(line: str, fields: Mapping[bytes, bytes]) -> bytes:
    """Return a digest of what is held of a line, without its number and its records' ids.

    About 2 µs a record; 128 bits, so that two lines never share one by chance.
    """
    own = f'"{line}"'.encode()
    parts: list[bytes] = []
    for name, body in fields.items():
        kind, _, identity = name.partition(b":")
        if kind == SEQ:
            continue
        if kind in _NAMED:
            name, body = kind, body.replace(b'"id":"%b"' % identity, b'"id":""')
        parts += (name, body.replace(own, b'""'))
    return blake2b(b"\x00".join(parts), digest_size=16).digest()
