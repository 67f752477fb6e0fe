"""The mutator: each kind of wrong change is made once, keeps the rest of the file, and can be found again."""

from pathlib import Path

import pytest

from benchmarks.mutation.branches import read_coverage
from benchmarks.mutation.explained import read_explained, row
from benchmarks.mutation.finding import audited_files, mutants_of
from benchmarks.mutation.mutant import Edit, Mutant
from benchmarks.mutation.results import Results
from benchmarks.mutation.tree import ROOT
from benchmarks.mutation.trial import Outcome

ENUMS = {"Channel": ["SMS", "EMAIL"]}


def bodies(source: str) -> set[str]:
    return {
        mutant.edit.apply(source.encode()).decode() for mutant in mutants_of("a.py", source.encode(), ENUMS)
    }


@pytest.mark.parametrize(
    ("source", "mutated"),
    [
        ("x = a < 28", {"x = a <= 28", "x = a >= 28", "x = a < 29", "x = a < 27"}),
        ("x = a is not None", {"x = a is None"}),
        ("x = a and b", {"x = a", "x = b", "x = ((a) or (b))"}),
        ("x = not a", {"x = (a)"}),
        ("x = a if b else c", {"x = a if True else c", "x = a if False else c"}),
        ("x = max(a, b)", {"x = min(a, b)"}),
        ("x = timedelta(days=n)", {"x = timedelta(hours=n)"}),
        ("x = Channel.SMS", {"x = Channel.EMAIL"}),
        ("x = {Channel.EMAIL}", {"x = {Channel.SMS}"}),
        ("x = a.strip()", {"x = a"}),
        ("x = a == 'é'", {"x = a != 'é'", "x = a == 'not é'"}),
        ("x = (a, b)", {"x = (a,)", "x = (b,)"}),
        ("x = {'k': a, 'l': b}", {"x = {'k': a}", "x = {'l': b}"}),
        ("x = Rule(name=n, channels=c)", {"x = Rule(name=n)"}),
        (
            "def f() -> bool:\n    return a",
            {"def f() -> bool:\n    return True", "def f() -> bool:\n    return False"},
        ),
        (
            "def f() -> int:\n    '''Doc 1.'''\n    return a",
            {"def f() -> int:\n    '''Doc 1.'''\n    return None"},
        ),
        ("@cache(1)\ndef f(a: Literal['b']): ...", set()),
        ("x: Annotated[int, Field(ge=1)]", {f"x: Annotated[int, Field(ge={n})]" for n in (0, 2)}),
        ("x = ('fact', a)", set()),
        ("raise Bad('1 is bad')", {"pass"}),
    ],
)
def test_a_construct_has_its_mutants(source: str, mutated: set[str]) -> None:
    assert bodies(source) == mutated


def test_a_figure_is_moved_and_its_source_is_not() -> None:
    first, later = "[[cap]]\nfrom = 2003-12-11\nvalue = 28\n", "[[cap]]\nfrom = 2026-02-05\nvalue = 27\n"
    source = f'{first}source = "28 days"\n\n{later}'
    changes = {mutant.change for mutant in mutants_of("a.toml", source.encode(), {})}
    days = {f"from = 2026-02-05 → from = 2026-02-0{day}" for day in (4, 6)}
    moved = {f"value = {old} → value = {new}" for old, new in ((28, 27), (28, 29), (27, 26), (27, 28))}
    assert changes == days | moved


def test_a_change_made_twice_in_one_place_has_two_keys() -> None:
    keys = [mutant.key for mutant in mutants_of("a.py", b"x = [\n    not a,\n    not a,\n]", {})]
    assert len(set(keys)) == len(keys)
    assert ("a.py", "x", "not a, → (a), #2") in keys


def test_every_file_of_the_law_is_audited() -> None:
    names = audited_files(ROOT)
    assert {"dialer/law/uk/pecr_21.py", "dialer/screening/judge.py", "dialer/law/uk/parameters.toml"} <= set(
        names
    )


def test_a_row_of_the_page_is_read_back(tmp_path: Path) -> None:
    key = ("dialer/law/a.py", "f.g", "a < b | c → a <= b | `c`")
    page = tmp_path / "page.md"
    page.write_text(
        f"# Title\n\n| where | change | why |\n| --- | --- | --- |\n{row(key, 'Same.')}\n", "utf-8"
    )
    assert read_explained(page) == {key: "Same."}


def test_an_interrupted_run_goes_on_and_another_state_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    killed, survivor = (Mutant("a.py", "f", change, Edit(0, 1, "")) for change in ("killed", "survivor"))
    first = Results(path, "state 1")
    first.keep(killed, Outcome("test_x", 0.5))
    first.keep(survivor, Outcome(None, 1.5))
    assert set(Results(path, "state 1").found) == {killed.key, survivor.key}
    assert set(Results(path, "state 2", keep_killed=True).found) == {killed.key}
    assert Results(path, "state 3").found == {}


def test_coverage_is_of_the_audited_files_alone() -> None:
    def file(branches: int) -> dict[str, object]:
        figures = {"covered_lines": 8, "num_statements": 8, "covered_branches": branches, "num_branches": 2}
        return {"summary": figures, "missing_lines": [], "missing_branches": [[4, 6]]}

    files = {
        "dialer/law/a.py": file(2),
        "dialer/screening/judge.py": file(1),
        "dialer/screening/b.py": file(0),
    }
    coverage = read_coverage({"files": files})
    assert coverage.per_cent == 95.0
    assert coverage.lacking == ("dialer/screening/judge.py: 4→6",)
