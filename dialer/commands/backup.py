"""`ringfence backup`, `restore` and `wipe`: everything in one sealed file, and back."""

import json
import os
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialer.errors import Misconfigured

if TYPE_CHECKING:
    from dialer.archive.sealing import Sealer
    from dialer.environment import Environment

as_json = click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for a script.")
data_folder = click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="Data folder (RINGFENCE_DATA_DIR)."
)


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@as_json
def backup(*, out: Path, as_json: bool) -> None:
    """Write everything held, as of now, to OUT, sealed; nobody is stopped meanwhile.

    The key is RINGFENCE_ARCHIVE_KEYS or RINGFENCE_SECRET_KEY: keep it elsewhere, or OUT opens for nobody.
    """
    from dialer.clock import utc_now
    from dialer.commands.progress_bar import progress_bar
    from dialer.environment import read_environment
    from dialer.processes.backing_up import back_up
    from dialer.settings import read_settings
    from dialer.store.clients import patient_client
    from dialer.store.point_in_time import write_snapshot

    sealer, settings = _sealer(read_environment()), read_settings()
    with progress_bar() as told:
        snapshot = partial(write_snapshot, patient_client(settings.redis_url))
        done = back_up(snapshot, settings.data_dir, out, sealer, at=utc_now(), told=told)
    said = {
        "file": out.name,
        "made_at": done.made_at.isoformat(),
        "store_bytes": done.store_bytes,
        "files": done.files,
        "file_bytes": done.file_bytes,
    }
    line = f"{out.name}: the store ({done.store_bytes:,} bytes) and {done.files:,} files, sealed"
    click.echo(json.dumps(said) if as_json else line)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_folder
@as_json
def restore(*, file: Path, data: Path | None, as_json: bool) -> None:
    """Put the backup FILE into an empty data folder; then `ringfence up` goes on from there."""
    from dialer.environment import read_environment
    from dialer.processes.restoring import restore as put_back

    found = read_environment()
    with _Locked(data or found.data_dir) as folder:
        manifest = put_back(file, folder, _sealer(found))
    told = {"restored": file.name, "made_at": manifest["made_at"]}
    click.echo(
        json.dumps(told) if as_json else f"restored as of {manifest['made_at']}; start with `ringfence up`"
    )


@click.command()
@data_folder
@click.option("--yes", is_flag=True, help="Do not ask; there is no way back but a backup.")
def wipe(*, data: Path | None, yes: bool) -> None:
    """Delete all that a data folder holds: every objection, consent and decision in it."""
    from dialer.environment import read_environment
    from dialer.processes.restoring import wipe as delete_all

    place = (data or read_environment().data_dir).absolute()
    if not yes:
        click.confirm(f"Delete every objection, consent and decision in {place}?", abort=True)
    with _Locked(place) as folder:
        number = delete_all(folder)
    click.echo(f"{number} entries deleted")


class _Locked:
    """Holds a folder's lock, so that nothing runs on it meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._lock: int | None = None

    def __enter__(self) -> Path:
        from dialer.processes.lock import lock_folder

        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = lock_folder(self._folder, pause=threading.Event().wait)
        return self._folder

    def __exit__(self, *_: object) -> None:
        assert self._lock is not None
        os.close(self._lock)


def _sealer(found: "Environment") -> "Sealer":
    from dialer.archive.sealing import Sealer, key_of_secret, keys_given

    texts = found.archive_keys.get_secret_value() if found.archive_keys else ""
    keys = keys_given(text for text in texts.split(",") if text.strip())
    if found.secret_key is not None:
        keys = (*keys, key_of_secret(found.secret_key.get_secret_value()))
    if not keys:
        raise Misconfigured(
            "a backup needs a key that does not lie in the folder it backs up: set RINGFENCE_ARCHIVE_KEYS "
            "(base64 of 32 random bytes) and keep it elsewhere"
        )
    return Sealer(keys)
