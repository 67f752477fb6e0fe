"""The API described as OpenAPI 3.1, made from the same declarations that run it.

Null means absent at these doors, so every member that may be left out may also be null, and the document
says so. Problems are described once and named by each door with the statuses it can answer.
"""

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, Final

from pydantic import TypeAdapter

from dialer.web.api.door import Door
from dialer.web.api.reading import adapter
from dialer.web.problems import MEDIA_TYPE

Schema = dict[str, Any]

JSON: Final = "application/json"
_REFERENCE: Final = "#/components/schemas/{model}"
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
    shapes, definitions = _shapes(doors)
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
            "schemas": {**definitions, "Problem": _PROBLEM},
        },
    }


def _shapes(doors: Iterable[Door]) -> tuple[dict[tuple[Any, str], Schema], dict[str, Schema]]:
    """Return the schema of every body and answer by (shape, mode), and the definitions they refer to."""
    wanted: dict[tuple[Any, str], TypeAdapter[Any]] = {}
    for door in doors:
        if door.body is not None:
            wanted[door.body, "validation"] = adapter(door.body)
        if door.answer is not None:
            wanted[door.answer, "serialization"] = adapter(door.answer)
    inputs: Any = [(shape, mode, adapted) for (shape, mode), adapted in wanted.items()]
    found, definitions = TypeAdapter.json_schemas(inputs, ref_template=_REFERENCE)
    schemas: Schema = {name: _nullable(schema) for name, schema in definitions.get("$defs", {}).items()}
    return {(shape, mode): schema for (shape, mode), schema in found.items()}, schemas


def _nullable(schema: Schema) -> Schema:
    """Let each member that may be absent be null: the reader takes nulls out before it looks at shapes."""
    needed = schema.get("required", ())
    members = schema.get("properties", {})
    loose = {name: member if name in needed else _or_null(member) for name, member in members.items()}
    return {**schema, "properties": loose} if members else schema


def _or_null(member: Schema) -> Schema:
    arms = member.get("anyOf", [])
    if {"type": "null"} in arms:
        return member
    described: Schema = {name: member[name] for name in ("default", "description") if name in member}
    bare = {name: value for name, value in member.items() if name not in described}
    return {"anyOf": [*(arms or [bare]), {"type": "null"}], **described}


def _operation(door: Door, shapes: dict[tuple[Any, str], Schema]) -> Schema:
    operation: Schema = {
        "operationId": door.name,
        "tags": [door.tag],
        "summary": door.summary,
        "description": f"{door.description}\n\nRoles: {', '.join(door.roles) or 'any key'}.",
        "parameters": _parameters(door),
        "responses": {str(door.status): _answer(door, shapes)} | _problems(door),
    }
    if door.body is not None:
        schema = _insisting(door, shapes[door.body, "validation"])
        operation["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    return operation


def _insisting(door: Door, body: Schema) -> Schema:
    """Return the schema that also refuses null for what this door insists on."""
    if not door.required:
        return body
    members = {name: {"not": {"type": "null"}} for name in door.required}
    return {"allOf": [body, {"type": "object", "required": list(door.required), "properties": members}]}


def _parameters(door: Door) -> list[Schema]:
    names = [part.partition("}")[0] for part in door.path.split("{")[1:]]
    found = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in names
    ]
    if door.query is not None:
        schema = adapter(door.query).json_schema()
        for name, member in schema.get("properties", {}).items():
            needed = name in schema.get("required", ())
            found.append({"name": name, "in": "query", "required": needed, "schema": _not_null(member)})
    return [*found, _IDEMPOTENCY_KEY] if door.method == "POST" else found


def _not_null(member: Schema) -> Schema:
    """A query has no null: an optional parameter is left out."""
    arms = [arm for arm in member.get("anyOf", []) if arm != {"type": "null"}]
    described = {name: member[name] for name in ("description",) if name in member}
    if len(arms) == 1:
        return {**arms[0], **described}
    return {"anyOf": arms, **described} if arms else {n: v for n, v in member.items() if n != "title"}


def _answer(door: Door, shapes: dict[tuple[Any, str], Schema]) -> Schema:
    content: Schema = {media: {} for media in door.media}
    if door.answer is not None:
        content[JSON] = {"schema": shapes[door.answer, "serialization"]}
    described = {"description": HTTPStatus(door.status).phrase}
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
