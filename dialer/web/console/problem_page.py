"""A problem as a page: what happened, what to do, and the way back."""

from typing import Final

from flask import Response, render_template

from dialer.people.roles import NumbersShown
from dialer.people.shown_numbers import shown_text
from dialer.web.console.headers import guarded
from dialer.web.problems import Problem

_HEADINGS: Final = {
    400: "We cannot read that address",
    403: "Not for you",
    404: "Nothing here",
    405: "Not that way",
    413: "Too large",
    429: "Too many tries",
    503: "The record store is away",
}


def problem_page(problem: Problem) -> Response:
    """Return the page for a problem, with its status; it asks the store for nothing."""
    page = render_template(
        "console/problem.html",
        heading=_HEADINGS.get(problem.status, "Something failed on our side"),
        detail=_hidden(problem.detail),
        faults=[(_hidden(fault.pointer), _hidden(fault.detail)) for fault in problem.errors],
        problem=problem,
    )
    return guarded(Response(page, problem.status, mimetype="text/html"))


def _hidden(text: str) -> str:
    return shown_text(text, NumbersShown.LAST4)
