"""`python -m workers PART`: one part of an installation, without the command line."""

import sys
from collections.abc import Callable
from functools import partial
from typing import Final

from dialer.settings import Settings, read_settings
from workers.queues import QUEUES, run_worker
from workers.timetable import run_timetable

PARTS: Final[dict[str, Callable[[Settings], None]]] = {
    **{part: partial(run_worker, part=part) for part in QUEUES},
    "timetable": run_timetable,
}


def main(arguments: list[str]) -> int:
    """Run the part that is named; returns the exit status."""
    if len(arguments) != 1 or arguments[0] not in PARTS:
        print(f"usage: python -m workers {'|'.join(PARTS)}", file=sys.stderr)
        return 2
    PARTS[arguments[0]](read_settings())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
