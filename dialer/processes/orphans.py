"""Keeps children from outliving their parent, also when the parent is killed and cannot say goodbye.

Linux sends a signal at the parent's death (`PR_SET_PDEATHSIG`); it is tied to the thread that made the child,
so the supervisor makes its children in its main thread. Elsewhere the watchdog does this work alone.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def ends_with(parent_pid: int) -> Callable[[], None]:
    """Return what a new child runs first, to be sent SIGTERM at the death of the process `parent_pid`.

    The library is opened here, before the fork: a child may not take the loader's locks.
    """
    if not sys.platform.startswith("linux"):
        return _nothing
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        # The parent may have died before the request: then nobody would ever send the signal.
        if os.getppid() != parent_pid:
            os.kill(os.getpid(), signal.SIGTERM)

    return ask


def _nothing() -> None:
    """Leave it to the watchdog."""
