"""Twilio's pages: newest first, `PageToken` says where the page before ended, so new rows shift nothing."""

from collections.abc import Sequence
from typing import Protocol, TypeVar
from urllib.parse import urlencode

from dialer.sandbox.rest.refusals import RestRefusal
from dialer.sandbox.rest.shapes import Shape
from dialer.sandbox.routing import Request

_DEFAULT_SIZE = 50
_MOST_SIZE = 1_000


class HasSid(Protocol):
    """Anything listed: it has a sid."""

    sid: str


Row = TypeVar("Row", bound=HasSid)


def page_of(request: Request, rows: Sequence[Row]) -> tuple[list[Row], Shape]:
    """Return the rows of the page that was asked for, and the fields that describe the page.

    Raises `RestRefusal` 20006 for a page size or token that cannot be.
    """
    size = _whole(request, "PageSize", _DEFAULT_SIZE)
    number = _whole(request, "Page", 0)
    if not 1 <= size <= _MOST_SIZE:
        raise RestRefusal(20006, f"PageSize must be 1 to {_MOST_SIZE}")
    begin = _begin(request, rows, number * size)
    shown = list(rows[begin : begin + size])
    filters = {
        name: values
        for name, values in request.query.items()
        if name not in {"Page", "PageToken", "PageSize"}
    }

    def uri(page: int, token: str | None) -> str:
        paging = {"PageSize": [str(size)], "Page": [str(page)]} | ({"PageToken": [token]} if token else {})
        return f"{request.path}?{urlencode(filters | paging, doseq=True)}"

    has_more = begin + size < len(rows)
    before = rows[begin - size - 1].sid if begin > size else None
    return shown, {
        "first_page_uri": uri(0, None),
        "next_page_uri": uri(number + 1, f"PA{shown[-1].sid}") if has_more else None,
        "previous_page_uri": uri(number - 1, f"PB{before}" if before else None) if number > 0 else None,
        "page": number,
        "page_size": size,
        "start": begin,
        "end": begin + max(0, len(shown) - 1),
        "uri": uri(number, request.asked("PageToken") or None),
    }


def _begin(request: Request, rows: Sequence[Row], by_number: int) -> int:
    token = request.asked("PageToken")
    if not token:
        return by_number
    for place, row in enumerate(rows):
        if row.sid == token[2:]:
            return place + 1
    raise RestRefusal(20006, "PageToken names no row of this list")


def _whole(request: Request, name: str, default: int) -> int:
    value = request.asked(name)
    if not value:
        return default
    if not value.isdecimal() or len(value) > 9:
        raise RestRefusal(20006, f"{name} must be a whole number")
    return int(value)
