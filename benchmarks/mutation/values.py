"""Wrong values: a figure off by one, yes for no, another channel, code or phase, a unit of another size."""

import ast
from collections.abc import Iterator
from typing import Final

from benchmarks.mutation.mutant import Edit, Page

_UNITS: Final = {"days": "hours", "hours": "minutes", "minutes": "hours", "seconds": "minutes"}
_ARITHMETIC: Final = {ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "+"), ast.Mod: ("%", "+")}
_CLEANING: Final = frozenset({"strip", "casefold"})


def constants(node: ast.AST, page: Page) -> Iterator[Edit]:
    """Move each number by one either way, and turn each yes and no."""
    if not isinstance(node, ast.Constant):
        return
    if isinstance(node.value, bool):
        yield page.put(node, str(not node.value))
    elif isinstance(node.value, int):
        yield page.put(node, str(node.value + 1))
        yield page.put(node, str(node.value - 1))


def words(node: ast.AST, page: Page) -> Iterator[Edit]:
    """Change each word that something is compared with."""
    if isinstance(node, ast.Compare):
        terms = [node.left, *node.comparators]
        listed = [item for term in terms if isinstance(term, ast.Tuple) for item in term.elts]
        for term in (*terms, *listed):
            if isinstance(term, ast.Constant) and isinstance(term.value, str):
                yield page.put(term, repr(f"not {term.value}"))


def members(node: ast.AST, page: Page) -> Iterator[Edit]:
    """Take the next member of the same enumeration."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        names = page.enums.get(node.value.id, ())
        if node.attr in names:
            after = names[(names.index(node.attr) + 1) % len(names)]
            yield page.put(node, f"{node.value.id}.{after}")


def units(node: ast.AST, page: Page) -> Iterator[Edit]:
    """Take a smaller or larger unit of time."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "timedelta":
        for keyword in node.keywords:
            if keyword.arg in _UNITS:
                yield page.put(keyword, f"{_UNITS[keyword.arg]}={page.text(keyword.value)}")


def arithmetic(node: ast.AST, page: Page) -> Iterator[Edit]:
    """Take away what is added, and the other way round."""
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        old, new = _ARITHMETIC[type(node.op)]
        yield page.between(node.left, node.right, old, new)


def cleaning(node: ast.AST, page: Page) -> Iterator[Edit]:
    """Compare texts as they come, with their spaces and capitals."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CLEANING:
        yield page.put(node, page.text(node.func.value))
