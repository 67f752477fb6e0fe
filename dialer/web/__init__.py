"""The doors: HTTP in, HTTP out, no decisions.

`make_app` builds the one Flask app of a process from its parts; a door is a blueprint, and the list of them
stands in `_BLUEPRINTS` alone.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from flask import Flask

    from dialer.settings import Settings
    from dialer.wiring import Parts

# Each names a function of no arguments that returns a blueprint; a room joins the app by a line here.
_BLUEPRINTS: Final = (
    "dialer.web.health:blueprint",
    "dialer.web.metrics:blueprint",
    "dialer.web.api:blueprint",
    "dialer.web.twilio:blueprint",
    "dialer.web.console:blueprint",
    "dialer.web.public:blueprint",
)
# Whatever a door allows itself; no body is larger than an uploaded register (its own door says so).
_MAX_BODY_BYTES: Final = 1024 * 1024


def make_app(settings: "Settings", *, parts: "Parts | None" = None) -> "Flask":
    """Return the app with all its doors; `parts` None wires the parts that the settings name.

    Templates belong to their blueprints. Nothing answers with a redirect because of a slash.
    """
    from dialer.web import problems
    from dialer.wiring import wire

    app = problems.App(__name__)
    app.config["MAX_CONTENT_LENGTH"] = _MAX_BODY_BYTES
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.extensions["ringfence"] = parts if parts is not None else wire(settings)
    problems.register(app)
    for place in _BLUEPRINTS:
        module, _, name = place.partition(":")
        app.register_blueprint(getattr(import_module(module), name)())
    return app
