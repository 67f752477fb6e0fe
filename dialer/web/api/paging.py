"""Lists in pages: `limit` and an opaque `cursor`, which is where the page before ended.

A cursor is nobody's promise: it is only good for the list that gave it, and one that we did not give is
refused rather than read as the beginning.
"""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final, Generic, TypeVar

from pydantic import Field

from dialer.calls.shape import STRICT
from dialer.errors import Fault, Unreadable

Item = TypeVar("Item")

MOST: Final = 200
USUAL: Final = 50
_MARK: Final = "c1:"

Limit = Annotated[int, Field(ge=1, le=MOST, description=f"At most so many items, {USUAL} if absent.")]
Cursor = Annotated[str, Field(min_length=1, max_length=512, description="`next_cursor` of the page before.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged:
    """The parameters every list takes."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    limit: Limit = USUAL
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Item]):
    """Some of a list; `next_cursor` null is its end. A page may be short, even empty, and not be the last."""

    items: tuple[Item, ...]
    next_cursor: str | None


def page_of(found: Mapping[str, Item], asked: Paged, *, is_seen: Callable[[Item], bool]) -> Page[Item]:
    """Return the page of a small table by its ids, in their order, with only what may be seen."""
    after = position_of(asked.cursor)
    names = [n for n in sorted(found) if (after is None or n > after) and is_seen(found[n])]
    shown = names[: asked.limit]
    cursor = cursor_of(shown[-1]) if len(names) > len(shown) else None
    return Page(items=tuple(found[name] for name in shown), next_cursor=cursor)


def cursor_of(position: str) -> str:
    """Return the opaque form of a place in a list."""
    return base64.urlsafe_b64encode(f"{_MARK}{position}".encode()).decode().rstrip("=")


def position_of(cursor: str | None) -> str | None:
    """Return the place a cursor stands for, None for none; raises Unreadable for one we did not give."""
    if cursor is None:
        return None
    try:
        plain = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError, ValueError):
        plain = ""
    if not plain.startswith(_MARK):
        fault = Fault("/cursor", "must be the `next_cursor` of the page before")
        raise Unreadable("cannot go on from there: the cursor is not one we gave", faults=(fault,))
    return plain.removeprefix(_MARK)
