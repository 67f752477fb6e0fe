"""Wrong shapes: a member left out, a rule unlisted, a keyword lost, nothing given back, a step skipped."""

import ast
from collections.abc import Iterator
from typing import Final

from benchmarks.mutation.mutant import Edit, Page

# Calls whose keywords say where a rule applies or how a choice is made; elsewhere one forgotten is an error.
_TELLING: Final = frozenset({"Rule", "opens", "sorted", "max", "min", "field", "Opening", "Day"})


def collections(node: ast.AST, page: Page) -> Iterator[Edit]:
    """Leave out one element of a tuple, list, set or dict; facts shown to people are left alone."""
    is_target = isinstance(getattr(node, "ctx", None), ast.Store)
    if isinstance(node, ast.Tuple | ast.List | ast.Set) and not is_target and not _is_of_facts(node):
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            yield from (page.put(node, f"({page.text(kept)},)") for kept in node.elts)
        else:
            yield from page.drops(node.elts)
    if isinstance(node, ast.Dict) and all(node.keys):
        for index, value in enumerate(node.values[:-1]):
            key, after = node.keys[index], node.keys[index + 1]
            assert key is not None and after is not None and value is not None
            yield Edit(page.span(key)[0], page.span(after)[0], "")
        if len(node.values) > 1 and node.keys[-1] is not None:
            yield Edit(page.span(node.values[-2])[1], page.span(node.values[-1])[1], "")


def _is_of_facts(node: ast.Tuple | ast.List | ast.Set) -> bool:
    def names_a_fact(item: ast.expr) -> bool:
        return isinstance(item, ast.Constant | ast.JoinedStr) and not isinstance(
            getattr(item, "value", ""), int
        )

    inner = [item for item in node.elts if isinstance(item, ast.Tuple) and item.elts]
    is_pair = len(node.elts) == 2 and names_a_fact(node.elts[0]) and not names_a_fact(node.elts[1])
    return is_pair or (bool(inner) and all(names_a_fact(item.elts[0]) for item in inner))


def keywords(node: ast.AST, page: Page) -> Iterator[Edit]:
    """Forget one keyword that has a default."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _TELLING:
        for keyword in node.keywords:
            start, end = page.span(keyword)
            comma = page.source[end : end + 1] == b","
            if keyword.arg is not None and not comma:
                start = page.source.rfind(b",", 0, start)
            if keyword.arg not in (None, "name", "uses") and start > page.span(node.func)[1]:
                yield Edit(start, end + comma, "")


def answers(node: ast.AST, page: Page, returns: str) -> Iterator[Edit]:
    """Give back yes, no, nothing or None instead; `returns` is what the function says it returns."""
    if isinstance(node, ast.Return) and node.value is not None:
        if returns == "bool":
            yield page.put(node.value, "True")
            yield page.put(node.value, "False")
        elif returns.startswith("tuple"):
            yield page.put(node.value, "()")
        else:
            yield page.put(node.value, "None")


def steps(node: ast.AST, page: Page) -> Iterator[Edit]:
    """Leave out a step: a call, a yield, a sum, a jump, a complaint."""
    is_step = isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)
    if is_step or isinstance(node, ast.AugAssign | ast.Continue | ast.Raise):
        yield page.put(node, "pass")
