"""From a declared door to a Flask route: guard, read, run the view, render; the same order for all.

Nothing here knows what a door is for, and no view knows HTTP.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import UnsupportedMediaType

from dialer.calls.shape import STRICT
from dialer.people.keys import Key
from dialer.people.roles import NumbersShown
from dialer.people.shown_numbers import shown
from dialer.web.api.door import Asked, Door
from dialer.web.api.reading import MAX_BODY_BYTES, adapter, read_body, read_query
from dialer.web.guards import key_of_request, require_role
from dialer.web.idempotency import once
from dialer.wiring import Parts

JSON: Final = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoQuery:
    """A door without parameters: any that is sent is refused, not ignored."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT


def mount(blueprint: Blueprint, doors: Iterable[Door]) -> None:
    """Give each door its route. Only its own methods answer; OPTIONS is none of them."""
    for door in doors:
        rule = door.path.replace("{", "<").replace("}", ">")
        view = _entrance(door)
        blueprint.add_url_rule(rule, door.name, view, methods=[door.method], provide_automatic_options=False)


def parts_of_app() -> Parts:
    """Return the parts the running app was made with."""
    parts: Parts = current_app.extensions["ringfence"]
    return parts


def _entrance(door: Door) -> Callable[..., Response]:
    def enter(**path: str) -> Response:
        request.max_content_length = MAX_BODY_BYTES
        parts = parts_of_app()
        key = key_of_request(parts.configuration.current())
        require_role(key, door.roles)
        if door.method != "POST":
            return _run(door, parts, key, path)
        return once(lambda: _run(door, parts, key, path), key=key, answers=parts.idempotency)

    return enter


def _run(door: Door, parts: Parts, key: Key, path: dict[str, str]) -> Response:
    asked: Asked[Any, Any] = Asked(parts=parts, key=key, body=_body(door), query=_query(door))
    return _rendered(door.view(asked, **path), door, key.numbers)


def _body(door: Door) -> Any:
    raw = request.get_data()
    if door.body is None:
        return None
    if request.mimetype != JSON:
        raise UnsupportedMediaType
    return read_body(raw, door.body, required=door.required)


def _query(door: Door) -> Any:
    return read_query(request.args.to_dict(flat=False), door.query or NoQuery)


def _rendered(answer: object, door: Door, numbers: NumbersShown) -> Response:
    """Return the view's record as JSON, its numbers as the key may see them; a Response passes as it is."""
    if isinstance(answer, Response):
        return answer
    if answer is None:
        return Response(status=204)
    plain = adapter(door.answer).dump_python(answer, mode="json", by_alias=True)
    body = json.dumps(shown(plain, numbers), ensure_ascii=False, separators=(",", ":"))
    response = Response(body, status=door.status, content_type=JSON)
    # Answers hold people's numbers: no shared or disk cache may keep one.
    response.headers["Cache-Control"] = "no-store"
    return response
