"""A register file taken in over HTTP, and its import found again: the same for the API and the console."""

from datetime import date

from dialer.errors import NotFound
from dialer.registers.catalogue import terms_of
from dialer.registers.import_job import ImportJob, ImportStanding, RegisterImport
from dialer.registers.import_jobs import KEPT_FOR, discard, file_of, new_job_id
from dialer.web.uploads import Upload
from dialer.wiring import Parts

MOST_LISTED = 100


def take_in(
    register: str, upload: Upload, parts: Parts, *, extracted_on: date, accept_change: bool, by: str
) -> RegisterImport:
    """Keep the file on disk, the job in the store, and ring for a worker; raises NotFound, CannotKeep."""
    now = parts.clock()
    job = ImportJob(
        id=new_job_id(now),
        register=terms_of(register).name,
        extracted_on=extracted_on,
        file_name=upload.name,
        by=by,
        accept_change=accept_change,
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


def import_seen(parts: Parts, register: str, import_id: str) -> RegisterImport:
    """Return an import of this register; raises NotFound."""
    found = parts.imports.jobs.find(import_id)
    if found is None or found.job.register != terms_of(register).name:
        raise NotFound("no such import; it may have been forgotten, a week after it was sent")
    return found


def imports_seen(parts: Parts) -> list[RegisterImport]:
    """Return the imports asked for last, the newest first."""
    return parts.imports.jobs.newest(MOST_LISTED)
