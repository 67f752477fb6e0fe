"""Reading an imagined case: JSON in, a `Case` out, or every fault with its place and what was expected.

Absent and null are one thing everywhere: not known. A wrong type or an unknown key is a fault, never guessed
at. No fault repeats what was sent, for it may hold a person's number.
"""

from typing import Any, Final, NoReturn

from dialer.errors import Fault, Unreadable
from dialer.law.facts import Case
from dialer.reading.shapes import read_values
from dialer.reading.strict_json import read_json, sentence, without_nulls

LONGEST_CASE_BYTES: Final = 1 << 20
_NOT_OURS: Final = ("id", "title", "why", "expect")


class UnreadableCase(Unreadable):
    """The text is no case: not JSON, not an object, or with faults, each with its JSON pointer."""

    code = "unreadable_case"


def read_case(raw: bytes | str | dict[str, Any]) -> Case:
    """Return the case written in `raw`; raises UnreadableCase with a pointer to each bad field.

    `id`, `title`, `why` and `expect` are ignored at the top, refused anywhere else.
    """
    record = _checked(raw) if isinstance(raw, dict) else parse_object(raw)
    case, faults = read_values({name: value for name, value in record.items() if name not in _NOT_OURS}, Case)
    if case is None:
        _refuse(faults)
    return case


def parse_object(raw: bytes | str) -> dict[str, Any]:
    """Return the JSON object in `raw` without its nulls; refuses what JSON does not define or leaves open."""
    if len(raw) > LONGEST_CASE_BYTES:
        _refuse((Fault("", f"may have at most {LONGEST_CASE_BYTES} bytes"),))
    try:
        record = read_json(raw, what="case")
    except Unreadable as problem:
        _refuse(problem.faults)
    if not isinstance(record, dict):
        _refuse((Fault("", "should be a JSON object"),))
    return record


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    try:
        record: dict[str, Any] = without_nulls(given, what="case")
    except Unreadable as problem:
        _refuse(problem.faults)
    return record


def _refuse(faults: tuple[Fault, ...]) -> NoReturn:
    raise UnreadableCase(f"the case cannot be read: {sentence('case', faults)}", faults=faults) from None
