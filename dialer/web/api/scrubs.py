"""`/v1/scrubs`: whole lists, judged by a worker; asked for here, followed here, fetched here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final

from flask import Response, send_file
from pydantic import AwareDatetime, Field

from dialer.calls.call import Channel
from dialer.calls.shape import STRICT
from dialer.errors import Conflict, NotFound
from dialer.people.roles import Role
from dialer.scrubbing.job import JobState, Scrub
from dialer.web.api.door import READERS, Asked, Doors
from dialer.web.lists import ListAsked, remove, result_seen, scrub_seen, scrubs_seen, take_in
from dialer.web.uploads import Upload

DOORS = Doors("Lists scrubbed")
CSV: Final = "text/csv; charset=utf-8"
MOST_COLUMNS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrubForm:
    """A form: the list as `file` (CSV and its kin, gzip, zip, workbook), and what it is to be judged for.

    `column` may stand several times, once for each column of numbers, by its title or its place from 1; left
    out, the list tells. `at` judges another instant than the present one.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    file: Annotated[str, Field(json_schema_extra={"format": "binary"})]
    campaign: Annotated[str, Field(min_length=1, max_length=64)]
    channel: Channel | None = None
    column: Annotated[tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=MOST_COLUMNS)] = ()
    at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrubShown:
    """A scrub: `progress` goes from 0 to 1. `result` is there once it is done, until `expires_at`.

    `waterfall`: rows in, what each reason took (`steps`, blocked first), and what may be called (`callable`).
    """

    id: str
    state: JobState
    progress: float
    rows: int
    campaign: str
    channel: Channel | None
    columns: tuple[str, ...]
    file_name: str
    asked_at: datetime
    finished_at: datetime | None
    expires_at: datetime
    problem: str | None
    waterfall: Mapping[str, Any] | None
    result: str | None


@dataclass(frozen=True, slots=True)
class ScrubsShown:
    """The scrubs asked for last, the newest first."""

    items: tuple[ScrubShown, ...]


@DOORS.post(
    "/v1/scrubs",
    roles=(Role.SUPERVISOR,),
    body=ScrubForm,
    uploads=True,
    answer=ScrubShown,
    status=202,
    problems=(NotFound,),
)
def begin_scrub(asked: Asked[tuple[ScrubForm, Upload], None]) -> ScrubShown:
    """Have a whole list judged by all rules; a worker does it, and `GET /v1/scrubs/{id}` tells how far it is.

    Every row is told what `POST /v1/screen` would say. The result keeps all its columns and adds
    `ringfence_verdict`, `ringfence_reason` and `ringfence_until`, and further ones.
    """
    form, upload = asked.body
    wanted = ListAsked(campaign=form.campaign, channel=form.channel, columns=form.column, at=form.at)
    return _shown(take_in(wanted, upload, asked.parts, asked.sight, by=asked.key.name))


@DOORS.get("/v1/scrubs", roles=READERS, answer=ScrubsShown)
def list_scrubs(asked: Asked[None, None]) -> ScrubsShown:
    """List the scrubs asked for last, the newest first."""
    return ScrubsShown(tuple(_shown(each) for each in scrubs_seen(asked.parts, asked.sight)))


@DOORS.get("/v1/scrubs/{id}", roles=READERS, answer=ScrubShown)
def show_scrub(asked: Asked[None, None], id: str) -> ScrubShown:
    """Show how far a scrub is, and its waterfall once it is done."""
    return _shown(scrub_seen(asked.parts, asked.sight, id))


@DOORS.get("/v1/scrubs/{id}/result.csv", roles=READERS, media=(CSV,), problems=(Conflict,))
def fetch_scrubbed(asked: Asked[None, None], id: str) -> Response:
    """Fetch the list with its answers; 409 until there are any."""
    _, path = result_seen(asked.parts, asked.sight, id)
    return send_file(path, CSV, as_attachment=True, download_name="result.csv", etag=False)


@DOORS.delete("/v1/scrubs/{id}", roles=(Role.SUPERVISOR,), status=204)
def remove_scrub(asked: Asked[None, None], id: str) -> None:
    """End a scrub, or throw its result away; its files are deleted."""
    remove(asked.parts, asked.sight, id)


def _shown(scrub: Scrub) -> ScrubShown:
    job, standing = scrub.job, scrub.standing
    is_done = standing.state is JobState.DONE
    return ScrubShown(
        id=job.id,
        state=standing.state,
        progress=round(standing.share, 4),
        rows=standing.rows,
        campaign=job.campaign,
        channel=job.channel,
        columns=job.columns,
        file_name=job.file_name,
        asked_at=job.asked_at,
        finished_at=standing.finished_at,
        expires_at=job.expires_at,
        problem=standing.problem,
        waterfall=standing.waterfall,
        result=f"/v1/scrubs/{job.id}/result.csv" if is_done else None,
    )
