"""Who sits at the terminal: the name that goes with what was imported."""

import getpass
import os


def person_at_terminal() -> str:
    """Return the log-in name, or the user's number where a container gives it no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"
