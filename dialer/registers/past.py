"""A register as it stood: what any snapshot that was ever in force said of one number.

The page in force is played back through the deltas of the snapshots since; where one of those is lost, the
deltas before it are played forward instead. What neither can tell is not known, and never guessed.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from dialer.law.facts import Listing
from dialer.registers.delta import DeltaReader, delta_path
from dialer.registers.live import ADDITIONS_KEPT, LiveRegister, listing_of
from dialer.registers.page import BITMAP_BYTES, contains
from dialer.registers.snapshot import Register, Snapshot

Place = tuple[int, int]

# A page that lists each of its numbers, to ask for the dates of one that is known to be listed.
_EVERYONE: Final = bytes([255]) * BITMAP_BYTES


class Touch(StrEnum):
    """What one import did to a number; `lost` where its delta is gone."""

    ADDED = "added"
    REMOVED = "removed"
    LOST = "lost"


class PastRegister:
    """One register's snapshots and deltas. Asking for numbers in ascending order reads each delta once.

    `folder` is where the deltas of this register lie. `register` must be the newest reading: what is asked
    of the page in force is the page of its last snapshot.
    """

    def __init__(self, register: Register, folder: Path) -> None:
        self.register = register
        self._deltas = {
            snapshot.ordinal: DeltaReader(
                delta_path(folder, version=snapshot.version, extracted_on=snapshot.extracted_on)
            )
            for snapshot in register.snapshots
        }

    def known(self, *, on: date, by: datetime) -> Snapshot | None:
        """Return the newest snapshot extracted on that day or before and loaded by then, None if none was."""
        fitting = (s for s in self.register.snapshots if s.extracted_on <= on and s.loaded_at <= by)
        return max(fitting, key=lambda snapshot: snapshot.ordinal, default=None)

    def of_version(self, version: str) -> Snapshot | None:
        """Return the snapshot of this version, None if it never was in force."""
        return next((s for s in self.register.snapshots if s.version == version), None)

    def listing(
        self, snapshot: Snapshot, place: Place | None, *, page: bytes | None, addition: int | None
    ) -> Listing:
        """Return what a snapshot said; `listed` None where the deltas that would tell are lost.

        `place` None is a line no register holds. `page` and `addition` are the live version's, as the store
        has them. Raises CannotKeep for a damaged delta or page.
        """
        as_it_was = self._as_live(snapshot)
        if place is None:
            return listing_of(as_it_was, page=None, addition=None, offset=0)
        if snapshot == self.register.live:
            return listing_of(as_it_was, page=page, addition=addition, offset=place[1])
        is_listed = self._played_back(snapshot, place, page)
        if is_listed is None:
            is_listed = self._played_forward(snapshot, place)
        if not is_listed:
            return Listing(extracted_on=snapshot.extracted_on, listed=is_listed, snapshot=snapshot.version)
        return self._dated(as_it_was, snapshot, place)

    def _played_back(self, snapshot: Snapshot, place: Place, page: bytes | None) -> bool | None:
        """Undo what came later: the first delta after the snapshot that touched the number decides."""
        for later in self.register.snapshots:
            if later.ordinal > snapshot.ordinal:
                touched = self._touch(later, place)
                if touched is not None:
                    return None if touched is Touch.LOST else touched is Touch.REMOVED
        return contains(page, place[1])

    def _played_forward(self, snapshot: Snapshot, place: Place) -> bool | None:
        """Do what came before: the last delta up to the snapshot that touched the number decides."""
        for earlier in self._up_to(snapshot):
            touched = self._touch(earlier, place)
            if touched is not None:
                return None if touched is Touch.LOST else touched is Touch.ADDED
        return False

    def _dated(self, as_it_was: LiveRegister, snapshot: Snapshot, place: Place) -> Listing:
        """Return the listing with the days the store would have given for it then.

        Additions of the sixty days before the snapshot were dated; an older one was not.
        """
        added_by: int | None = None
        for earlier in self._up_to(snapshot)[:-1]:
            if snapshot.extracted_on - earlier.extracted_on > ADDITIONS_KEPT:
                break
            touched = self._touch(earlier, place)
            if touched is Touch.LOST:
                return replace(
                    listing_of(as_it_was, page=_EVERYONE, addition=None, offset=0),
                    first_seen_on=None,
                    last_absent_on=None,
                )
            if touched is Touch.ADDED:
                added_by = earlier.ordinal
                break
        return listing_of(as_it_was, page=_EVERYONE, addition=added_by, offset=place[1])

    def _up_to(self, snapshot: Snapshot) -> Sequence[Snapshot]:
        """Return the snapshots up to this one, newest first; the last of them is the first ever."""
        return [s for s in reversed(self.register.snapshots) if s.ordinal <= snapshot.ordinal]

    def _touch(self, snapshot: Snapshot, place: Place) -> Touch | None:
        """Return what an import did to a number, None for nothing."""
        delta = self._deltas[snapshot.ordinal]
        if not delta.is_there:
            return Touch.LOST
        change = delta.at(place[0])
        if contains(change.added, place[1]):
            return Touch.ADDED
        return Touch.REMOVED if contains(change.removed, place[1]) else None

    def _as_live(self, snapshot: Snapshot) -> LiveRegister:
        return LiveRegister(
            name=self.register.name,
            version=snapshot.version,
            held_in=snapshot.held_in,
            extracted_on=snapshot.extracted_on,
            snapshots={s.ordinal: s for s in self.register.snapshots if s.ordinal <= snapshot.ordinal},
        )
