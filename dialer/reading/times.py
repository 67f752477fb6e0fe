"""Times as they are written: what a shape's reader would take for an instant or a day although it is none.

Pydantic reads a number in quotes as seconds since 1970, and a day out of midnight; two systems that meant
different things would both be let in.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from dialer.errors import Fault
from dialer.reading.strict_json import escaped

# Years outside these three centuries are slips of the pen, and days could not be counted from all of them.
_INSTANT: Final = re.compile(r"(?:19|2[01])\d\d-\d\d-\d\d[Tt ]\d\d:\d\d")
_DAY: Final = re.compile(r"(?:19|2[01])\d\d-\d\d-\d\d")
_EXPECTED: Final = {
    "date-time": "should be an RFC 3339 instant with its offset, of the years 1900 to 2199",
    "date": "should be a day as YYYY-MM-DD, of the years 1900 to 2199",
}


def misread_times(given: Any, schema: dict[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each text that `schema` (JSON Schema) has for a time and that is not written so."""
    return _misread(given, (schema,), schema.get("$defs", {}), "")


def _misread(given: Any, arms: tuple[Any, ...], known: dict[str, Any], pointer: str) -> Iterator[Fault]:
    arms = tuple(arm for outer in arms for arm in _arms(outer, known))
    if isinstance(given, dict):
        for name, inner in given.items():
            members = tuple(arm["properties"][name] for arm in arms if name in arm.get("properties", {}))
            yield from _misread(inner, members, known, f"{pointer}/{escaped(name)}")
    elif isinstance(given, list):
        items = tuple(arm["items"] for arm in arms if isinstance(arm.get("items"), dict))
        for index, inner in enumerate(given):
            yield from _misread(inner, items, known, f"{pointer}/{index}")
    elif isinstance(given, str):
        formats = {arm.get("format") for arm in arms if arm.get("type") == "string"}
        if formats == {"date-time"} and not _INSTANT.match(given):
            yield Fault(pointer, _EXPECTED["date-time"])
        elif formats == {"date"} and not _DAY.fullmatch(given):
            yield Fault(pointer, _EXPECTED["date"])


def _arms(schema: Any, known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the schema itself, or those it stands for: what it refers to, and each arm of a choice."""
    if "$ref" in schema:
        yield from _arms(known[schema["$ref"].rpartition("/")[2]], known)
    elif "anyOf" in schema:
        for arm in schema["anyOf"]:
            yield from _arms(arm, known)
    else:
        yield schema
