"""Pages for anybody: no log-in, no cookie, no JavaScript."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Blueprint


def blueprint() -> "Blueprint":
    """Return the public pages' blueprint, fresh for one app."""
    from flask import Blueprint

    from dialer.web.console.headers import guarded
    from dialer.web.public.stop import send, show

    pages = Blueprint("public", __name__, template_folder="../templates")
    pages.after_request(guarded)
    for address in ("/stop", "/stop/<organisation>"):
        pages.add_url_rule(address, "stop", show)
        pages.add_url_rule(address, "send", send, methods=["POST"])
    return pages
