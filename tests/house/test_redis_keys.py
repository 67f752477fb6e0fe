"""The table of key names in the docs and the functions that make them are the same list."""

import re
from pathlib import Path

from dialer.store import keys, recording_keys, register_keys

ROOT = Path(__file__).parents[2]
FILES = [Path(module.__file__) for module in (keys, recording_keys, register_keys)]


def names_in_code() -> set[str]:
    source = "".join(path.read_text(encoding="utf-8") for path in FILES)
    return {re.sub(r"\{[^}]+\}", "…", name) for name in re.findall(r'f?"(rf:[^"]*)"', source)} - {"rf:"}


def names_in_docs() -> set[str]:
    table = (ROOT / "docs" / "redis-keys.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `(rf:[^`]*)`", table, flags=re.MULTILINE))


def test_every_key_in_the_code_is_in_the_table_and_the_other_way_round() -> None:
    assert names_in_code() == names_in_docs()


def test_no_other_module_writes_a_key_name() -> None:
    rooms = [path for folder in ("dialer", "workers") for path in (ROOT / folder).rglob("*.py")]
    # RQ makes its own names behind one prefix, which the bell gives it.
    written = re.compile(r"[\"']rf:(?!rq)[a-z]")
    guilty = [p.name for p in rooms if p not in FILES and written.search(p.read_text("utf-8"))]
    assert guilty == []
