"""One trial: spoil one file, fork, judge every imagined case, run the tests, and tell who noticed first.

The fork starts with the libraries loaded and none of the law, so a mutant is imported as any module is, and
half of a trial is the import. A trial takes a third of a second where the tables notice, 1.5 s where nobody.
"""

import os
import resource
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.mutation.mutant import Mutant

_CPU_SECONDS: Final = 60
_WALL_SECONDS: Final = 300
_MEMORY_BYTES: Final = 4 << 30
# The tables come first, on their own. The page of the law is written from the code, so it proves nothing.
# What draws its cases at random is left out: a survivor today must be one tomorrow.
_LEFT_OUT: Final = frozenset(
    {
        "test_cases.py",
        "test_fresh_reading.py",
        "test_law_page.py",
        "test_properties.py",
        "test_second_reading.py",
    }
)
_SCREENING: Final = ("test_judge.py", "test_explain.py", "test_what_if.py")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`noticed_by` names the first test that failed, None if the mutant survived."""

    noticed_by: str | None
    seconds: float


def preload() -> None:
    """Load what no mutant touches, once, before the first fork."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("RINGFENCE_SHARED", None)
    import holidays  # noqa: F401
    import pydantic  # noqa: F401
    import pytest  # noqa: F401

    from dialer.calls import campaign, organisation  # noqa: F401
    from dialer.calls.numbers import read_number

    read_number("020 7946 0123")


def try_mutant(tree: Path, mutant: Mutant | None) -> Outcome:
    """Return what became of a mutant; None is the law as it is, which nobody may notice."""
    started = time.monotonic()
    if mutant is None:
        return Outcome(_in_a_fork(tree), time.monotonic() - started)
    path = tree / mutant.file
    original, stat = path.read_bytes(), path.stat()
    path.write_bytes(mutant.edit.apply(original))
    try:
        return Outcome(_in_a_fork(tree), time.monotonic() - started)
    finally:
        path.write_bytes(original)
        # Compiled files are told by time and size: the old one is good again.
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _in_a_fork(tree: Path) -> str | None:
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        try:
            noticed = _judge_and_test(tree)
        except BaseException as failure:  # noqa: BLE001 — whatever a mutant raises is noticed
            noticed = f"import: {type(failure).__name__}"
        os.write(theirs, (noticed or "").encode()[:1000])
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as told:
        text = told.read().decode("utf-8", "replace")
    _, status = os.waitpid(child, 0)
    return "time or memory" if status else text or None


def _judge_and_test(tree: Path) -> str | None:
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    signal.alarm(_WALL_SECONDS)
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    os.chdir(tree)
    sys.path.insert(0, str(tree))
    sys.dont_write_bytecode = True
    for package in ("dialer", "dialer.calls"):
        sys.modules[package].__path__[:] = [str(tree / package.replace(".", "/"))]
    return _noticed_by_tables() or _noticed_by_tests(tree)


def _noticed_by_tables() -> str | None:
    from tests.law import test_cases, test_fresh_reading  # type: ignore[import-not-found,unused-ignore]

    tables = (
        ("cases", test_cases.rows(), test_cases.test_a_row_of_the_table_is_judged_as_it_says),
        (
            "fresh_reading",
            test_fresh_reading.rows(),
            test_fresh_reading.test_a_case_is_judged_as_the_text_says,
        ),
    )
    for name, rows, check in tables:
        for row in rows:
            try:
                check(row.values[0])
            except Exception:  # noqa: BLE001 — whatever a mutant raises is noticed
                return f"{name}/{row.id}"
    return None


def _noticed_by_tests(tree: Path) -> str | None:
    import pytest

    class Watch:
        failed: str | None = None

        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            if report.failed:
                self.failed = self.failed or report.nodeid

    watch = Watch()
    options = ["-x", "-q", "--assert=plain", "--noconftest", "-p", "no:cacheprovider"]
    code = pytest.main([*options, *tests_of(tree)], plugins=[watch])
    return None if code == 0 else watch.failed or f"collection ({int(code)})"


def tests_of(tree: Path) -> list[str]:
    """Return the test files a trial runs, those of the law and the judge that need no server."""
    law = sorted((tree / "tests" / "law").glob("test_*.py"))
    screening = tree / "tests" / "screening"
    pure = [screening / name for name in _SCREENING if (screening / name).exists()]
    found = [*law, *pure, *sorted(screening.glob("test_*_edges.py"))]
    return [str(path.relative_to(tree)) for path in found if path.name not in _LEFT_OUT]
