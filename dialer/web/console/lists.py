"""The lists: take one in, follow it, see its waterfall, fetch the result."""

from dataclasses import dataclass
from typing import Final

from flask import Response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from dialer.errors import NotAllowed, RingfenceError, Unreadable
from dialer.people.roles import STANDS_FOR, NumbersShown, Role
from dialer.scrubbing.job import JobState, Scrub
from dialer.scrubbing.waterfall import Step, Waterfall
from dialer.web.console.entrance import Visitor, insist_on_own_form
from dialer.web.console.names import Names
from dialer.web.lists import ListAsked, remove, result_seen, scrub_seen, scrubs_seen, take_in
from dialer.web.parts import parts_of_app
from dialer.web.uploads import allow_upload, upload_of_request

CSV: Final = "text/csv; charset=utf-8"
_OPEN: Final = frozenset({JobState.WAITING, JobState.RUNNING})


@dataclass(frozen=True, slots=True)
class Fall:
    """A waterfall as the page draws it."""

    whole: Waterfall
    steps: tuple[Step, ...]


def lists(visitor: Visitor) -> str:
    """Show the lists and the form for another one."""
    return _page(visitor)


def begin_list(visitor: Visitor) -> str | AnyResponse:
    """Take a list in and lead to its page; what is wrong with it is said beside the form."""
    allow_upload()
    insist_on_own_form()
    _insist_on_right(visitor)
    form = request.form
    columns = tuple(filter(None, (name.strip() for name in form.get("columns", "").split(","))))
    try:
        if not form.get("campaign"):
            raise Unreadable("choose the campaign the list is for")
        asked = ListAsked(campaign=form["campaign"], columns=columns)
        scrub = take_in(asked, upload_of_request(), parts_of_app(), visitor.user.sight, by=visitor.user.name)
    except Unreadable as problem:
        return _page(visitor, problem=problem)
    return redirect(url_for("console.list", scrub_id=scrub.job.id), 303)


def one_list(visitor: Visitor, scrub_id: str) -> str:
    """Show how one list stands."""
    scrub = scrub_seen(parts_of_app(), visitor.user.sight, scrub_id)
    return render_template(
        "console/list.html",
        visitor=visitor,
        scrub=scrub,
        is_open=scrub.standing.state in _OPEN,
        fall=_fall(scrub),
        may_fetch=visitor.user.numbers is NumbersShown.FULL,
        may_change=_may_change(visitor),
        names=Names(parts_of_app().configuration.current()),
    )


def list_result(visitor: Visitor, scrub_id: str) -> Response:
    """Send the result of one list."""
    _, path = result_seen(parts_of_app(), visitor.user.sight, scrub_id)
    return send_file(path, CSV, as_attachment=True, download_name=f"scrubbed-{scrub_id}.csv", etag=False)


def remove_list(visitor: Visitor, scrub_id: str) -> AnyResponse:
    """End or throw away one list, and lead back to the others."""
    insist_on_own_form()
    _insist_on_right(visitor)
    remove(parts_of_app(), visitor.user.sight, scrub_id)
    return redirect(url_for("console.lists"), 303)


def _page(visitor: Visitor, problem: RingfenceError | None = None) -> str:
    parts = parts_of_app()
    configuration, sight = parts.configuration.current(), visitor.user.sight
    campaigns = sorted(name for name, each in configuration.campaigns.items() if sight.sees(each.principal))
    return render_template(
        "console/lists.html",
        visitor=visitor,
        scrubs=scrubs_seen(parts, sight),
        campaigns=campaigns,
        chosen=request.form.get("campaign"),
        problem=problem,
        may_change=_may_change(visitor),
        open_states=_OPEN,
        names=Names(configuration),
    )


def _fall(scrub: Scrub) -> Fall | None:
    kept = scrub.standing.waterfall
    if kept is None:
        return None
    whole = Waterfall.from_json(kept)
    return Fall(whole, tuple(whole.steps()))


def _may_change(visitor: Visitor) -> bool:
    return Role.SUPERVISOR in STANDS_FOR[visitor.user.role]


def _insist_on_right(visitor: Visitor) -> None:
    if not _may_change(visitor):
        raise NotAllowed("lists are scrubbed by supervisors; auditors read what came of them")
