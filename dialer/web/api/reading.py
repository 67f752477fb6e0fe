"""Reading what was sent: strict JSON into frozen records, and every fault with a pointer to its place.

Null and absent mean the same, so nulls are taken out before the shape is checked. Unknown keys, keys given
twice, loose types, NaN and bytes that are no UTF-8 are refused. No message repeats a value that was sent.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from dialer.errors import Fault, Unreadable
from dialer.web.api.limits import beyond_limits, escaped

T = TypeVar("T")

MAX_BODY_BYTES: Final = 256 * 1024
# Far deeper than any shape here, far shallower than Python's own recursion limit.
_MAX_DEPTH: Final = 32
_MAX_FAULTS: Final = 50
# No colon: names in the store are joined by it, and one principal's must never run into another's.
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}")
_INPUT: Final = re.compile(r"^Input ")


class _Twice(ValueError):
    """A key stands twice in one object."""


def read_body(raw: bytes, shape: type[T], *, required: tuple[str, ...] = (), id: str | None = None) -> T:
    """Return the record a JSON body holds; raises Unreadable with one fault for each bad place.

    `id` is the one in the path, for a record that carries its own: the body may leave it out, not differ.
    """
    given = read_json(raw)
    return read_shape(given if id is None else _named(given, id), shape, required=required)


def read_json(raw: bytes) -> Any:
    """Return the parsed JSON without its nulls; raises Unreadable."""
    try:
        given = json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
        return _pruned(given, 0)
    except UnicodeDecodeError:
        raise Unreadable("the body is not UTF-8; send JSON in UTF-8") from None
    except _Twice as twice:
        raise Unreadable(f"the body is ambiguous: {twice}", faults=(Fault("", str(twice)),)) from None
    except json.JSONDecodeError as problem:
        place = f"line {problem.lineno} column {problem.colno}"
        raise Unreadable(f"the body is not JSON: it breaks at {place}") from None
    except (ValueError, RecursionError):
        raise Unreadable("the body holds a number or a depth that JSON readers do not agree on") from None


def read_shape(given: Any, shape: type[T], *, required: tuple[str, ...] = ()) -> T:
    """Return `given` as a `shape`, strictly, as JSON types; raises Unreadable with pointers."""
    faults = [Fault(f"/{name}", "is required") for name in required if not _holds(given, name)]
    faults += islice(beyond_limits(given), _MAX_FAULTS)
    try:
        record: T = adapter(shape).validate_json(json.dumps(given))
    except ValidationError as problem:
        faults.extend(_faults(problem, given))
    if faults:
        raise Unreadable(_sentence(faults), faults=tuple(dict.fromkeys(faults))[:_MAX_FAULTS])
    return record


def read_query(given: Mapping[str, list[str]], shape: type[T]) -> T:
    """Return the query's parameters as a `shape`; each may stand once, an unknown one is refused."""
    twice = [Fault(f"/{name}", "stands more than once") for name, values in given.items() if len(values) > 1]
    flat = {name: values[0] for name, values in given.items()}
    twice += islice(beyond_limits(flat), _MAX_FAULTS)
    try:
        record: T = adapter(shape).validate_strings(flat)
    except ValidationError as problem:
        twice.extend(_faults(problem, flat))
    if twice:
        raise Unreadable("the query cannot be read: " + _sentence(twice), faults=tuple(dict.fromkeys(twice)))
    return record


def adapter(shape: Any) -> TypeAdapter[Any]:
    """Return the reader and writer of a shape; costly to build, so built once."""
    return _built(shape)


@cache
def _built(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Twice("a key stands twice in one object")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _pruned(given: Any, depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise RecursionError
    if isinstance(given, dict):
        return {key: _pruned(value, depth + 1) for key, value in given.items() if value is not None}
    if isinstance(given, list):
        return [_pruned(value, depth + 1) for value in given]
    if isinstance(given, float) and not math.isfinite(given):
        raise ValueError("a number beyond what a float holds")
    return given


def _named(given: Any, record_id: str) -> Any:
    if not _ID.fullmatch(record_id):
        raise Unreadable("an id is 1 to 64 letters, digits and - _ . @, beginning with a letter or digit")
    if not isinstance(given, dict):
        return given
    if given.get("id", record_id) != record_id:
        fault = Fault("/id", "must be the id in the path, or be left out")
        raise Unreadable("the id in the body is not the one in the path", faults=(fault,))
    return {**given, "id": record_id}


def _holds(given: Any, name: str) -> bool:
    return isinstance(given, dict) and given.get(name) not in (None, "", [], {})


def _faults(problem: ValidationError, given: Any) -> Iterable[Fault]:
    for error in problem.errors(include_input=False, include_url=False, include_context=False):
        missing = error["type"] in {"missing", "missing_argument"}
        yield Fault(_pointer(error["loc"], given, missing=missing), _detail(error["type"], error["msg"]))


def _pointer(place: tuple[int | str, ...], given: Any, *, missing: bool) -> str:
    """Return the JSON pointer (RFC 6901), without the names of union arms that pydantic puts in between."""
    steps: list[str] = []
    for index, step in enumerate(place):
        is_held = step in given if isinstance(given, dict) else _is_index(step, given)
        if not is_held and not (missing and index == len(place) - 1):
            continue
        given = given[step] if is_held else None
        steps.append(escaped(str(step)))
    return "".join(f"/{step}" for step in steps)


def _is_index(step: int | str, given: Any) -> bool:
    return isinstance(given, list) and isinstance(step, int) and step < len(given)


def _detail(kind: str, message: str) -> str:
    if kind in {"unexpected_keyword_argument", "extra_forbidden"}:
        return "is not a member of this shape; it would have been ignored"
    if kind in {"missing", "missing_argument"}:
        return "is required"
    return _INPUT.sub("", message)


def _sentence(faults: list[Fault]) -> str:
    first = faults[0]
    place = first.pointer or "the body"
    more = f" (and {len(faults) - 1} more, see errors)" if len(faults) > 1 else ""
    return f"{place} {first.detail}{more}"
