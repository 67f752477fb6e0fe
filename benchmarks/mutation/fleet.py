"""Several trials at once, each in its own copy of the project."""

import multiprocessing
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path
from queue import Queue
from typing import Final

from benchmarks.mutation.mutant import Mutant
from benchmarks.mutation.tree import copy_tree
from benchmarks.mutation.trial import Outcome, preload, try_mutant

_trees: Final[list[Path]] = []


def run_trials(snapshot: Path, mutants: Iterable[Mutant], processes: int) -> Iterator[tuple[Mutant, Outcome]]:
    """Yield each mutant's outcome as it comes in; order is not kept."""
    fork = multiprocessing.get_context("fork")
    trees = fork.Queue()
    for number in range(processes):
        trees.put(copy_tree(f"tree-{number}", snapshot))
    preload()
    with fork.Pool(processes, initializer=_take_tree, initargs=(trees,)) as pool:
        yield from pool.imap_unordered(_try, mutants)


def _take_tree(trees: "Queue[Path]") -> None:
    # Ctrl-C is for the parent, which then ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _trees.append(trees.get())


def _try(mutant: Mutant) -> tuple[Mutant, Outcome]:
    return mutant, try_mutant(_trees[0], mutant)


def noticed_without_a_mutant(snapshot: Path) -> str | None:
    """Return the test that fails on the law as it is; then no trial would mean anything."""
    fork = multiprocessing.get_context("fork")
    with fork.Pool(1, initializer=preload) as pool:
        return pool.apply(try_mutant, (snapshot, None)).noticed_by
