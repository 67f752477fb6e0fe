"""The page of survivors: which mutants no test can or need notice, and why."""

import html
from pathlib import Path
from typing import Final

from benchmarks.mutation.results import Key
from benchmarks.mutation.tree import ROOT

PAGE: Final = ROOT / "docs" / "mutation.md"
_HEAD: Final = "| where | change | why |"


def read_explained(path: Path = PAGE) -> dict[Key, str]:
    """Return the reason of each mutant on the page; a file and place stand together as `file:place`."""
    if not path.exists():
        return {}
    found: dict[Key, str] = {}
    is_table = False
    for line in path.read_text("utf-8").splitlines():
        is_table = line == _HEAD or (is_table and line.startswith("|"))
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if is_table and len(cells) == 3 and cells[0].startswith("`"):
            file, _, place = cells[0].strip("`").partition(":")
            change = html.unescape(cells[1].removeprefix("<code>").removesuffix("</code>"))
            found[f"dialer/{file}", place, change] = cells[2]
    return found


def row(key: Key, why: str) -> str:
    """Return the page's line for one mutant."""
    file, place, change = key
    shown = html.escape(change, quote=False).replace("|", "&#124;")
    return f"| `{file.removeprefix('dialer/')}:{place}` | <code>{shown}</code> | {why} |"
