"""The JSON API under `/v1` (docs/api.md): declared doors, one file a noun, mounted the same way.

`ROOMS` lists the files; each offers `DOORS`. `every_door` is what the routes, the OpenAPI document and the
readable page are made from.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from flask import Blueprint

if TYPE_CHECKING:
    from dialer.web.api.door import Door

ROOMS: Final = (
    "screening",
    "organisations",
    "policy",
    "campaigns",
    "agents",
    "objections",
    "proof",
    "corrections",
    "mark_corrections",
    "records",
    "call_backs",
    "reviews",
    "heard",
    "lines",
    "line_reports",
    "outcomes",
    "lists",
    "own_lines",
    "decisions",
    "reports",
    "registers",
    "register_imports",
    "scrubs",
    "destinations",
    "steering",
    "notices",
    "permits",
    "calls",
    "pausing",
    "prompts",
    "call_noes",
)


@cache
def every_door() -> "tuple[Door, ...]":
    """Return every door of the API, in the order of the rooms."""
    rooms = (import_module(f"{__name__}.{room}") for room in ROOMS)
    return tuple(door for room in rooms for door in room.DOORS.doors)


def blueprint() -> Blueprint:
    """Return the blueprint of the whole API with its description."""
    from dialer.web.api import description
    from dialer.web.api.mounting import mount

    made = Blueprint("api", __name__, template_folder="templates")
    mount(made, every_door())
    description.add_to(made)
    return made
