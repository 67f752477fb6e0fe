"""A request as the doors see it, an answer as they give it, and the table between them."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from dialer.errors import RingfenceError, Unreadable

MOST_BODY_BYTES = 1_000_000
Handler = Callable[["Request"], "Answer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP request; `parts` are the named pieces of its path."""

    method: str
    path: str
    query: Mapping[str, list[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    parts: Mapping[str, str] = field(default_factory=dict)

    def asked(self, name: str, default: str = "") -> str:
        """Return a query parameter's last value."""
        return self.query.get(name, [default])[-1]

    def form(self) -> dict[str, list[str]]:
        """Return the form fields, empty ones included; raises `Unreadable` for what is no UTF-8."""
        try:
            return parse_qs(self.body.decode("utf-8"), keep_blank_values=True, max_num_fields=1_000)
        except ValueError as error:
            raise Unreadable("the body is not a form in UTF-8") from error

    def json(self) -> dict[str, object]:
        """Return the JSON object of the body; raises `Unreadable` for anything else."""
        try:
            value = json.loads(self.body or b"{}")
        except (ValueError, RecursionError) as error:
            raise Unreadable("the body is not JSON") from error
        if not isinstance(value, dict):
            raise Unreadable("the body must be a JSON object")
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One HTTP answer."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


def json_answer(value: object, *, status: int = 200) -> Answer:
    """Return an answer that carries JSON."""
    return Answer(status=status, body=json.dumps(value, ensure_ascii=False).encode())


@dataclass(frozen=True, slots=True)
class Route:
    """A method, a whole path as a pattern, and who answers."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler


def route(method: str, pattern: str, handler: Handler) -> Route:
    """Return a route; `{name}` in the pattern takes one piece of the path."""
    return Route(
        method, re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+?)", pattern.replace(".", r"\."))), handler
    )


def find(routes: tuple[Route, ...], method: str, path: str) -> tuple[Handler | None, Mapping[str, str], bool]:
    """Return who answers, the pieces of the path, and whether the path exists with another method."""
    exists = False
    for each in routes:
        found = each.pattern.fullmatch(path)
        if found is None:
            continue
        if each.method == method:
            return each.handler, found.groupdict(), True
        exists = True
    return None, {}, exists


def refused(error: RingfenceError) -> Answer:
    """Return an error as our own doors give it."""
    return json_answer({"error": error.message, "status": error.status}, status=error.status)


def missing(exists: bool) -> Answer:
    """Return the answer for a path or a method that is not there."""
    status, text = (405, "not with this method") if exists else (404, "no such door; see docs/sandbox.md")
    return json_answer({"error": text, "status": status}, status=status)
