"""A line of JSON lines that cannot be read, answered in its place: `{"line": 3, "problem": {…}}`."""

import json
from typing import Any

from dialer.errors import Unreadable


def bad_line(number: int, error: Unreadable) -> str:
    """Return the output line that stands for input line `number`."""
    return json.dumps({"line": number, "problem": problem_of(error)}, ensure_ascii=False)


def problem_of(error: Unreadable) -> dict[str, Any]:
    """Return an error in the shape of RFC 9457, with a pointer to each bad place."""
    return {
        "type": "about:blank",
        "title": "Bad Request",
        "status": error.status,
        "code": error.code,
        "detail": error.message,
        "errors": [{"pointer": fault.pointer, "detail": fault.detail} for fault in error.faults],
    }
