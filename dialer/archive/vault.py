"""The vault: sealed files by name, in a folder or an S3-compatible bucket; only this room knows which.

A file is whole or not there: a folder's is written beside its place, synced and moved in; a bucket's arrives
whole by itself. What is there cannot be read without the keys, whoever holds the disk or the bucket.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import fsspec

from dialer.archive.sealing import Sealer
from dialer.errors import CannotKeep, Misconfigured, NotFound

_LOCAL: Final = "file"
_OURS_ALONE: Final = 0o700
_SUFFIX: Final = ".sealed"


class Vault:
    """Keeps sealed files. `url` is a folder, `s3://bucket/prefix`, or whatever else fsspec can reach."""

    def __init__(self, url: str, sealer: Sealer) -> None:
        self._url = url
        self._sealer = sealer
        self._opened: tuple[Any, str] | None = None

    def put(self, name: str, plain: bytes) -> None:
        """Seal and keep a file under a name of plain words with slashes; the same name again replaces it.

        Raises CannotKeep, and Misconfigured where nothing can reach such a place.
        """
        sealed = self._sealer.seal(plain, name=name)
        files, place = self._place(name)
        with _reached("kept in"):
            if _is_local(files):
                _write_durably(Path(place), sealed)
            else:
                files.pipe_file(place, sealed)

    def get(self, name: str) -> bytes:
        """Return what a file holds; raises NotFound, Damaged, or CannotKeep where the archive is away."""
        files, place = self._place(name)
        try:
            with _reached("read from"):
                sealed: bytes = files.cat_file(place)
        except FileNotFoundError:
            raise NotFound(f"{name} is not in the archive; was its folder or bucket changed?") from None
        return self._sealer.open(sealed, name=name)

    def delete(self, name: str) -> None:
        """Delete a file; one that is not there is deleted. Raises CannotKeep."""
        files, place = self._place(name)
        with suppress(FileNotFoundError), _reached("deleted from"):
            files.rm_file(place)

    def _place(self, name: str) -> tuple[Any, str]:
        if self._opened is None:
            self._opened = _reach(self._url)
        files, root = self._opened
        return files, f"{root.rstrip('/')}/{name}{_SUFFIX}"


def _reach(url: str) -> tuple[Any, str]:
    try:
        files, root = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as problem:
        scheme = url.partition("://")[0]
        raise Misconfigured(
            f"RINGFENCE_ARCHIVE_URL names {scheme}://, which cannot be reached ({type(problem).__name__}); "
            "for a bucket install ringfence[s3]"
        ) from None
    return files, root


def _is_local(files: Any) -> bool:
    return _LOCAL in (files.protocol if isinstance(files.protocol, tuple) else (files.protocol,))


def _write_durably(place: Path, sealed: bytes) -> None:
    """Replace a file whole, for this user alone; it survives a power cut."""
    place.parent.mkdir(mode=_OURS_ALONE, parents=True, exist_ok=True)
    fresh = place.with_name(f".{place.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _reached(what: str) -> Iterator[None]:
    """Turn any failure but a missing file into CannotKeep, without words that may repeat addresses."""
    try:
        yield
    except FileNotFoundError:
        raise
    except Exception as problem:
        # Each kind of store behind fsspec raises exceptions of its own library; they share no other root.
        kind = type(problem).__name__
        raise CannotKeep(
            f"a file could not be {what} the archive ({kind}); see RINGFENCE_ARCHIVE_URL"
        ) from problem
