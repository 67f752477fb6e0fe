"""What a run has found so far, one line a mutant, kept so that an interrupted run goes on where it was."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mutation.mutant import Mutant
from benchmarks.mutation.trial import Outcome

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """One mutant's key and what became of it."""

    key: Key
    outcome: Outcome

    @property
    def survived(self) -> bool:
        """Say whether no test noticed."""
        return self.outcome.noticed_by is None


class Results:
    """The results of one state of the law and its tests.

    Those of another state are forgotten; with `keep_killed` only its survivors are, for whoever is writing
    the tests that kill them. `kept` counts what was taken over so.
    """

    def __init__(self, path: Path, stamp: str, *, keep_killed: bool = False) -> None:
        self._path = path
        self.found: dict[Key, Result] = {}
        self.kept = 0
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        is_same = lines[:1] == [stamp]
        for result in map(_read, lines[1:] if is_same or keep_killed else []):
            if is_same or not result.survived:
                self.found[result.key] = result
                self.kept += not is_same
        if not is_same:
            path.parent.mkdir(parents=True, exist_ok=True)
            kept = [_written(result) for result in self.found.values()]
            path.write_text("".join(f"{line}\n" for line in (stamp, *kept)), "utf-8")

    def keep(self, mutant: Mutant, outcome: Outcome) -> None:
        """Write one result down at once."""
        result = self.found[mutant.key] = Result(mutant.key, outcome)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(_written(result) + "\n")

    def of(self, mutants: Iterable[Mutant]) -> list[Result]:
        """Return the results there are of these mutants."""
        return [self.found[mutant.key] for mutant in mutants if mutant.key in self.found]


def _written(result: Result) -> str:
    outcome = result.outcome
    return json.dumps([*result.key, outcome.noticed_by, round(outcome.seconds, 2)], ensure_ascii=False)


def _read(line: str) -> Result:
    file, place, change, noticed_by, seconds = json.loads(line)
    return Result((file, place, change), Outcome(noticed_by, seconds))
