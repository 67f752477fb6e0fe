"""The way in and the way out."""

from http import HTTPStatus

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from dialer.errors import NotAllowed, NotAuthenticated, TooMany
from dialer.web.console import entrance


def show_form() -> Response:
    """Show the form; whoever is logged in already goes straight on, unless the pages are not theirs."""
    visitor = entrance.visitor_of_request()
    if visitor is not None and visitor.may_read:
        return redirect(entrance.place_within(request.args.get("next", "")), HTTPStatus.SEE_OTHER)
    return _form()


def log_in() -> Response:
    """Begin a session, or show the form again with one answer for every reason to refuse."""
    request.max_content_length = entrance.MOST_FORM_BYTES
    try:
        entrance.insist_on_a_strangers_form()
        token = entrance.log_ins().log_in(request.form.get("name", ""), request.form.get("password", ""))
    except (NotAllowed, NotAuthenticated, TooMany) as refusal:
        return _form(refusal.message, status=refusal.status)
    onward = redirect(entrance.place_within(request.form.get("next", "")), HTTPStatus.SEE_OTHER)
    entrance.remember(onward, "session", token)
    entrance.forget(onward, "form")
    return onward


def log_out() -> Response:
    """End the session and forget its cookie."""
    request.max_content_length = entrance.MOST_FORM_BYTES
    entrance.insist_on_own_form()
    entrance.log_ins().log_out(request.cookies.get(entrance.cookie_name("session")))
    onward = redirect("/login", HTTPStatus.SEE_OTHER)
    entrance.forget(onward, "session")
    return onward


def _form(problem: str | None = None, *, status: int = HTTPStatus.OK) -> Response:
    token = entrance.form_token()
    page = render_template(
        "console/log_in.html",
        csrf=token,
        problem=problem,
        name=request.form.get("name", ""),
        next=request.values.get("next", ""),
    )
    return entrance.with_form_cookie(make_response(page, status), token)
