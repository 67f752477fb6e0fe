"""The project's own source files, parsed once, for the tests that check the layout."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("dialer", "workers")
ALL = (*CODE, "tests", "benchmarks")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file; `name` is its path inside the project, which is what a failure shows."""

    name: str
    text: str
    tree: ast.Module

    def functions(self) -> Iterator[Function]:
        """All functions and methods, inner ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def imports(self) -> Iterator[str]:
        """Full dotted names of all that is imported, wherever in the file it is done."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """The Python files under `folders` of the project, and its `app.py` with the code."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    if CODE[0] in folders:
        paths.append(ROOT / "app.py")
    return tuple(
        Source(str(path.relative_to(ROOT)), text, ast.parse(text))
        for path in paths
        for text in [path.read_text(encoding="utf-8")]
    )


def length(node: ast.AST) -> int:
    """Lines of a definition, its decorators not counted."""
    return (getattr(node, "end_lineno", 0) or 0) - getattr(node, "lineno", 0) + 1
