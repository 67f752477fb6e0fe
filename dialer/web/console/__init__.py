"""The console: what supervisors see, drawn on the server; every page works without JavaScript."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Blueprint


def blueprint() -> "Blueprint":
    """Return the console's blueprint, fresh for one app."""
    from dialer.web.console.routes import console

    return console()
