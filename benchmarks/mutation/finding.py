"""Every mutant of the rules, the judge and the figures, in the order of the files."""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.mutation import conditions, shapes, values
from benchmarks.mutation.figures import figure_edits
from benchmarks.mutation.mutant import Edit, Mutant, Page, change_of

_OPERATORS: Final = (
    conditions.comparisons,
    conditions.limbs,
    conditions.negations,
    conditions.branches,
    conditions.choices,
    values.constants,
    values.words,
    values.members,
    values.units,
    values.arithmetic,
    values.cleaning,
    shapes.collections,
    shapes.keywords,
    shapes.steps,
)
_FIGURES: Final = ("dialer/law/house_parameters.toml", "dialer/law/uk/parameters.toml")


def audited_files(root: Path) -> list[str]:
    """Return what is mutated: the law's code and figures, and the judge."""
    code = sorted(str(path.relative_to(root)) for path in (root / "dialer" / "law").rglob("*.py"))
    return [*code, "dialer/screening/judge.py", *_FIGURES]


def all_mutants(root: Path) -> list[Mutant]:
    """Return the mutants of every audited file; none twice, none that does not compile."""
    enums = _enums(root)
    return [
        mutant
        for name in audited_files(root)
        for mutant in mutants_of(name, (root / name).read_bytes(), enums)
    ]


def mutants_of(name: str, source: bytes, enums: Mapping[str, Sequence[str]]) -> list[Mutant]:
    """Return the mutants of one file. A change made twice in one place is numbered from the second on."""
    if is_code := name.endswith(".py"):
        page = Page(source, enums)
        edits = _edits(page.tree, page, "", "")
    else:
        edits = figure_edits(source)
    made: dict[bytes, Mutant] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for place, edit in edits:
        result = edit.apply(source)
        if result in made or result == source or (is_code and not _compiles(result)):
            continue
        change = change_of(source, edit)
        seen[place, change] += 1
        count = seen[place, change]
        made[result] = Mutant(name, place, change if count == 1 else f"{change} #{count}", edit)
    return list(made.values())


def _enums(root: Path) -> dict[str, list[str]]:
    """Return the members of every enumeration, read without importing: a trial must be the first to."""
    found = {}
    for folder in ("calls", "law", "screening"):
        for path in (root / "dialer" / folder).rglob("*.py"):
            for node in ast.parse(path.read_bytes()).body:
                if isinstance(node, ast.ClassDef) and any("Enum" in ast.unparse(base) for base in node.bases):
                    members = [item.targets[0] for item in node.body if isinstance(item, ast.Assign)]
                    found[node.name] = [ast.unparse(member) for member in members]
    return found


def _compiles(source: bytes) -> bool:
    try:
        compile(source, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def _edits(node: ast.AST, page: Page, place: str, returns: str) -> Iterator[tuple[str, Edit]]:
    """Walk the syntax; types, decorators, texts in f-strings and complaints' words are left alone."""
    if isinstance(node, ast.FunctionDef):
        place, returns = f"{place}.{node.name}".lstrip("."), page.text(node.returns) if node.returns else ""
    elif isinstance(node, ast.ClassDef):
        place = node.name
    elif not place and isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        place = page.text(target)
    elif isinstance(node, ast.Call) and place == "RULES" and page.text(node.func) == "Rule":
        place = next(str(ast.literal_eval(k.value)) for k in node.keywords if k.arg == "name")
    for operator in _OPERATORS:
        for edit in operator(node, page):
            yield place, edit
    for edit in shapes.answers(node, page, returns):
        yield place, edit
    for child in _inside(node):
        yield from _edits(child, page, place, returns)


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Raise | ast.JoinedStr | ast.Import | ast.ImportFrom) or _names_a_type(node):
        return
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_comment", "bases"):
            # Bounds of a value may stand in its type: `Field(ge=1)`.
            yield from (part for part in _parts(value) for part in _bounds(part))
        else:
            yield from _parts(value)


def _names_a_type(node: ast.AST) -> bool:
    return isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias"


def _parts(value: object) -> Iterator[ast.AST]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, ast.AST):
            yield item


def _bounds(node: ast.AST) -> Iterator[ast.AST]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == "Field":
            yield inner
