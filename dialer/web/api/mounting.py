"""From a declared door to a Flask route: guard, read, run the view, render; the same order for all.

Nothing here knows what a door is for, and no view knows HTTP.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from flask import Blueprint, Response, request
from werkzeug.exceptions import UnsupportedMediaType

from dialer.calls.shape import STRICT
from dialer.people.roles import NumbersShown
from dialer.people.shown_numbers import shown
from dialer.reading.shapes import adapter
from dialer.store.idempotency import Answer
from dialer.web.api.door import Asked, Door, Otherwise
from dialer.web.api.forms import digest_of_upload, read_form
from dialer.web.api.reading import MAX_BODY_BYTES, read_body, read_query
from dialer.web.guards import key_of_request, require_role
from dialer.web.idempotency import once
from dialer.web.parts import parts_of_app
from dialer.web.uploads import LARGEST_BYTES

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


def _entrance(door: Door) -> Callable[..., Response]:
    def enter(**path: str) -> Response:
        request.max_content_length = LARGEST_BYTES if door.uploads else MAX_BODY_BYTES
        parts = parts_of_app()
        configuration = parts.configuration.current()
        key = key_of_request(configuration)
        require_role(key, door.roles)

        def run() -> Response:
            asked: Asked[Any, Any] = Asked(
                parts=parts,
                configuration=configuration,
                key=key,
                body=_body(door, path),
                query=_query(door),
            )
            return _rendered(door.view(asked, **path), door, key.numbers)

        def repeats(kept: Answer) -> bool:
            return door.repeats is None or door.repeats(parts, json.loads(kept.body))

        if door.method == "POST":
            sent = digest_of_upload if door.uploads else None
            answer = once(run, key=key, answers=parts.idempotency, repeats=repeats, digest_of_body=sent)
        else:
            answer = run()
        # Answers hold people's numbers: no shared or disk cache may keep one.
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return enter


def _body(door: Door, path: dict[str, str]) -> Any:
    if door.uploads:
        return read_form(door.body)
    raw = request.get_data()
    if door.body is None:
        return None
    if request.mimetype != JSON:
        raise UnsupportedMediaType
    if door.is_raw:
        return raw
    name = path["id"] if door.keeps_by_id else None
    return read_body(raw, door.body, required=door.required, id=name)


def _query(door: Door) -> Any:
    return read_query(request.args.to_dict(flat=False), door.query or NoQuery)


def _rendered(answer: object, door: Door, numbers: NumbersShown) -> Response:
    """Return the view's record as JSON, its numbers as the key may see them; a Response passes as it is."""
    if isinstance(answer, Response):
        return answer
    if answer is None:
        nothing = Response(status=204)
        del nothing.headers["Content-Type"]
        return nothing
    told = answer if isinstance(answer, Otherwise) else Otherwise(answer, status=door.status)
    plain: Any = told.answer
    # What is already JSON values (a decision) passes as it was written; records are written here.
    if not isinstance(plain, dict):
        plain = adapter(door.answer).dump_python(plain, mode="json", by_alias=True)
    body = json.dumps(shown(plain, numbers), ensure_ascii=False, separators=(",", ":"))
    return Response(body, status=told.status, content_type=JSON)
