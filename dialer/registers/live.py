"""The register in force, as one screening sees it: from a page and an addition to a `Listing`."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dialer.errors import CannotKeep
from dialer.law.facts import Listing
from dialer.registers.page import contains
from dialer.registers.snapshot import Snapshot

# Additions older than this are forgotten: the grace of PECR reg 21(3) ends after 28 days, and the rest leaves
# room for a late file. Source: law.md 1.10.
ADDITIONS_KEPT: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRegister:
    """One register's version in force and the table that dates its additions. Cache it per version.

    `held_in` is the version whose keys hold its pages.
    """

    name: str
    version: str
    held_in: str
    extracted_on: date
    snapshots: dict[int, Snapshot]

    @property
    def first(self) -> Snapshot:
        """The first snapshot ever loaded."""
        return self.snapshots[min(self.snapshots)]


def listing_of(live: LiveRegister, page: bytes | None, addition: int | None, offset: int) -> Listing:
    """Return what a register says of one number.

    `page` is the number's page of this version (None: nothing there is listed), `addition` the ordinal found
    in its additions hash. Listed without an addition means listed since before the additions kept, or since
    the first snapshot ever: `last_absent_on` is then None, and grace cannot count. Raises CannotKeep for an
    ordinal that no snapshot has.
    """
    if not contains(page, offset):
        return Listing(extracted_on=live.extracted_on, listed=False, snapshot=live.version)
    if addition is not None and addition not in live.snapshots:
        raise CannotKeep(f"register {live.name} dates a listing by an unknown snapshot; import it again")
    added_by = live.snapshots[addition] if addition is not None else _listed_since_the_first(live)
    if added_by is not None and live.extracted_on - added_by.extracted_on > ADDITIONS_KEPT:
        # A page that no file touched since still has it; what another page forgot counts for neither.
        added_by = None
    return Listing(
        extracted_on=live.extracted_on,
        listed=True,
        first_seen_on=added_by.extracted_on if added_by else None,
        last_absent_on=added_by.replaced_extracted_on if added_by else None,
        snapshot=live.version,
    )


def _listed_since_the_first(live: LiveRegister) -> Snapshot | None:
    """Return the first snapshot if every addition since is still on record, so that no date is guessed."""
    return live.first if live.extracted_on - live.first.extracted_on <= ADDITIONS_KEPT else None
