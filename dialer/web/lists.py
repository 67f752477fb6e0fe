"""A list taken in to be scrubbed, and found again: the same for the API and the console.

A scrub belongs to its campaign's principal; whoever does not see that one finds nothing. Its result holds
whole numbers, so only those who may see them fetch it.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dialer.calls.call import Channel
from dialer.errors import Conflict, NotAllowed, NotFound
from dialer.people.roles import NumbersShown, Sight
from dialer.scrubbing.job import JobState, Scrub, ScrubJob, Standing
from dialer.scrubbing.jobs import KEPT_FOR, discard, list_of, new_job_id, result_of
from dialer.web.uploads import Upload
from dialer.wiring import Parts

MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAsked:
    """What a list is to be judged for; `columns` empty lets the list tell, `at` None is the present."""

    campaign: str
    channel: Channel | None = None
    columns: tuple[str, ...] = ()
    at: datetime | None = None


def take_in(asked: ListAsked, upload: Upload, parts: Parts, sight: Sight, *, by: str) -> Scrub:
    """Keep the list on disk, the job in the store, and ring for a worker; raises NotFound, CannotKeep."""
    campaign = parts.configuration.current().campaigns.get(asked.campaign)
    if campaign is None or campaign.principal is None or not sight.sees(campaign.principal):
        raise NotFound("no such campaign; see GET /v1/campaigns for those you may use")
    now = parts.clock()
    job = ScrubJob(
        id=new_job_id(now),
        principal=campaign.principal,
        campaign=asked.campaign,
        channel=asked.channel,
        columns=asked.columns,
        at=asked.at,
        file_name=upload.name,
        by=by,
        asked_at=now,
        expires_at=now + KEPT_FOR,
    )
    try:
        upload.save(list_of(parts.lists.folder, job.id))
        parts.lists.scrubs.add(job)
    except BaseException:
        discard(parts.lists.folder, job.id)
        raise
    parts.lists.bell.ring()
    return Scrub(job, Standing())


def scrub_seen(parts: Parts, sight: Sight, scrub_id: str) -> Scrub:
    """Return a scrub; raises NotFound for none, and for one of a principal that is not seen."""
    found = parts.lists.scrubs.find(scrub_id)
    if found is None or not sight.sees(found.job.principal):
        raise NotFound("no such scrub; it may have expired, or been removed")
    return found


def scrubs_seen(parts: Parts, sight: Sight) -> tuple[Scrub, ...]:
    """Return the scrubs asked for last, the newest first."""
    return tuple(each for each in parts.lists.scrubs.newest(MOST_LISTED) if sight.sees(each.job.principal))


def result_seen(parts: Parts, sight: Sight, scrub_id: str) -> tuple[Scrub, Path]:
    """Return a scrub with where its result is; raises NotAllowed, Conflict while there is none, NotFound."""
    found = scrub_seen(parts, sight, scrub_id)
    if sight.numbers is not NumbersShown.FULL:
        raise NotAllowed("the result holds whole numbers, which you are not shown; ask an administrator")
    state = found.standing.state
    if state is not JobState.DONE:
        raise Conflict(f"there is no result: the scrub is {state.value}; ask for its state first")
    path = result_of(parts.lists.folder, found.job.id)
    if not path.is_file():
        raise NotFound("the result is no longer there; scrub the list again")
    return found, path


def remove(parts: Parts, sight: Sight, scrub_id: str) -> None:
    """End a scrub and delete its files; a worker that is at it stops within a second."""
    found = scrub_seen(parts, sight, scrub_id)
    parts.lists.scrubs.remove(found.job.id)
    discard(parts.lists.folder, found.job.id)
