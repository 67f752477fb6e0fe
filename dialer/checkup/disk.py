"""Checks on the data folder: whose it is, who may read it, how much room is left."""

import os
import shutil
import stat
from collections.abc import Iterator

from dialer.checkup.finding import Finding, amber, green, red
from dialer.data_folder import DataFolder
from dialer.settings import Settings

# Under `appendfsync always` a full disk ends the server and with it all calls.
TOO_LITTLE_BYTES = 256 * 1024**2
LITTLE_BYTES = 2 * 1024**3


def check_disk(settings: Settings) -> Iterator[Finding]:
    """Yield the folder's kind, its room and who may read it."""
    folder = settings.data_dir
    if not folder.is_dir():
        yield amber(
            "data-folder", f"{folder} does not exist yet", "the first start makes it; see RINGFENCE_DATA_DIR"
        )
        return
    kind = DataFolder(folder).kind()
    yield green("data-folder", f"{folder}, {kind.value if kind else 'not stamped yet'}")
    if not os.access(folder, os.W_OK):
        yield red("data-folder", f"{folder} cannot be written", "give it to the user Ringfence runs as")
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        yield amber("data-folder", f"others may read {folder}", f"chmod 700 {folder}")
    yield _room(shutil.disk_usage(folder).free)


def _room(free_bytes: int) -> Finding:
    says = f"{free_bytes / 1024**3:.1f} GB free where the record is kept"
    advice = "make room: on a full disk nothing can be kept, so nobody is dialled"
    if free_bytes < TOO_LITTLE_BYTES:
        return red("disk", says, advice)
    return amber("disk", says, advice) if free_bytes < LITTLE_BYTES else green("disk", says)
