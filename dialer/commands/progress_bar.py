"""A progress bar with rate and time left, on a terminal, for what takes more than a second; else silent."""

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

    columns = (
        TextColumn("{task.description:10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    tasks: dict[str, TaskID] = {}
    begun = monotonic_seconds()
    stages: dict[str, float] = {}

    def show(stage: str, done: int, total: int) -> None:
        now = monotonic_seconds()
        since = now - stages.setdefault(stage, now)
        if now - begun < SHOWN_AFTER_SECONDS:
            return
        if not tasks:
            bar.start()
        if stage not in tasks:
            tasks[stage] = bar.add_task(stage, total=total, rate="")
        rate = f"{done / since:,.0f}/s" if since else ""
        bar.update(tasks[stage], completed=done, total=total, rate=rate)

    try:
        yield show
    finally:
        bar.stop()


def _silent(stage: str, done: int, total: int) -> None:
    """Take no notice: nobody is looking."""
