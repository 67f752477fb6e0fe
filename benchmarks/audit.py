"""`make audit`: branch coverage of the law and the judge, and a mutation run over them.

Every survivor must be on docs/mutation.md with its reason, every line there must still be a survivor, and
no branch may be left out; else exit 1. An interrupted run goes on where it was, as long as neither the law
nor its tests have changed. The order is shuffled, so a part of a run is a fair sample of the whole.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.mutation.branches import Coverage, measure
from benchmarks.mutation.explained import read_explained, row
from benchmarks.mutation.finding import all_mutants
from benchmarks.mutation.fleet import noticed_without_a_mutant, run_trials
from benchmarks.mutation.mutant import Mutant
from benchmarks.mutation.results import Key, Results
from benchmarks.mutation.tree import BUILD, JUDGED, ROOT, copy_tree, stamp

_LINE_EVERY_SECONDS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a run found: `unexplained` survivors are not on the page, `outdated` lines of it need not be.

    `commit` ends in + where law or tests differ from it; `is_whole`: all that was chosen was tried.
    """

    commit: str
    mutants: int
    tried: int
    is_whole: bool
    kept: int
    survivors: int
    unexplained: tuple[Key, ...]
    outdated: tuple[Key, ...]
    coverage: Coverage | None

    @property
    def passed(self) -> bool:
        """Say whether the audit holds for what was tried."""
        is_covered = self.coverage is None or not self.coverage.lacking
        return self.is_whole and is_covered and not self.unexplained and not self.outdated

    def figures(self) -> dict[str, object]:
        """Return the figures for benchmarks/results.md."""
        return {
            "mutants": self.mutants,
            "tried": self.tried,
            "kept_from_earlier_tests": self.kept,
            "killed": self.tried - self.survivors,
            "survivors": self.survivors,
            "unexplained": len(self.unexplained),
            "outdated_explanations": len(self.outdated),
            "branch_coverage_percent": round(self.coverage.per_cent, 2) if self.coverage else None,
            "commit": self.commit,
            "date": date.today().isoformat(),
        }


def main() -> int:
    """Run the audit; returns 1 where the bar is missed, 2 where there is nothing to measure."""
    options = _options()
    snapshot, commit = copy_tree("snapshot"), _commit()
    coverage = None if options.no_coverage else measure(BUILD / "coverage.json")
    if failing := noticed_without_a_mutant(snapshot):
        print(f"audit: {failing} fails without any mutant; mend that first", file=sys.stderr)
        return 2
    known = all_mutants(snapshot)
    chosen = _choose(known, options.sample, options.seed, options.only)
    results = Results(BUILD / "results.jsonl", stamp(snapshot), keep_killed=options.keep_killed)
    try:
        _try_all(snapshot, chosen, results, options.processes)
    except KeyboardInterrupt:
        print("\naudit: stopped; the same command goes on from here", file=sys.stderr)
    findings = _compare(known, chosen, results, coverage, commit)
    _tell(findings, as_json=options.json)
    return 0 if findings.passed else 1


def _commit() -> str:
    head = ["git", "rev-parse", "--short", "HEAD"]
    changed = ["git", "status", "--porcelain", "--", *JUDGED]
    told = [
        subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True).stdout.strip()
        for command in (head, changed)
    ]
    return told[0] + ("+" if told[1] else "")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.audit", description="Audit the law's tests.")
    parser.add_argument("--sample", type=int, metavar="N", help="try only N mutants, chosen at random")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="which N, and in which order")
    parser.add_argument("--only", metavar="TEXT", help="only mutants of files whose path contains TEXT")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, metavar="P")
    parser.add_argument(
        "--keep-killed", action="store_true", help="after a change of tests, try only the survivors again"
    )
    parser.add_argument("--no-coverage", action="store_true", help="leave out the coverage")
    parser.add_argument("--json", action="store_true", help="print the figures and survivors as JSON")
    return parser.parse_args()


def _choose(known: Sequence[Mutant], sample: int | None, seed: int, only: str | None) -> list[Mutant]:
    wanted = [mutant for mutant in known if only is None or only in mutant.file]
    random.Random(seed).shuffle(wanted)
    return wanted[:sample]


def _try_all(snapshot: Path, chosen: list[Mutant], results: Results, processes: int) -> None:
    waiting = [mutant for mutant in chosen if mutant.key not in results.found]
    done, survivors = len(chosen) - len(waiting), sum(result.survived for result in results.of(chosen))
    started = told = time.monotonic()
    for count, (mutant, outcome) in enumerate(run_trials(snapshot, waiting, processes), start=1):
        results.keep(mutant, outcome)
        survivors += outcome.noticed_by is None
        now = time.monotonic()
        if sys.stderr.isatty() or now - told > _LINE_EVERY_SECONDS:
            told = now
            left = (now - started) / count * (len(waiting) - count)
            line = f"{done + count}/{len(chosen)} mutants, {survivors} survive, {left / 60:.0f} min to go"
            print(line, end="\r" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)


def _compare(
    known: Sequence[Mutant],
    chosen: Sequence[Mutant],
    results: Results,
    coverage: Coverage | None,
    commit: str,
) -> Findings:
    explained = read_explained()
    tried = results.of(chosen)
    survivors = {result.key for result in tried if result.survived}
    killed = {result.key for result in tried if not result.survived}
    gone = set(explained) - {mutant.key for mutant in known}
    return Findings(
        commit=commit,
        mutants=len(known),
        tried=len(tried),
        is_whole=len(tried) == len(chosen),
        kept=results.kept,
        survivors=len(survivors),
        unexplained=tuple(sorted(survivors - set(explained))),
        outdated=tuple(sorted((set(explained) & killed) | gone)),
        coverage=coverage,
    )


def _tell(findings: Findings, *, as_json: bool) -> None:
    if as_json:
        told = {"unexplained_keys": findings.unexplained, "outdated_keys": findings.outdated}
        print(json.dumps({**findings.figures(), **told}, ensure_ascii=False))
        return
    print(json.dumps(findings.figures()))
    for key in findings.unexplained:
        print(f"survives, not explained: {row(key, '')}")
    for key in findings.outdated:
        print(f"explained, but killed or gone: {row(key, '')}")
    for line in findings.coverage.lacking if findings.coverage else ():
        print(f"not covered: {line}")


if __name__ == "__main__":
    sys.exit(main())
