"""Runs a supervisor as a process of its own, as `ringfence up` is, for tests that kill it.

python -m tests.processes.supervised FILE [FILE …]    one lasting part a file, each a stage later
"""

import signal
import subprocess
import sys
from pathlib import Path

from dialer.processes.log_lines import LogLines
from dialer.processes.supervisor import Supervisor
from tests.processes.parts import lasting, part


def start(*files: Path) -> "subprocess.Popen[str]":
    """Start this module with one part for each file."""
    command = [sys.executable, "-m", "tests.processes.supervised", *map(str, files)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, process_group=0)


def main() -> None:
    """Supervise a part a file; one named `deaf…` ignores TERM and has a child that does too."""
    log = LogLines()
    parts = []
    for stage, file in enumerate(map(Path, sys.argv[1:])):
        if file.name.startswith("deaf"):
            stay = "while true; do sleep 0.1; done"
            child = f"(echo $(exec sh -c 'echo $PPID') >> {file}; {stay})"
            script = f"trap '' TERM; echo $$ >> {file}; {child} & {stay}"
            parts.append(part(file.name, script, stage=stage))
        else:
            parts.append(lasting(file.name, file, stage=stage))
    Supervisor(parts, say=log.write).run(on_ready=lambda: log.write("ringfence", "ready"))
    signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    main()
