"""Copies of the project to spoil: the working tree stays as it is, and may change meanwhile."""

import compileall
import hashlib
import shutil
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
BUILD: Final = ROOT / "build" / "audit"
# The project's own settings want plugins that a trial goes without.
_PYTEST: Final = """[pytest]
markers =
  soak
  interop
addopts = -m "not soak and not interop"
filterwarnings = error
"""
_PARTS: Final = ("dialer", "tests", "docs")
JUDGED: Final = ("dialer/law", "dialer/screening", "dialer/calls", "tests/law", "tests/screening")


def copy_tree(name: str, source: Path = ROOT) -> Path:
    """Return a fresh copy with everything compiled, so that a trial only compiles what is spoiled."""
    tree = BUILD / name
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    for part in _PARTS:
        shutil.copytree(source / part, tree / part, ignore=shutil.ignore_patterns("__pycache__", "sounds"))
    (tree / "pytest.ini").write_text(_PYTEST, "utf-8")
    compileall.compile_dir(tree, quiet=2)
    return tree


def stamp(tree: Path) -> str:
    """Return a hash of all that decides a trial's outcome; a resumed run must have the same."""
    digest = hashlib.sha256()
    for part in JUDGED:
        for path in sorted((tree / part).rglob("*")):
            if path.suffix in (".py", ".toml", ".jsonl"):
                digest.update(str(path.relative_to(tree)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
