"""A register file taken in over HTTP, and its import found again: the same for the API and the console."""

from dataclasses import dataclass
from datetime import date

from dialer.errors import Fault, Misconfigured, NotFound, Unreadable
from dialer.registers.catalogue import terms_of
from dialer.registers.import_job import ImportJob, ImportStanding, RegisterImport
from dialer.registers.import_jobs import KEPT_FOR, discard, file_of, new_job_id
from dialer.registers.layout import DESCRIBED, described_in
from dialer.web.uploads import Upload
from dialer.wiring import Parts

MOST_LISTED = 100
MOST_LAYOUT_CHARACTERS = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be done with a file, as its form says; `layout` is TOML, None to tell it from the file."""

    extracted_on: date
    accept_change: bool = False
    dry_run: bool = False
    layout: str | None = None


def take_in(register: str, upload: Upload, parts: Parts, wanted: Wanted, *, by: str) -> RegisterImport:
    """Keep the file on disk, the job in the store, and ring for a worker.

    Raises NotFound for an unknown register, Unreadable for a wrong layout, CannotKeep.
    """
    _insist_on_layout(wanted.layout)
    now = parts.clock()
    job = ImportJob(
        id=new_job_id(now),
        register=terms_of(register).name,
        extracted_on=wanted.extracted_on,
        file_name=upload.name,
        by=by,
        accept_change=wanted.accept_change,
        dry_run=wanted.dry_run,
        layout=wanted.layout,
        asked_at=now,
        expires_at=now + KEPT_FOR,
    )
    try:
        upload.save(file_of(parts.settings.data_dir, job))
        parts.imports.jobs.add(job)
    except BaseException:
        discard(parts.settings.data_dir, job.id)
        raise
    parts.imports.bell.ring()
    return RegisterImport(job, ImportStanding())


def _insist_on_layout(text: str | None) -> None:
    """Refuse a layout that no worker could use, while whoever wrote it is still there."""
    try:
        if text is not None and len(text) > MOST_LAYOUT_CHARACTERS:
            raise Misconfigured(f"the layout is longer than {MOST_LAYOUT_CHARACTERS:,} characters")
        if text is not None:
            described_in(text, DESCRIBED)
    except Misconfigured as problem:
        fault = Fault("/layout", "must be a layout in TOML, as docs/files.md describes")
        raise Unreadable(problem.message, faults=(fault,)) from None


def import_seen(parts: Parts, register: str, import_id: str) -> RegisterImport:
    """Return an import of this register; raises NotFound."""
    found = parts.imports.jobs.find(import_id)
    if found is None or found.job.register != terms_of(register).name:
        raise NotFound("no such import; it may have been forgotten, a week after it was sent")
    return found


def imports_seen(parts: Parts) -> list[RegisterImport]:
    """Return the imports asked for last, the newest first."""
    return parts.imports.jobs.newest(MOST_LISTED)
