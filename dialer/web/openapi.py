"""The API described as OpenAPI 3.1, made from the same declarations that run it.

Problems are described once and named by each door with the statuses it can answer.
"""

from collections.abc import Sequence
from http import HTTPStatus
from importlib.metadata import version
from typing import Final

from dialer.web.api.door import Door
from dialer.web.openapi_shapes import Schema, Shapes
from dialer.web.problems import MEDIA_TYPE
from dialer.web.uploads import FORM

JSON: Final = "application/json"
_ALWAYS: Final = (400, 401, 503)
_WITH_BODY: Final = (413, 415)
_WITH_IDEMPOTENCY: Final = (409, 422)
_PROBLEM: Final[Schema] = {
    "type": "object",
    "description": "RFC 9457. `code` is stable for scripts; `errors` points at each bad place.",
    "required": ["type", "title", "status", "detail", "instance", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri"},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
_IDEMPOTENCY_KEY: Final[Schema] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key and request again within 24 hours gets the same answer and does nothing.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}


def document(doors: Sequence[Door], *, server: str) -> Schema:
    """Return the OpenAPI document of these doors; `server` is the public URL they stand under."""
    shapes = Shapes(doors)
    paths: dict[str, Schema] = {}
    for door in doors:
        paths.setdefault(door.path, {})[door.method.lower()] = _operation(door, shapes)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Ringfence",
            "version": version("ringfence"),
            "description": "The do-not-call gate: ask before each call, record each no, see why.",
        },
        "servers": [{"url": server}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": {**shapes.definitions(), "Problem": _PROBLEM},
        },
    }


def _operation(door: Door, shapes: Shapes) -> Schema:
    operation: Schema = {
        "operationId": door.name,
        "tags": [door.tag],
        "summary": door.summary,
        "description": f"{door.description}\n\nRoles: {', '.join(door.roles) or 'any key'}.",
        "parameters": [*_path_parameters(door), *shapes.of_query(door), *_headers(door)],
        "responses": {str(status): _answer(door, status, shapes) for status in (door.status, *door.also)}
        | _problems(door),
    }
    if door.body is not None:
        content = {FORM if door.uploads else JSON: {"schema": shapes.of_body(door)}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _path_parameters(door: Door) -> list[Schema]:
    names = (part.partition("}")[0] for part in door.path.split("{")[1:])
    schema = {"type": "string", "minLength": 1}
    return [{"name": name, "in": "path", "required": True, "schema": schema} for name in names]


def _headers(door: Door) -> list[Schema]:
    return [_IDEMPOTENCY_KEY] if door.method == "POST" else []


def _answer(door: Door, status: int, shapes: Shapes) -> Schema:
    content: Schema = {media: {} for media in door.media}
    if door.answer is not None:
        content[JSON] = {"schema": shapes.of_answer(door)}
    described = {"description": HTTPStatus(status).phrase}
    return {**described, "content": content} if content else described


def _problems(door: Door) -> Schema:
    statuses = {*_ALWAYS, *(problem.status for problem in door.problems)}
    statuses |= {403} if door.roles else set()
    statuses |= {404} if "{" in door.path else set()
    statuses |= set(_WITH_BODY) if door.body is not None else set()
    statuses |= set(_WITH_IDEMPOTENCY) if door.method == "POST" else set()
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        str(status): {"description": HTTPStatus(status).phrase, "content": content}
        for status in sorted(statuses)
    }
