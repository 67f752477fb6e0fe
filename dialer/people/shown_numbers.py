"""How much of a callee's number leaves the house: one place for the API, the pages and the exports.

What is hidden is hidden everywhere: in members that hold a number, and in free text where somebody said or
typed one. A campaign's own caller id and freephone are the operator's to publish, and are always shown.
"""

import re
from collections.abc import Mapping
from typing import Any, Final, assert_never

from dialer.calls.numbers import masked
from dialer.people.roles import NumbersShown

HIDDEN: Final = "hidden"
_PUBLISHED: Final = frozenset({"caller_id", "freephone"})
_ADDRESSES: Final = frozenset({"to", "contact_point", "number"})
# A plus or a trunk 0, eight to fifteen digits with the gaps people leave; not inside an id or an instant.
_NUMBER_IN_TEXT: Final = re.compile(r"(?<![\w:.-])(?:\+|0)\d(?:[ ()-]{0,2}\d){7,14}(?![\w])")


def shown_number(number: str, numbers: NumbersShown) -> str:
    """Return a number or address as somebody who sees `numbers` may see it."""
    match numbers:
        case NumbersShown.FULL:
            return number
        case NumbersShown.LAST4:
            return masked(number)
        case NumbersShown.NONE:
            return HIDDEN
    assert_never(numbers)


def shown_text(text: str, numbers: NumbersShown) -> str:
    """Return free text with every telephone number in it shown as `numbers` allows."""
    return _NUMBER_IN_TEXT.sub(lambda found: shown_number(found.group(), numbers), text)


def shown_parts(text: str, span: tuple[int, int], numbers: NumbersShown) -> tuple[str, str, str]:
    """Return free text in three parts, before, within and after `span`, each number shown as allowed.

    A number that lies across an edge of the span is moved into it whole, so that no half of one is shown.
    """
    start, end = span
    if numbers is not NumbersShown.FULL:
        for found in _NUMBER_IN_TEXT.finditer(text):
            if found.start() < start < found.end():
                start = found.start()
            if found.start() < end < found.end():
                end = found.end()
    before, within, after = text[:start], text[start:end], text[end:]
    return shown_text(before, numbers), shown_text(within, numbers), shown_text(after, numbers)


def shown(value: Any, numbers: NumbersShown, *, member: str = "") -> Any:
    """Return JSON types with every number in them, at any depth, shown as `numbers` allows."""
    if numbers is NumbersShown.FULL:
        return value
    if isinstance(value, Mapping):
        return {
            shown_text(str(name), numbers): shown(inner, numbers, member=str(name))
            for name, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [shown(inner, numbers, member=member) for inner in value]
    if not isinstance(value, str) or member in _PUBLISHED:
        return value
    if member in _ADDRESSES and value:
        return shown_number(value, numbers)
    return shown_text(value, numbers)
