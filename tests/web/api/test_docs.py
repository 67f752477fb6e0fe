"""`docs/api.md` tells every door and its roles, and no other."""

import re
from pathlib import Path

from dialer.web.api import every_door

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")


def test_the_page_tells_every_door_with_its_roles_and_no_other() -> None:
    told = {
        (door, roles)
        for door, roles in re.findall(r"^\| `([A-Z]+ /v1/[^`]*)` \| ([a-z ]+) \|", PAGE, re.MULTILINE)
    }
    there = {(f"{door.method} {door.path}", " ".join(door.roles) or "any") for door in every_door()}
    assert told == there
