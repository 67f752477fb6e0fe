"""The right to load one register, and the version that is being built beside the one in force."""

from dataclasses import dataclass

from dialer.errors import Conflict
from dialer.registers.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Staging:
    """An import under way; `replaced` is the snapshot it was checked against, None for the first ever.

    `in_place` stages only the pages that change, and the swap moves them among those in force.
    """

    name: str
    version: str
    ordinal: int
    replaced: Snapshot | None
    in_place: bool = False


def being_loaded(name: str, version: str) -> Conflict:
    """Return what is said to whoever comes while another has the right to load."""
    return Conflict(
        f"register {name} is being loaded already (version {version}); wait for it to end, or a minute if it "
        "was killed"
    )
