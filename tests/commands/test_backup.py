"""Backup, wipe and restore of a whole installation, as an operator does it."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from redis import Redis

from dialer.commands import ringfence
from dialer.data_folder import DataFolder, DataKind
from tests.commands.installations import LIVE
from tests.commands.served import served
from tests.delivery.notices import NOW

__all__ = ["served"]

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a stamp, a clip, and what belongs to one run only."""
    folder = tmp_path / "data"
    folder.mkdir()
    DataFolder(folder).stamp(DataKind.LIVE, at=NOW)
    (folder / "archive" / "clips").mkdir(parents=True)
    (folder / "archive" / "clips" / "clp_1.sealed").write_bytes(os.urandom(3_000_000))
    (folder / "valkey").mkdir()
    (folder / "valkey" / "appendonly.aof").write_text("of another moment than the snapshot")
    return folder


@pytest.fixture
def run(redis_url: str, folder: Path) -> Run:
    """Run one command as it would run on the machine."""
    settings = {**LIVE, "RINGFENCE_REDIS_URL": redis_url, "RINGFENCE_DATA_DIR": str(folder)}

    def command(*arguments: object, **more: str) -> Result:
        return CliRunner(env=settings | more).invoke(ringfence, [str(one) for one in arguments])

    return command


def filled(redis: "Redis", number: int = 500) -> None:
    with redis.pipeline() as pipe:
        for n in range(number):
            pipe.hset(f"rf:line:{n}", mapping={"objection:1": "no", "seq": n})
        pipe.set("rf:short", "gone soon", ex=3_600)
        pipe.xadd("rf:ledger", {"what": os.urandom(64)})
        pipe.execute()


def test_what_was_backed_up_wiped_and_restored_is_all_there(
    run: Run, redis_client: "Redis", folder: Path, tmp_path: Path, served: "Callable[[Path], Redis]"
) -> None:
    filled(redis_client)
    before = {key: redis_client.dump(key) for key in redis_client.scan_iter()}
    clip = (folder / "archive" / "clips" / "clp_1.sealed").read_bytes()
    told = json.loads(run("backup", tmp_path / "b.rfb", "--json").stdout)
    assert (told["files"], told["file_bytes"] > 3_000_000) == (2, True)
    assert run("wipe", "--yes").exit_code == 0
    assert [path.name for path in folder.iterdir()] == ["lock"]
    assert run("restore", tmp_path / "b.rfb").exit_code == 0
    redis = served(folder)
    assert {key: redis.dump(key) for key in redis.scan_iter()} == before
    assert redis.ttl("rf:short") > 0
    assert (folder / "archive" / "clips" / "clp_1.sealed").read_bytes() == clip
    assert DataFolder(folder).kind() is DataKind.LIVE
    assert not (folder / "valkey" / "appendonly.aof").exists()


def test_a_backup_shows_nothing_of_what_it_holds(run: Run, redis_client: "Redis", tmp_path: Path) -> None:
    redis_client.set("rf:line:+442079460123", "objection")
    run("backup", tmp_path / "b.rfb")
    written = (tmp_path / "b.rfb").read_bytes()
    assert b"2079460123" not in written
    assert (tmp_path / "b.rfb").stat().st_mode & 0o077 == 0


def test_a_backup_is_of_one_moment_while_others_write(
    run: Run, redis_client: "Redis", folder: Path, tmp_path: Path, served: "Callable[[Path], Redis]"
) -> None:
    over = threading.Event()

    def write_pairs() -> None:
        n = 0
        while not over.is_set():
            n += 1
            with redis_client.pipeline(transaction=True) as pipe:
                pipe.set("rf:a", n).set("rf:b", n).execute()

    writer = threading.Thread(target=write_pairs)
    writer.start()
    told = run("backup", tmp_path / "b.rfb")
    over.set()
    writer.join(20)
    assert told.exit_code == 0
    run("wipe", "--yes")
    run("restore", tmp_path / "b.rfb")
    redis = served(folder)
    assert redis.get("rf:a") == redis.get("rf:b") != b"0"


def test_one_that_was_cut_restores_nothing(
    run: Run, redis_client: "Redis", folder: Path, tmp_path: Path
) -> None:
    filled(redis_client)
    run("backup", tmp_path / "b.rfb")
    whole = (tmp_path / "b.rfb").read_bytes()
    (tmp_path / "cut.rfb").write_bytes(whole[: len(whole) // 2])
    run("wipe", "--yes")
    failed = run("restore", tmp_path / "cut.rfb")
    assert (failed.exit_code, "ends too early" in failed.stderr) == (1, True)
    assert [path.name for path in folder.iterdir()] == ["lock"]


@pytest.mark.parametrize("other", [b"", b"not a backup at all", b"RFB1" + b"x" * 400])
def test_what_is_no_backup_is_said(run: Run, folder: Path, tmp_path: Path, other: bytes) -> None:
    run("wipe", "--yes")
    (tmp_path / "odd.rfb").write_bytes(other)
    failed = run("restore", tmp_path / "odd.rfb")
    assert failed.exit_code == 1
    assert len(failed.stderr.splitlines()) == 1
    assert [path.name for path in folder.iterdir()] == ["lock"]


def test_another_key_opens_nothing(run: Run, redis_client: "Redis", tmp_path: Path) -> None:
    filled(redis_client)
    run("backup", tmp_path / "b.rfb", RINGFENCE_ARCHIVE_KEYS=KEY)
    run("wipe", "--yes")
    assert run("restore", tmp_path / "b.rfb").exit_code == 1
    assert run("restore", tmp_path / "b.rfb", RINGFENCE_ARCHIVE_KEYS=KEY).exit_code == 0


def test_a_folder_that_holds_something_is_left_alone(
    run: Run, redis_client: "Redis", folder: Path, tmp_path: Path
) -> None:
    filled(redis_client)
    run("backup", tmp_path / "b.rfb")
    failed = run("restore", tmp_path / "b.rfb")
    assert (failed.exit_code, "is not empty" in failed.stderr) == (1, True)
    assert (folder / "stamp.json").exists()


def test_a_folder_in_use_is_neither_wiped_nor_restored_into(run: Run, folder: Path, tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(folder)], stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    try:
        (tmp_path / "b.rfb").write_bytes(b"")
        assert "is in use" in run("wipe", "--yes").stderr
        assert "is in use" in run("restore", tmp_path / "b.rfb").stderr
    finally:
        holder.kill()
        holder.communicate()
    assert (folder / "stamp.json").exists()


_HOLDS = """
import sys, time
from pathlib import Path
from dialer.processes.lock import lock_folder
held = lock_folder(Path(sys.argv[1]), pause=time.sleep)
print("held", flush=True)
sys.stdin.read()
"""


def test_wiping_asks_first(run: Run, folder: Path) -> None:
    asked = run("wipe")
    assert asked.exit_code == 1
    assert (folder / "stamp.json").exists()
