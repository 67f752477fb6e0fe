"""Deletes register versions nobody reads any more: replaced ones, and what killed imports left."""

from datetime import datetime
from typing import Protocol

from dialer.registers.catalogue import KNOWN


class Versions(Protocol):
    """Where versions that are not live lie."""

    def deletable(self, name: str, at: datetime) -> list[str]:
        """Return the versions whose pages may go."""

    def delete(self, name: str, version: str) -> None:
        """Delete a version; repeating it does no harm."""


def expire_old_versions(store: Versions, at: datetime) -> int:
    """Delete old versions of every register and return how many; for the timetable, every minute or so."""
    return sum(delete_old_versions(store, name, at) for name in KNOWN)


def delete_old_versions(store: Versions, name: str, at: datetime) -> int:
    """Delete old versions of one register and return how many."""
    versions = store.deletable(name, at)
    for version in versions:
        store.delete(name, version)
    return len(versions)
