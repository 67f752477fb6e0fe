"""The data folder: one stamp for good, secrets of its own, files that are replaced whole."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialer.data_folder import DataFolder, DataKind, Running
from dialer.errors import Misconfigured

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
RUNNING = Running(
    supervisor_pid=1,
    redis_url="unix:///run/s",
    port=8000,
    public_url="http://127.0.0.1:8000",
    twilio_api_base_url=None,
)


def test_a_new_folder_has_no_kind_and_reading_creates_nothing(data_folder: Path) -> None:
    assert DataFolder(data_folder).kind() is None
    assert DataFolder(data_folder).running() is None
    assert not data_folder.exists()


@pytest.mark.parametrize("kind", DataKind)
def test_a_stamp_stays(data_folder: Path, kind: DataKind) -> None:
    folder = DataFolder(data_folder)
    folder.stamp(kind, at=AT)
    folder.stamp(kind, at=AT)
    assert DataFolder(data_folder).kind() is kind


def test_a_live_folder_never_becomes_a_demo(data_folder: Path) -> None:
    folder = DataFolder(data_folder)
    folder.stamp(DataKind.LIVE, at=AT)
    with pytest.raises(Misconfigured, match="is stamped live and cannot become demo"):
        folder.stamp(DataKind.DEMO, at=AT)


@pytest.mark.parametrize("content", ['{"kind": "other"}', "{}", "[]", "", "not json", '{"kind": 1}'])
def test_a_spoilt_stamp_stops_the_start(data_folder: Path, content: str) -> None:
    data_folder.mkdir()
    (data_folder / "stamp.json").write_text(content)
    with pytest.raises(Misconfigured, match=r"stamp\.json"):
        DataFolder(data_folder).kind()


def test_demo_secrets_are_made_once_for_one_folder_and_for_its_user_alone(tmp_path: Path) -> None:
    first = DataFolder(tmp_path / "a").demo_secrets()
    assert DataFolder(tmp_path / "a").demo_secrets() == first
    assert DataFolder(tmp_path / "b").demo_secrets() != first
    assert stat.S_IMODE((tmp_path / "a" / "demo.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700


def test_demo_account_can_belong_to_nobody_at_twilio(data_folder: Path) -> None:
    assert DataFolder(data_folder).demo_secrets().twilio_account_sid.startswith("AC" + "0" * 16)


def test_what_runs_is_found_until_it_is_forgotten(data_folder: Path) -> None:
    folder = DataFolder(data_folder)
    folder.write_running(RUNNING)
    assert DataFolder(data_folder).running() == RUNNING
    folder.forget_running()
    folder.forget_running()
    assert folder.running() is None


def test_a_note_of_another_version_is_named(data_folder: Path) -> None:
    data_folder.mkdir()
    (data_folder / "running.json").write_text('{"port": 1, "colour": "red"}')
    with pytest.raises(Misconfigured, match=r"running\.json"):
        DataFolder(data_folder).running()
