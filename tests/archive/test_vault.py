"""The vault: the same promises in a folder and in a bucket."""

import errno
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from dialer.archive.sealing import Sealer
from dialer.archive.vault import Vault
from dialer.errors import CannotKeep, Damaged, Misconfigured, NotFound

KEY = b"k" * 32
WORDS = b"please take me off your list" * 20


@pytest.fixture(params=["folder", "file-url", "bucket"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Somewhere to keep files: a folder named twice, and what stands for a bucket."""
    yield {
        "folder": str(tmp_path / "archive"),
        "file-url": f"file://{tmp_path}/archive",
        "bucket": "memory://bucket/prefix",
    }[request.param]
    fsspec.filesystem("memory").store.clear()


def test_a_file_is_there_until_it_is_deleted(url: str) -> None:
    vault = Vault(url, Sealer([KEY]))
    vault.put("clips/clp_1", WORDS)
    assert Vault(url, Sealer([KEY])).get("clips/clp_1") == WORDS
    vault.delete("clips/clp_1")
    with pytest.raises(NotFound):
        vault.get("clips/clp_1")


def test_the_same_name_again_replaces_it_and_deleting_twice_is_deleting(url: str) -> None:
    vault = Vault(url, Sealer([KEY]))
    vault.put("clips/clp_1", b"first")
    vault.put("clips/clp_1", b"second")
    assert vault.get("clips/clp_1") == b"second"
    vault.delete("clips/clp_1")
    vault.delete("clips/clp_1")


def test_nobody_reads_a_file_in_a_folder_without_the_key(tmp_path: Path) -> None:
    Vault(str(tmp_path / "archive"), Sealer([KEY])).put("clips/clp_1", WORDS)
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert WORDS[:20] not in kept.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0


def test_a_file_that_was_swapped_for_another_does_not_open(tmp_path: Path) -> None:
    vault = Vault(str(tmp_path), Sealer([KEY]))
    vault.put("clips/clp_1", b"one")
    vault.put("clips/clp_2", b"two")
    (tmp_path / "clips/clp_2.sealed").replace(tmp_path / "clips/clp_1.sealed")
    with pytest.raises(Damaged):
        vault.get("clips/clp_1")


def test_a_folder_that_cannot_be_written_is_said_without_its_path(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("not a folder")
    with pytest.raises(CannotKeep) as refused:
        Vault(str(tmp_path / "archive"), Sealer([KEY])).put("clips/clp_1", WORDS)
    assert "RINGFENCE_ARCHIVE_URL" in refused.value.message
    assert str(tmp_path) not in refused.value.message
    assert isinstance(refused.value.__cause__, OSError)
    assert refused.value.__cause__.errno in {errno.ENOTDIR, errno.EEXIST}


def test_a_place_that_nothing_can_reach_is_named() -> None:
    with pytest.raises(Misconfigured, match="nowhere://"):
        Vault("nowhere://bucket", Sealer([KEY])).put("clips/clp_1", WORDS)
