"""Reading an imagined case: JSON in, a `Case` out, or every fault with its place and what was expected.

Absent and null are one thing everywhere: not known. A wrong type or an unknown key is a fault, never guessed
at. No fault repeats what was sent, for it may hold a person's number.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, NoReturn

from pydantic import TypeAdapter, ValidationError

from dialer.errors import Fault, Unreadable
from dialer.law.facts import Case

LONGEST_CASE_BYTES: Final = 1 << 20
_DEEPEST: Final = 32
_FAULTS_MAX: Final = 50
_NOT_OURS: Final = ("id", "title", "why", "expect")
_WHOLE: Final = ""
# Names that pydantic gives to the branches of `scope.channels` in a place; no part of what was sent.
_UNION_BRANCHES: Final = ("literal[", "tuple[")
# Years outside these two centuries are slips of the pen, and days could not be counted from all of them.
_INSTANT: Final = re.compile(r"(?:19|2[01])\d\d-\d\d-\d\d[Tt ]\d\d:\d\d")
_DAY: Final = re.compile(r"(?:19|2[01])\d\d-\d\d-\d\d")
_INSTANTS: Final = frozenset({"at", "since", "from", "until", "valid_until", "attempts"})
_DAYS: Final = frozenset({"one_off_holidays"})


class UnreadableCase(Unreadable):
    """The text is no case: not JSON, not an object, or with faults, each with its JSON pointer."""

    code = "unreadable_case"


def read_case(raw: bytes | str | dict[str, Any]) -> Case:
    """Return the case written in `raw`; raises UnreadableCase with a pointer to each bad field.

    `id`, `title`, `why` and `expect` are ignored at the top, refused anywhere else.
    """
    record = raw if isinstance(raw, dict) else _parse(raw)
    pruned = {name: value for name, value in _without_nulls(record, 0).items() if name not in _NOT_OURS}
    misread = tuple(_misread_times(pruned, (), _WHOLE))
    try:
        case = _adapter().validate_json(json.dumps(pruned, allow_nan=False))
    except ValidationError as failure:
        faults = tuple({fault.pointer: fault for fault in (*misread, *faults_of(failure))}.values())[
            :_FAULTS_MAX
        ]
        raise UnreadableCase("the case cannot be read; see errors for each place", faults=faults) from None
    except ValueError:
        # Lone surrogates and the like: nothing that UTF-8 can carry.
        _refuse(_WHOLE, "text that UTF-8 can carry, and finite numbers")
    if misread:
        raise UnreadableCase(
            "the case cannot be read; see errors for each place", faults=misread[:_FAULTS_MAX]
        )
    return case


def parse_object(raw: bytes | str) -> dict[str, Any]:
    """Return the JSON object in `raw`, nothing else; refuses what JSON does not define or leaves open."""
    return _parse(raw)


@cache
def _adapter() -> TypeAdapter[Case]:
    return TypeAdapter(Case)


def _parse(raw: bytes | str) -> dict[str, Any]:
    if len(raw) > LONGEST_CASE_BYTES:
        _refuse(_WHOLE, f"at most {LONGEST_CASE_BYTES} bytes")
    try:
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
    except UnicodeDecodeError:
        _refuse(_WHOLE, "UTF-8")
    try:
        record = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as failure:
        _refuse(_WHOLE, f"JSON; it breaks off at character {failure.pos}")
    except (RecursionError, ValueError):
        # Python's own limit on the digits of an integer raises a plain ValueError.
        _refuse(_WHOLE, "JSON that is not nested deeper, nor with numbers longer, than any case")
    if not isinstance(record, dict):
        _refuse(_WHOLE, "a JSON object")
    return record


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a repeated key: which of two values counts is nobody's to guess (RFC 8259 section 4)."""
    record = dict(pairs)
    if len(record) < len(pairs):
        _refuse(_WHOLE, "every key at most once in an object")
    return record


def _no_constant(_: str) -> NoReturn:
    _refuse(_WHOLE, "finite numbers; NaN and Infinity are not JSON")


def _without_nulls(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        _refuse(_WHOLE, f"at most {_DEEPEST} levels of nesting")
    if isinstance(value, dict):
        return {name: _without_nulls(inner, depth + 1) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nulls(inner, depth + 1) for inner in value]
    return value


def faults_of(failure: ValidationError) -> tuple[Fault, ...]:
    """Return one fault a bad place: the branches of a union that all failed are one place."""
    details: dict[str, list[str]] = {}
    for error in failure.errors(include_url=False, include_context=False, include_input=False):
        pointer = pointer_to(error["loc"])
        detail = "unknown key" if error["type"] == "unexpected_keyword_argument" else error["msg"]
        known = details.setdefault(pointer, [])
        if detail not in known:
            known.append(detail)
    faults = [Fault(pointer, "; or ".join(found)) for pointer, found in details.items()]
    return tuple(faults)


def pointer_to(location: tuple[int | str, ...]) -> str:
    """Return the JSON pointer (RFC 6901) of a place; names of union branches are no part of it."""
    steps = [step for step in location if isinstance(step, int) or not _is_branch(step)]
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def _is_branch(step: str) -> bool:
    return step.startswith(_UNION_BRANCHES)


def _misread_times(value: Any, place: tuple[int | str, ...], name: str) -> Iterator[Fault]:
    """Yield what the reader would take for a time although it is none: a number in quotes counts seconds."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _misread_times(inner, (*place, key), key)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _misread_times(inner, (*place, index), name)
    elif isinstance(value, str):
        if name.endswith("_at") or name in _INSTANTS:
            if not _INSTANT.match(value):
                yield Fault(
                    pointer_to(place),
                    "expected an RFC 3339 instant with its offset, of the years 1900 to 2199",
                )
        elif (name.endswith("_on") or name in _DAYS) and not _DAY.fullmatch(value):
            yield Fault(pointer_to(place), "expected a day as YYYY-MM-DD, of the years 1900 to 2199")


def _refuse(pointer: str, expected: str) -> NoReturn:
    raise UnreadableCase(
        f"the case cannot be read: expected {expected}", faults=(Fault(pointer, f"expected {expected}"),)
    )
