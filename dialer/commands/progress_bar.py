"""A progress bar on a terminal for what takes more than a second; silent anywhere else."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from dialer.clock import monotonic_seconds

Progress = Callable[[str, int, int], None]

SHOWN_AFTER_SECONDS: Final = 1.0


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Yield what is told `stage, done, total` as often as one likes; the bar stands on stderr."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskID,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    tasks: dict[str, TaskID] = {}
    begun = monotonic_seconds()

    def show(stage: str, done: int, total: int) -> None:
        if monotonic_seconds() - begun < SHOWN_AFTER_SECONDS:
            return
        if not tasks:
            bar.start()
        if stage not in tasks:
            tasks[stage] = bar.add_task(stage, total=total)
        bar.update(tasks[stage], completed=done, total=total)

    try:
        yield show
    finally:
        bar.stop()


def _silent(stage: str, done: int, total: int) -> None:
    """Take no notice: nobody is looking."""
