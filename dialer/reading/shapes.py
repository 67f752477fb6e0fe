"""JSON values into a frozen record: strictly by its types, every bad place with what was expected."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from dialer.errors import Fault
from dialer.reading.strict_json import MOST_FAULTS, escaped
from dialer.reading.times import misread_times

T = TypeVar("T")

_INPUT: Final = re.compile(r"^Input ")
_UNKNOWN: Final = frozenset({"unexpected_keyword_argument", "extra_forbidden"})
_MISSING: Final = frozenset({"missing", "missing_argument"})


def read_values(given: Any, shape: type[T]) -> tuple[T | None, tuple[Fault, ...]]:
    """Return JSON values as a `shape` and no fault, or None and one fault for each bad place, at most 50."""
    reader = adapter(shape)
    misread = {fault.pointer: fault for fault in misread_times(given, _schema_of(reader))}
    try:
        record: T = reader.validate_json(json.dumps(given))
    except ValidationError as problem:
        # How a time is written is told in one way, whatever else is wrong with it.
        misfits = {fault.pointer: fault for fault in one_a_place(faults_of(problem, given))}
        return None, tuple((misfits | misread).values())[:MOST_FAULTS]
    return (None, tuple(misread.values())[:MOST_FAULTS]) if misread else (record, ())


def adapter(shape: Any) -> TypeAdapter[Any]:
    """Return the reader and writer of a shape; costly to build, so built once."""
    return _built(shape)


def faults_of(problem: ValidationError, given: Any) -> tuple[Fault, ...]:
    """Return what a shape's reader found, arm after arm where every arm of a choice failed.

    An arm that found its fault further in is the one that was meant; the others' complaint is left out.
    """
    faults = tuple(_faults(problem, given))
    within = {fault.pointer.rpartition("/")[0] for fault in faults if fault.pointer}
    return tuple(fault for fault in faults if fault.pointer not in within)


def _faults(problem: ValidationError, given: Any) -> Iterator[Fault]:
    for error in problem.errors(include_input=False, include_url=False, include_context=False):
        pointer = _pointer(error["loc"], given, missing=error["type"] in _MISSING)
        yield Fault(pointer, _detail(error["type"], error["msg"]))


def one_a_place(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return one fault a place; what was expected there is told of as alternatives."""
    details: dict[str, list[str]] = {}
    for fault in faults:
        known = details.setdefault(fault.pointer, [])
        if fault.detail not in known:
            known.append(fault.detail)
    found = [Fault(pointer, ", or ".join(known)) for pointer, known in details.items()]
    return tuple(found[:MOST_FAULTS])


@cache
def _built(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


@cache
def _schema_of(reader: TypeAdapter[Any]) -> dict[str, Any]:
    return reader.json_schema()


def _pointer(place: tuple[int | str, ...], given: Any, *, missing: bool) -> str:
    """Return the JSON pointer, without the names of union arms that pydantic puts in between."""
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
    if kind in _UNKNOWN:
        return "is an unknown key; it would have been ignored"
    if kind in _MISSING:
        return "is required"
    return _INPUT.sub("", message)
