"""JSON that two readers cannot take for two things: UTF-8, each key once, finite numbers, text, no nulls.

Null and absent mean the same, so nulls are left out. Every fault has a pointer (RFC 6901); none repeats what
was sent, for it may hold a person's number.
"""

import json
import math
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from dialer.errors import Fault, Unreadable

MOST_FAULTS: Final = 50
# Far deeper than any shape here, far shallower than Python's own recursion limit.
_DEEPEST: Final = 32
# Longer integers are nobody's; Python itself refuses to read those of more than 4,300 digits.
_LONGEST_INTEGER: Final = 400


class _Ambiguous(dict[str, Any]):
    """An object in which `twice` names a key that stands more than once (RFC 8259 section 4)."""

    twice: tuple[str, ...] = ()


def read_json(raw: bytes | str, *, what: str) -> Any:
    """Return the value a JSON text holds, without nulls; raises Unreadable. `what` it is, for the message."""
    try:
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        given = json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_constant=lambda _: math.nan
        )
    except UnicodeDecodeError:
        raise _refused(what, (Fault("", "is not UTF-8; send JSON in UTF-8"),)) from None
    except json.JSONDecodeError as problem:
        place = f"line {problem.lineno} column {problem.colno}"
        raise _refused(what, (Fault("", f"is not JSON: it breaks at {place}"),)) from None
    except RecursionError:
        raise _refused(what, (Fault("", f"may nest at most {_DEEPEST} levels deep"),)) from None
    return without_nulls(given, what=what)


def without_nulls(given: Any, *, what: str) -> Any:
    """Return JSON values without their nulls; raises Unreadable where readers would not agree on one."""
    if faults := tuple(islice(_faults(given, "", 0), MOST_FAULTS)):
        raise _refused(what, faults)
    return _pruned(given)


def escaped(step: str) -> str:
    """Return one step of a JSON pointer (RFC 6901)."""
    return step.replace("~", "~0").replace("/", "~1")


def sentence(what: str, faults: tuple[Fault, ...]) -> str:
    """Return the first fault as a sentence about `what` was sent, and how many more there are."""
    first = faults[0]
    more = f" (and {len(faults) - 1} more, see errors)" if len(faults) > 1 else ""
    return f"{first.pointer or f'the {what}'} {first.detail}{more}"


def _refused(what: str, faults: tuple[Fault, ...]) -> Unreadable:
    return Unreadable(sentence(what, faults), faults=faults)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    ambiguous = _Ambiguous(found)
    names = [name for name, _ in pairs]
    ambiguous.twice = tuple(name for name in found if names.count(name) > 1)
    return ambiguous


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else math.inf


def _faults(given: Any, pointer: str, depth: int) -> Iterator[Fault]:
    if depth > _DEEPEST:
        yield Fault(pointer, f"may nest at most {_DEEPEST} levels deep")
    elif isinstance(given, dict):
        yield from _faults_of_object(given, pointer, depth)
    elif isinstance(given, list):
        for index, inner in enumerate(given):
            yield from _faults(inner, f"{pointer}/{index}", depth + 1)
    elif isinstance(given, float) and not math.isfinite(given):
        yield Fault(pointer, "must be a finite number, of a size that every reader can hold")
    elif isinstance(given, str) and not _is_text(given):
        yield Fault(pointer, "must be text that UTF-8 can carry")


def _faults_of_object(given: dict[str, Any], pointer: str, depth: int) -> Iterator[Fault]:
    twice = given.twice if isinstance(given, _Ambiguous) else ()
    for name, inner in given.items():
        if not _is_text(name):
            yield Fault(pointer, "must have keys that UTF-8 can carry")
            continue
        place = f"{pointer}/{escaped(name)}"
        if name in twice:
            yield Fault(place, "stands more than once in its object")
        yield from _faults(inner, place, depth + 1)


def _is_text(given: str) -> bool:
    try:
        given.encode()
    except UnicodeEncodeError:
        return False
    return True


def _pruned(given: Any) -> Any:
    if isinstance(given, dict):
        return {name: _pruned(inner) for name, inner in given.items() if inner is not None}
    if isinstance(given, list):
        return [_pruned(inner) for inner in given]
    return given
