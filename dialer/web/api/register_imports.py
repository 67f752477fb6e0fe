"""`/v1/registers/{name}/imports`: a register file sent, followed, stopped, begun again, approved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from dialer.calls.shape import STRICT
from dialer.errors import Conflict, NotFound
from dialer.people.roles import Role
from dialer.registers import import_jobs
from dialer.registers.import_job import ImportState, RegisterImport
from dialer.web.api.door import Asked, Doors
from dialer.web.register_files import MOST_LAYOUT_CHARACTERS, Wanted, import_seen, imports_seen, take_in
from dialer.web.uploads import Upload

DOORS = Doors("Registers")
_READERS = (Role.ADMIN, Role.SUPERVISOR, Role.AUDITOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportForm:
    """A form: the register as `file`, plain, gzip or zip, a full or a change file.

    `extracted_on` is the operator's day of extraction; `accept_change` is a person's word that what is
    doubted has been looked at; `dry_run` counts and compares, and changes nothing; `layout` is TOML that
    describes a layout which cannot be told from the file.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    file: Annotated[str, Field(json_schema_extra={"format": "binary"})]
    extracted_on: date
    accept_change: Literal["true", "false"] = "false"
    dry_run: Literal["true", "false"] = "false"
    layout: Annotated[str, Field(min_length=1, max_length=MOST_LAYOUT_CHARACTERS)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportShown:
    """An import: `progress` goes from 0 to 1 in each `stage`. `held` waits for a second person's approval.

    `outcome` tells counts and differences once it is done, `problem` why it is not. A `dry_run` changed
    nothing; its outcome's `doubts` are what the import would be held for.
    """

    id: str
    register: str
    state: ImportState
    stage: str | None
    progress: float
    rate_per_second: float | None
    seconds_left: float | None
    extracted_on: date
    file_name: str
    by: str
    approved_by: str | None
    dry_run: bool
    asked_at: datetime
    finished_at: datetime | None
    problem: str | None
    outcome: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ImportsShown:
    """The imports asked for last, the newest first."""

    items: tuple[ImportShown, ...]


@DOORS.post(
    "/v1/registers/{name}/imports",
    roles=(Role.ADMIN,),
    body=ImportForm,
    uploads=True,
    answer=ImportShown,
    status=202,
    problems=(NotFound,),
)
def begin_register_import(asked: Asked[tuple[ImportForm, Upload], None], name: str) -> ImportShown:
    """Have a register file imported; a worker does it, and the old register stays in force until it is done.

    What a person may accept after looking is `held`; anything else that is wrong with a file refuses it.
    """
    form, upload = asked.body
    return shown(take_in(name, upload, asked.parts, _wanted(form), by=asked.key.name))


@DOORS.get("/v1/registers/{name}/imports", roles=_READERS, answer=ImportsShown, problems=(NotFound,))
def list_register_imports(asked: Asked[None, None], name: str) -> ImportsShown:
    """List the imports of one register, the newest first."""
    found = (each for each in imports_seen(asked.parts) if each.job.register == name)
    return ImportsShown(tuple(shown(each) for each in found))


@DOORS.get("/v1/registers/{name}/imports/{id}", roles=_READERS, answer=ImportShown, problems=(NotFound,))
def show_register_import(asked: Asked[None, None], name: str, id: str) -> ImportShown:
    """Show how far an import is, and what it did once it is done."""
    return shown(import_seen(asked.parts, name, id))


@DOORS.delete(
    "/v1/registers/{name}/imports/{id}",
    roles=(Role.ADMIN,),
    answer=ImportShown,
    problems=(NotFound, Conflict),
)
def cancel_register_import(asked: Asked[None, None], name: str, id: str) -> ImportShown:
    """Stop an import that has not ended, or turn a held one down; the register stays as it is."""
    import_jobs.cancel(asked.parts.imports.jobs, import_seen(asked.parts, name, id), asked.parts.clock())
    return shown(import_seen(asked.parts, name, id))


@DOORS.post(
    "/v1/registers/{name}/imports/{id}/resume",
    roles=(Role.ADMIN,),
    answer=ImportShown,
    status=202,
    problems=(NotFound, Conflict),
)
def resume_register_import(asked: Asked[None, None], name: str, id: str) -> ImportShown:
    """Run an import that failed or was cancelled again, from the file that was sent."""
    import_jobs.resume(asked.parts.imports.jobs, import_seen(asked.parts, name, id))
    asked.parts.imports.bell.ring()
    return shown(import_seen(asked.parts, name, id))


@DOORS.post(
    "/v1/registers/{name}/imports/{id}/carrying-out",
    roles=(Role.ADMIN,),
    answer=ImportShown,
    status=202,
    problems=(NotFound, Conflict),
)
def carry_out_register_import(asked: Asked[None, None], name: str, id: str) -> ImportShown:
    """Do what was a dry run, with the file that was sent."""
    found = import_seen(asked.parts, name, id)
    import_jobs.carry_out(asked.parts.imports.jobs, found, by=asked.key.name)
    asked.parts.imports.bell.ring()
    return shown(import_seen(asked.parts, name, id))


@DOORS.post(
    "/v1/registers/{name}/imports/{id}/approval",
    roles=(Role.COMPLIANCE,),
    answer=ImportShown,
    status=202,
    problems=(NotFound, Conflict),
)
def approve_register_import(asked: Asked[None, None], name: str, id: str) -> ImportShown:
    """Accept what is doubted about a held import, as a second person who has looked at the file."""
    found = import_seen(asked.parts, name, id)
    import_jobs.approve(asked.parts.imports.jobs, found, by=asked.key.name)
    asked.parts.imports.bell.ring()
    return shown(import_seen(asked.parts, name, id))


def _wanted(form: ImportForm) -> Wanted:
    return Wanted(
        extracted_on=form.extracted_on,
        accept_change=form.accept_change == "true",
        dry_run=form.dry_run == "true",
        layout=form.layout,
    )


def shown(found: RegisterImport) -> ImportShown:
    """Return an import as it is shown."""
    job, standing = found.job, found.standing
    return ImportShown(
        id=job.id,
        register=job.register,
        state=standing.state,
        stage=standing.stage,
        progress=round(standing.share, 4),
        rate_per_second=standing.rate,
        seconds_left=standing.seconds_left,
        extracted_on=job.extracted_on,
        file_name=job.file_name,
        by=job.by,
        approved_by=job.approved_by,
        dry_run=job.dry_run,
        asked_at=job.asked_at,
        finished_at=standing.finished_at,
        problem=standing.problem,
        outcome=standing.outcome,
    )
