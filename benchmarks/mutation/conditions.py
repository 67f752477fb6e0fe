"""Wrong conditions: a boundary off by one, a test turned round, a limb left out, a branch never taken."""

import ast
from collections.abc import Iterator
from typing import Final

from benchmarks.mutation.mutant import Edit, Page

# The neighbour across the boundary, and the opposite.
_OTHERS: Final = {
    ast.Lt: ("<", ("<=", ">=")),
    ast.LtE: ("<=", ("<", ">")),
    ast.Gt: (">", (">=", "<=")),
    ast.GtE: (">=", (">", "<")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
}
_SWAPPED: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}


def comparisons(node: ast.AST, page: Page) -> Iterator[Edit]:
    """Move or turn each comparison of a chain."""
    if isinstance(node, ast.Compare):
        terms = [node.left, *node.comparators]
        for index, operator in enumerate(node.ops):
            old, others = _OTHERS[type(operator)]
            for new in others:
                yield page.between(terms[index], terms[index + 1], old, new)


def limbs(node: ast.AST, page: Page) -> Iterator[Edit]:
    """Leave out each limb of an `and` or an `or`, and take one word for the other."""
    if isinstance(node, ast.BoolOp):
        yield from page.drops(node.values)
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        terms = [f"({page.text(value)})" for value in node.values]
        yield page.put(node, f"({f' {new} '.join(terms)})")
        assert old != new


def negations(node: ast.AST, page: Page) -> Iterator[Edit]:
    """Take the `not` away."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield page.put(node, f"({page.text(node.operand)})")


def branches(node: ast.AST, page: Page) -> Iterator[Edit]:
    """Take one branch always, or never; keep what a comprehension leaves out."""
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield page.put(node.test, "True")
        yield page.put(node.test, "False")
    if isinstance(node, ast.comprehension):
        for condition in node.ifs:
            yield page.put(condition, "True")


def choices(node: ast.AST, page: Page) -> Iterator[Edit]:
    """Take the largest for the smallest and one for all, and the other way round."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SWAPPED:
        yield page.put(node.func, _SWAPPED[node.func.id])
