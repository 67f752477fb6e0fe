"""Who is at the page, and whose form is this: the session's cookie, the role, the token in each form.

Pages are for supervisors and up, and for auditors, who read. The cookie is `__Host-` where the public address
is https, and a plain HttpOnly one on the loopback demo, where no browser would take the other.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Final
from urllib.parse import urlsplit

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dialer.errors import NotAllowed
from dialer.people.log_ins import LogIns
from dialer.people.roles import STANDS_FOR, Role
from dialer.people.users import User
from dialer.web.parts import parts_of_app

READERS: Final = frozenset({Role.SUPERVISOR, Role.AUDITOR})
# A log-in form holds two short fields; nothing on these pages takes more.
MOST_FORM_BYTES: Final = 16_384
_SAME_SITE: Final = frozenset({"same-origin", "none"})


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is logged in at this page, and the token that forms on it carry."""

    user: User
    csrf: str

    @property
    def may_read(self) -> bool:
        """Say whether the pages are theirs."""
        return not STANDS_FOR[self.user.role].isdisjoint(READERS)


Page = Callable[..., str | AnyResponse]


def log_ins() -> LogIns:
    """Return the one way in."""
    parts = parts_of_app()
    return LogIns(parts.people, parts.clock)


def visitor_of_request() -> Visitor | None:
    """Return who sent this request, None for nobody; raises CannotKeep when the store is away."""
    token = request.cookies.get(cookie_name("session"))
    user = log_ins().session_of(token)
    csrf = log_ins().csrf_of(token)
    return Visitor(user, csrf) if user is not None and csrf is not None else None


def for_readers(page: Page) -> Page:
    """Let supervisors and auditors see the page and send strangers to log in; others are told no."""

    @wraps(page)
    def enter(**path: str) -> str | AnyResponse:
        visitor = visitor_of_request()
        if visitor is None:
            return redirect(url_for("console.log_in", next=_here()), 303)
        if not visitor.may_read:
            raise NotAllowed(
                f"this page is for supervisors, and you are logged in as {visitor.user.role.value}; "
                "ask an administrator if that is wrong"
            )
        return page(visitor, **path)

    return enter


def remember(response: AnyResponse, what: str, value: str) -> None:
    """Set a cookie of ours until the browser closes: `session`, or `form` for a visitor without one."""
    is_https = parts_of_app().settings.public_url.startswith("https://")
    response.set_cookie(
        cookie_name(what), value, path="/", httponly=True, secure=is_https, samesite=_same_site(what)
    )


def forget(response: AnyResponse, what: str) -> None:
    """Take a cookie of ours away."""
    is_https = parts_of_app().settings.public_url.startswith("https://")
    response.delete_cookie(cookie_name(what), path="/", secure=is_https, httponly=True)


def cookie_name(what: str) -> str:
    """Return the cookie's name for this installation's public address."""
    prefix = "__Host-" if parts_of_app().settings.public_url.startswith("https://") else ""
    return f"{prefix}ringfence-{what}"


def form_token() -> str:
    """Return the token for a stranger's form: the one their browser holds, or a fresh one to hand out."""
    held = request.cookies.get(cookie_name("form"), "")
    return held if len(held) == len(secrets.token_urlsafe(32)) else secrets.token_urlsafe(32)


def insist_on_a_strangers_form() -> None:
    """Raise NotAllowed unless the form carries what this browser was handed with it."""
    held, sent = request.cookies.get(cookie_name("form"), ""), request.form.get("csrf", "")
    if not (held and hmac.compare_digest(held.encode(), sent.encode()) and _comes_from_here()):
        raise NotAllowed("this form is too old or comes from elsewhere; open the page again and try again")


def insist_on_own_form() -> None:
    """Raise NotAllowed unless the form carries its own session's token."""
    token = request.cookies.get(cookie_name("session"))
    if not (_comes_from_here() and log_ins().is_own_form(token, request.form.get("csrf", ""))):
        raise NotAllowed("this form is too old or comes from elsewhere; open the page again and try again")


def place_within(path: str) -> str:
    """Return a page of ours to go to after log-in; anything that leads elsewhere becomes the first page."""
    parts = urlsplit(path)
    is_ours = path.startswith("/console/") and not parts.scheme and not parts.netloc
    return path if is_ours and not set(path) & set("\\\r\n\t") else url_for("console.today")


def _comes_from_here() -> bool:
    """Believe the browser where it says which site sent the form; old ones do not say."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") in _SAME_SITE


def _same_site(what: str) -> str:
    # A link to a decision in an e-mail must find its reader logged in; a stranger's form needs no such grace.
    return "Lax" if what == "session" else "Strict"


def _here() -> str:
    return request.full_path.rstrip("?")


def with_form_cookie(response: Response, token: str) -> Response:
    """Return the response that hands out a stranger's form token."""
    remember(response, "form", token)
    return response
