"""The front door for any WSGI server (`app:app`): settings in, Flask application out.

Nothing happens at import; the application is made when `app` is first asked for, once a process.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    app: Flask


@cache
def _made() -> "Flask":
    from dialer.settings import read_settings
    from dialer.web import make_app

    return make_app(read_settings())


def __getattr__(name: str) -> Any:
    if name == "app":
        return _made()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
