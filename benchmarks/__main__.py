"""`make bench`: every benchmark in turn, each a process of its own, so that none warms up another."""

import subprocess
import sys
from pathlib import Path

SLOWEST_SECONDS = 900


def main() -> int:
    """Run them all; returns how many failed."""
    folder = Path(__file__).parent
    names = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    failed = 0
    for name in (n for n in names if n not in {"audit"}):
        print(f"\n== {name}", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}"], check=False, timeout=SLOWEST_SECONDS
        )
        failed += done.returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
