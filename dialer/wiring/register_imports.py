"""What takes in register files that are sent over HTTP, put together."""

from dataclasses import dataclass

from redis import Redis

from dialer import bell
from dialer.bell import ListBell
from dialer.store.register_imports import RegisterImportStore
from dialer.store.trouble import kept


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportParts:
    """Which register files wait, and who is woken for them."""

    jobs: RegisterImportStore
    bell: ListBell


def import_parts(redis: "Redis") -> ImportParts:
    """Return the parts of register imports; no round trip."""
    return ImportParts(
        jobs=RegisterImportStore(redis), bell=bell.ListBell(redis, kept=kept, task=bell.IMPORT)
    )
