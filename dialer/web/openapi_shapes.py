"""The shapes of bodies, queries and answers as JSON Schema, made from the records that read and write them.

Null means absent at these doors: every member that may be left out may also be null, and the schemas say so.
"""

from collections.abc import Iterable
from typing import Any, Final

from pydantic import TypeAdapter

from dialer.reading.shapes import adapter
from dialer.web.api.door import Door

Schema = dict[str, Any]
Wanted = dict[tuple[Any, str], TypeAdapter[Any]]

_PLACE: Final = "#/components/schemas/"
_NULL: Final[Schema] = {"type": "null"}


class Shapes:
    """Every schema that the doors need, each defined once."""

    def __init__(self, doors: Iterable[Door]) -> None:
        wanted: Wanted = {}
        for door in doors:
            for shape, mode in (
                (door.body, "validation"),
                (door.query, "validation"),
                (door.answer, "serialization"),
            ):
                if shape is not None:
                    wanted[shape, mode] = adapter(shape)
        inputs: Any = [(shape, mode, adapted) for (shape, mode), adapted in wanted.items()]
        self._found, made = TypeAdapter.json_schemas(inputs, ref_template=_PLACE + "{model}")
        self._made: dict[str, Schema] = made.get("$defs", {})
        self._queries = {self._name(door.query) for door in doors if door.query is not None}

    def definitions(self) -> dict[str, Schema]:
        """Return the schemas that the others refer to; a query's members stand in its door instead."""
        return {name: _nullable(schema) for name, schema in self._made.items() if name not in self._queries}

    def of_body(self, door: Door) -> Schema:
        """Return what a door takes: it may insist on members that the record itself leaves open."""
        body = self._found[door.body, "validation"]
        if door.keeps_by_id or door.unread:
            body = self._loosened(body, door)
        if not door.required:
            return body
        members = {name: {"not": _NULL} for name in door.required}
        return {"allOf": [body, {"type": "object", "required": list(door.required), "properties": members}]}

    def of_answer(self, door: Door) -> Schema:
        """Return what a door answers."""
        return self._found[door.answer, "serialization"]

    def of_query(self, door: Door) -> list[Schema]:
        """Return the parameters of a door, each with its own schema."""
        if door.query is None:
            return []
        schema = self._made[self._name(door.query)]
        needed = schema.get("required", ())
        return [
            {"name": name, "in": "query", "required": name in needed, "schema": _not_null(member)}
            for name, member in schema.get("properties", {}).items()
        ]

    def _name(self, shape: Any) -> str:
        reference: str = self._found[shape, "validation"]["$ref"]
        return reference.removeprefix(_PLACE)

    def _loosened(self, body: Schema, door: Door) -> Schema:
        """Spell the record out: the path may name it, and some members are for nobody."""
        schema = _nullable(self._made[body["$ref"].removeprefix(_PLACE)])
        needed = [name for name in schema.get("required", ()) if name != "id"]
        members = {**schema["properties"], **{name: {} for name in door.unread}}
        rest = {name: value for name, value in schema.items() if name != "required"}
        return {**rest, "properties": members, **({"required": needed} if needed else {})}


def _nullable(schema: Schema) -> Schema:
    """Let each member that may be absent be null: the reader takes nulls out before it looks at shapes."""
    needed = schema.get("required", ())
    members = schema.get("properties", {})
    loose = {name: member if name in needed else _or_null(member) for name, member in members.items()}
    return {**schema, "properties": loose} if members else schema


def _or_null(member: Schema) -> Schema:
    arms = member.get("anyOf", [])
    if _NULL in arms:
        return member
    described: Schema = {name: member[name] for name in ("default", "description") if name in member}
    bare = {name: value for name, value in member.items() if name not in described}
    return {"anyOf": [*(arms or [bare]), _NULL], **described}


def _not_null(member: Schema) -> Schema:
    """A query has no null: an optional parameter is left out."""
    arms = [arm for arm in member.get("anyOf", []) if arm != _NULL]
    rest = {name: value for name, value in member.items() if name not in {"anyOf", "title"}}
    if rest.get("default", "") is None:
        del rest["default"]
    if not arms:
        return rest
    return {**arms[0], **rest} if len(arms) == 1 else {"anyOf": arms, **rest}
