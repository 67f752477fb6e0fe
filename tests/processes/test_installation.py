"""A start is decided before anything runs: demo or live, ports, and what the parts may see."""

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from dialer.data_folder import DataFolder, DataKind
from dialer.environment import Environment
from dialer.errors import Misconfigured
from dialer.processes.installation import prepare

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LIVE = {
    "twilio_account_sid": "AC" + "1" * 32,
    "twilio_auth_token": SecretStr("token"),
    "secret_key": SecretStr("k" * 32),
    "public_url": "https://calls.example",
}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith(("RINGFENCE_", "TWILIO_"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    yield


def found(folder: Path, **values: object) -> Environment:
    return Environment().model_copy(update={"data_dir": folder, "port": 0, **values})


def test_without_credentials_a_new_folder_is_a_demo(data_folder: Path) -> None:
    start = prepare(found(data_folder), demo=None, at=AT)
    assert (start.kind, DataFolder(data_folder).kind()) == (DataKind.DEMO, DataKind.DEMO)
    assert start.public_url == f"http://127.0.0.1:{start.port}"
    assert start.environment["TWILIO_API_BASE_URL"] == f"http://127.0.0.1:{start.stand_in_port}"
    assert start.environment["RINGFENCE_DRAMA_NUMBERS"] == "1"
    own = DataFolder(data_folder).demo_secrets()
    assert start.environment["TWILIO_AUTH_TOKEN"] == own.twilio_auth_token
    assert own.twilio_auth_token not in repr(start)


def test_with_credentials_a_new_folder_is_live(data_folder: Path) -> None:
    start = prepare(found(data_folder, **LIVE), demo=None, at=AT)
    assert (start.kind, start.stand_in_port) == (DataKind.LIVE, None)
    assert DataFolder(data_folder).kind() is DataKind.LIVE


def test_a_live_folder_stays_live_without_its_credentials(data_folder: Path) -> None:
    prepare(found(data_folder, **LIVE), demo=None, at=AT)
    with pytest.raises(Misconfigured, match="not set: TWILIO_ACCOUNT_SID"):
        prepare(found(data_folder), demo=None, at=AT)


@pytest.mark.parametrize(("first", "then"), [(LIVE, True), ({}, False)])
def test_the_stamp_wins_over_the_option(data_folder: Path, first: dict[str, object], then: bool) -> None:
    prepare(found(data_folder, **first), demo=None, at=AT)
    with pytest.raises(Misconfigured, match="for good"):
        prepare(found(data_folder, **first), demo=then, at=AT)


@pytest.mark.parametrize("given", [LIVE, {"twilio_auth_token": SecretStr("token")}])
def test_a_demo_never_starts_beside_credentials(data_folder: Path, given: dict[str, object]) -> None:
    with pytest.raises(Misconfigured, match="real account"):
        prepare(found(data_folder, **given), demo=True, at=AT)
    assert DataFolder(data_folder).kind() is None


def test_a_demo_folder_refuses_credentials_that_came_later(data_folder: Path) -> None:
    prepare(found(data_folder), demo=None, at=AT)
    with pytest.raises(Misconfigured, match="never run next to a real account"):
        prepare(found(data_folder, **LIVE), demo=None, at=AT)


def test_no_demo_without_credentials_names_them_and_stamps_nothing(data_folder: Path) -> None:
    with pytest.raises(Misconfigured, match="TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN"):
        prepare(found(data_folder), demo=False, at=AT)
    assert DataFolder(data_folder).kind() is None


def test_a_taken_port_is_named_with_its_setting_and_stamps_nothing(data_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Misconfigured, match=f"port {port} on 127.0.0.1 is taken.*RINGFENCE_PORT"):
            prepare(found(data_folder, port=port), demo=None, at=AT)
    assert DataFolder(data_folder).kind() is None


def test_two_starts_of_a_demo_have_the_same_secrets(data_folder: Path) -> None:
    first = prepare(found(data_folder), demo=None, at=AT).environment
    again = prepare(found(data_folder), demo=None, at=AT).environment
    same = ("RINGFENCE_SECRET_KEY", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
    assert [first[name] for name in same] == [again[name] for name in same]


@pytest.mark.parametrize(
    ("host", "url"), [("0.0.0.0", "http://127.0.0.1"), ("127.0.0.1", "http://127.0.0.1")]
)
def test_the_parts_reach_the_doors_on_this_machine(data_folder: Path, host: str, url: str) -> None:
    start = prepare(found(data_folder, host=host), demo=None, at=AT)
    assert start.own_url == f"{url}:{start.port}"
