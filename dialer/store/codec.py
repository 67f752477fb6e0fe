"""Records to JSON and back, strictly: what cannot be read back exactly is an error, never a default.

A stored record that no longer reads is `CannotKeep`: an unreadable fact is not known, and not known is no.
"""

import json
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from dialer.errors import CannotKeep

T = TypeVar("T")

_PLAIN: Final[TypeAdapter[Any]] = TypeAdapter(Any)
_adapters: dict[object, TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Return the adapter of a record type, built once a process (some milliseconds each)."""
    found = _adapters.get(kind)
    if found is None:
        found = _adapters[kind] = TypeAdapter(kind)
    return found


def prepare(*kinds: type[Any]) -> None:
    """Build the readers of these record types now, before a first caller waits for them."""
    for kind in kinds:
        _adapter(kind)


def to_json(record: object) -> bytes:
    """Return compact JSON without the keys that are None (null and absent mean the same)."""
    return _adapter(type(record)).dump_json(record, exclude_none=True, by_alias=True)


def compact(values: Mapping[str, Any]) -> bytes:
    """Return plain values as compact JSON, None and all; a third of the work of the standard library's."""
    try:
        return _PLAIN.dump_json(values)
    except ValueError:
        # Half of a surrogate pair, as a terminal can hand it in, is no UTF-8; the library's way escapes it.
        return json.dumps(values, separators=(",", ":")).encode("ascii")


def plain_json(stored: bytes) -> Any:
    """Return the plain values in stored JSON, None where it is none; nobody's shape is looked for."""
    try:
        return _PLAIN.validate_json(stored)
    except ValidationError:
        return None


def from_json(kind: type[T], stored: bytes | str) -> T:
    """Return the record; raises CannotKeep, without its content, if it does not fit its shape."""
    try:
        record: T = _adapter(kind).validate_json(stored)
    except ValidationError as problem:
        places = (error["loc"] for error in problem.errors(include_input=False, include_url=False))
        where = ", ".join("/".join(map(str, place)) or "(whole)" for place in places)
        raise CannotKeep(
            f"a stored {kind.__name__} cannot be read at {where}: it counts as not known; restore a backup"
        ) from None
    return record
