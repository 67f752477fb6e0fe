"""The right to load one register, and the version that is being built beside the one in force."""

from dataclasses import dataclass

from dialer.registers.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Staging:
    """An import under way; `replaced` is the snapshot it was checked against, None for the first ever."""

    name: str
    version: str
    ordinal: int
    replaced: Snapshot | None
