"""Small real processes for the supervisor's tests: shell scripts that say, fall, stay or leave children."""

import os
import shlex
from pathlib import Path

from dialer.processes.part import Part


def part(name: str, script: str, *, stage: int = 0, ends: bool = False, is_ready=lambda: True) -> Part:
    """A part that runs a shell script."""
    environment = {"PATH": os.environ["PATH"]}
    command = ("/bin/sh", "-c", script)
    return Part(
        name=name, command=command, environment=environment, stage=stage, ends=ends, is_ready=is_ready
    )


def lasting(name: str, file: Path, **rest) -> Part:
    """A part that appends its pid to `file`, then stays until it is told to end."""
    return part(name, f"echo $$ >> {shlex.quote(str(file))}; echo up; exec sleep 600", **rest)


def numbers_in(file: Path) -> list[int]:
    """The pids a part has written down, oldest first."""
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def exists(pid: int) -> bool:
    """Whether a process is there and not merely waiting to be buried."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
