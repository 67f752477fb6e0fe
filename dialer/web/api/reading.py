"""Reading what was sent to the API: strict JSON into frozen records, and every fault with its pointer.

How JSON and shapes are read is `dialer.reading`'s; here are the limits of one body, the ids in paths, what a
door requires, and queries.
"""

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from dialer.errors import Fault, Unreadable
from dialer.reading.shapes import adapter, faults_of, one_a_place, read_values
from dialer.reading.strict_json import MOST_FAULTS, read_json, sentence
from dialer.web.api.limits import beyond_limits

T = TypeVar("T")

MAX_BODY_BYTES: Final = 256 * 1024
# No colon: names in the store are joined by it, and one principal's must never run into another's.
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}")


def read_body(raw: bytes, shape: type[T], *, required: tuple[str, ...] = (), id: str | None = None) -> T:
    """Return the record a JSON body holds; raises Unreadable with one fault for each bad place.

    `id` is the one in the path, for a record that carries its own: the body may leave it out, not differ.
    """
    given = read_json(raw, what="body")
    return read_shape(given if id is None else _named(given, id), shape, required=required)


def read_shape(given: Any, shape: type[T], *, required: tuple[str, ...] = ()) -> T:
    """Return `given` as a `shape`, strictly, as JSON types; raises Unreadable with pointers."""
    missing = [Fault(f"/{name}", "is required") for name in required if not _holds(given, name)]
    record, misfits = read_values(given, shape)
    faults = one_a_place((*missing, *islice(beyond_limits(given), MOST_FAULTS), *misfits))
    if faults or record is None:
        raise Unreadable(sentence("body", faults), faults=faults)
    return record


def read_query(given: Mapping[str, list[str]], shape: type[T]) -> T:
    """Return the query's parameters as a `shape`; each may stand once, an unknown one is refused."""
    twice = [Fault(f"/{name}", "stands more than once") for name, values in given.items() if len(values) > 1]
    flat = {name: values[0] for name, values in given.items()}
    twice += islice(beyond_limits(flat), MOST_FAULTS)
    try:
        record: T = adapter(shape).validate_strings(flat)
    except ValidationError as problem:
        twice.extend(faults_of(problem, flat))
    if faults := one_a_place(tuple(twice)):
        raise Unreadable("the query cannot be read: " + sentence("query", faults), faults=faults)
    return record


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
