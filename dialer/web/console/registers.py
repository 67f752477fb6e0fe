"""The registers: how old each is, a form to bring a file, what became of those brought, and the history."""

from collections.abc import Callable
from datetime import date
from typing import Final

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dialer.clock import london_day
from dialer.errors import Conflict, NotAllowed, NotFound, RingfenceError, Unreadable
from dialer.people.roles import STANDS_FOR, Role
from dialer.registers import import_jobs
from dialer.registers.catalogue import KNOWN
from dialer.registers.import_job import OPEN, RESUMABLE, ImportState, RegisterImport
from dialer.reports.period import read_day
from dialer.web.console.entrance import Visitor, insist_on_own_form
from dialer.web.console.register_shown import register_shown
from dialer.web.parts import parts_of_app
from dialer.web.register_files import Wanted, import_seen, imports_seen, take_in
from dialer.web.uploads import allow_upload, upload_of_request
from dialer.wiring import Parts

MOST_SNAPSHOTS: Final = 30

Act = Callable[[Parts, RegisterImport, Visitor], None]


def registers(visitor: Visitor) -> str:
    """Show the registers, what is being imported, and what was."""
    return _page(visitor)


def begin_import(visitor: Visitor) -> str | AnyResponse:
    """Take a register file in; what is wrong with the form is said beside it."""
    allow_upload()
    insist_on_own_form()
    _insist_on(Role.ADMIN, visitor)
    try:
        take_in(
            request.form.get("register", ""),
            upload_of_request(),
            parts_of_app(),
            _wanted(),
            by=visitor.user.name,
        )
    except (Unreadable, NotFound) as problem:
        return _page(visitor, problem)
    return redirect(url_for("console.registers"), 303)


def carry_out_import(visitor: Visitor, import_id: str) -> str | AnyResponse:
    """Do what was a dry run."""
    return _act(visitor, import_id, Role.ADMIN, _carry_out)


def approve_import(visitor: Visitor, import_id: str) -> str | AnyResponse:
    """Accept what is doubted about a held import, as a second person."""
    return _act(visitor, import_id, Role.COMPLIANCE, _approve)


def cancel_import(visitor: Visitor, import_id: str) -> str | AnyResponse:
    """Stop an import, or turn a held one down."""
    return _act(visitor, import_id, Role.ADMIN, _cancel)


def resume_import(visitor: Visitor, import_id: str) -> str | AnyResponse:
    """Run an import again that failed or was cancelled."""
    return _act(visitor, import_id, Role.ADMIN, _resume)


def _act(visitor: Visitor, import_id: str, role: Role, act: Act) -> str | AnyResponse:
    insist_on_own_form()
    _insist_on(role, visitor)
    parts = parts_of_app()
    try:
        act(parts, import_seen(parts, request.form.get("register", ""), import_id), visitor)
    except (Conflict, NotFound, NotAllowed) as problem:
        return _page(visitor, problem)
    return redirect(url_for("console.registers"), 303)


def _approve(parts: Parts, found: RegisterImport, visitor: Visitor) -> None:
    import_jobs.approve(parts.imports.jobs, found, by=visitor.user.name)
    parts.imports.bell.ring()


def _cancel(parts: Parts, found: RegisterImport, _: Visitor) -> None:
    import_jobs.cancel(parts.imports.jobs, found, parts.clock())


def _resume(parts: Parts, found: RegisterImport, _: Visitor) -> None:
    import_jobs.resume(parts.imports.jobs, found)
    parts.imports.bell.ring()


def _carry_out(parts: Parts, found: RegisterImport, visitor: Visitor) -> None:
    import_jobs.carry_out(parts.imports.jobs, found, by=visitor.user.name)
    parts.imports.bell.ring()


def _wanted() -> Wanted:
    return Wanted(
        extracted_on=_day(request.form.get("extracted_on", "")),
        dry_run="dry_run" in request.form,
        layout=request.form.get("layout", "").strip() or None,
    )


def _page(visitor: Visitor, problem: RingfenceError | None = None) -> str:
    parts = parts_of_app()
    standing, today = parts.registers.standing(), london_day(parts.clock())
    found = imports_seen(parts)
    washes = sorted(standing.washes.washes.values(), key=lambda w: -w.ordinal) if standing.washes else []
    return render_template(
        "console/registers.html",
        visitor=visitor,
        registers=[register_shown(register, today=today) for register in standing.registers],
        histories=[(r.name, r.snapshots[::-1][:MOST_SNAPSHOTS]) for r in standing.registers],
        washes=washes[:MOST_SNAPSHOTS],
        imports=found,
        is_moving=any(each.standing.state in OPEN for each in found),
        names=sorted(KNOWN),
        problem=problem,
        may_bring=_stands_for(Role.ADMIN, visitor),
        may_approve=_stands_for(Role.COMPLIANCE, visitor),
        stoppable=OPEN | {ImportState.HELD},
        resumable=RESUMABLE,
    )


def _day(text: str) -> date:
    return read_day(text, pointer="extracted_on")


def _stands_for(role: Role, visitor: Visitor) -> bool:
    return role in STANDS_FOR[visitor.user.role]


def _insist_on(role: Role, visitor: Visitor) -> None:
    if not _stands_for(role, visitor):
        raise NotAllowed(
            f"this takes the role {role.value}, and you are logged in as {visitor.user.role.value}"
        )
