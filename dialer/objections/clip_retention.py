"""Clips whose time is over are deleted: the sound goes, what was known of it stays, and the ledger says so.

What was only possibly a no is kept for a month, and for its full time where somebody confirmed it by then.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from dialer.consents.approval import Review, ReviewState
from dialer.objections.recordings import Clip, ClipState


class Clips(Protocol):
    """Keeps what is known of clips; see `store.clips`. Each raises CannotKeep."""

    def due(self, at: datetime) -> Iterable[Clip]:
        """Return clips whose time is over by then, the earliest first; at most some hundred."""
        ...

    def replace(self, clip: Clip, *, at: datetime) -> None:
        """Write one down anew, with its line in the ledger, on disk."""
        ...


class Reviews(Protocol):
    """Reads reviews; see `store.reviews`."""

    def find(self, review_id: str) -> Review | None:
        """Return one review, None if there is none."""
        ...


class Files(Protocol):
    """Keeps sealed files; see `archive.vault`."""

    def delete(self, name: str) -> None:
        """Delete a file; raises CannotKeep."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """The parts of it, and how long the clip of a no is kept."""

    clips: Clips
    reviews: Reviews
    files: Files
    kept_for: timedelta


def delete_old_clips(parts: Retention, at: datetime) -> int:
    """Delete the clips whose time is over, and return how many; again at any time without harm."""
    deleted = 0
    for clip in parts.clips.due(at):
        longer = _kept_longer(clip, parts)
        if longer is not None and longer > at:
            parts.clips.replace(replace(clip, keep_until=longer), at=at)
            continue
        # The sound first: what is written down as deleted is gone.
        parts.files.delete(clip.file)
        parts.clips.replace(replace(clip, state=ClipState.DELETED, deleted_at=at), at=at)
        deleted += 1
    return deleted


def _kept_longer(clip: Clip, parts: Retention) -> datetime | None:
    """Return until when a possible no that somebody confirmed is kept; one still open waits another day."""
    review = parts.reviews.find(clip.subject)
    if review is None or review.state is ReviewState.RELEASED:
        return None
    if review.state is ReviewState.OPEN:
        return clip.keep_until + timedelta(days=1)
    return clip.kept_at + parts.kept_for
