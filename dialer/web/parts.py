"""The parts the running app was made with, for every door."""

from flask import current_app

from dialer.wiring import Parts


def parts_of_app() -> Parts:
    """Return the parts of this process."""
    parts: Parts = current_app.extensions["ringfence"]
    return parts
