"""Branch coverage of the law and the judge by the tests that a mutation run uses."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.mutation.tree import ROOT
from benchmarks.mutation.trial import tests_of

_SOURCES: Final = "dialer.law,dialer.screening"
_AUDITED: Final = ("dialer/law/", "dialer/screening/judge.py")
_LIMIT_SECONDS: Final = 600


@dataclass(frozen=True, slots=True)
class Coverage:
    """Lines and branches together, in per cent, and the files that lack some."""

    per_cent: float
    lacking: tuple[str, ...]


def measure(report: Path) -> Coverage:
    """Run the tests of the law and the judge under coverage; raises RuntimeError if they fail."""
    data = report.with_suffix(".data")
    run = [sys.executable, "-m", "coverage", "run", "--branch", f"--source={_SOURCES}", f"--data-file={data}"]
    test = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/law/test_cases.py", *tests_of(ROOT)]
    made = [sys.executable, "-m", "coverage", "json", f"--data-file={data}", "-o", str(report), "-q"]
    alone = {name: value for name, value in os.environ.items() if name != "RINGFENCE_SHARED"}
    for command in ([*run, *test], made):
        done = subprocess.run(
            command, cwd=ROOT, env=alone, check=False, capture_output=True, text=True, timeout=_LIMIT_SECONDS
        )
        if done.returncode:
            raise RuntimeError(
                f"the tests fail before any mutant:\n{done.stdout[-2000:]}{done.stderr[-500:]}"
            )
    return read_coverage(json.loads(report.read_text("utf-8")))


def read_coverage(report: dict[str, object]) -> Coverage:
    """Return the audited files' part of a coverage report."""
    files = report["files"]
    assert isinstance(files, dict)
    got = wanted = 0
    lacking = []
    for name, file in sorted(files.items()):
        if name.startswith(_AUDITED):
            figures = file["summary"]
            covered = figures["covered_lines"] + figures["covered_branches"]
            all_there = figures["num_statements"] + figures["num_branches"]
            got, wanted = got + covered, wanted + all_there
            if covered < all_there:
                lines = [*file["missing_lines"], *(f"{a}→{b}" for a, b in file["missing_branches"])]
                lacking.append(f"{name}: {', '.join(str(line) for line in lines)}")
    return Coverage(100 * got / wanted if wanted else 0.0, tuple(lacking))
