"""The settings: complete or refused by name, secrets never shown and never left in the environment."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialer.data_folder import DataFolder, DataKind, Running
from dialer.errors import Misconfigured
from dialer.settings import read_settings

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TOKEN = "a-token-nobody-may-read"
LIVE = {
    "RINGFENCE_REDIS_URL": "redis://:redis-password@redis.example:6379/0",
    "RINGFENCE_PUBLIC_URL": "https://calls.example/gate/",
    "RINGFENCE_SECRET_KEY": "k" * 32,
    "TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
    "TWILIO_AUTH_TOKEN": TOKEN,
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[pytest.MonkeyPatch]:
    """An environment without a setting of ours, and a working directory without `.env`."""
    for name in list(os.environ):
        if name.startswith(("RINGFENCE_", "TWILIO_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    yield monkeypatch
    # What read_settings took away on purpose must not come back by undoing it before it was set.
    for name in LIVE:
        os.environ.pop(name, None)


def set_all(environment: pytest.MonkeyPatch, **more: str) -> None:
    for name, value in {**LIVE, **more}.items():
        environment.setenv(name, value)


def test_a_live_environment_is_read_whole(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    set_all(
        environment,
        TWILIO_AUTH_TOKEN_SECONDARY="next",
        RINGFENCE_PORT="9000",
        RINGFENCE_REDIS_DURABLE="trusted",
    )
    settings = read_settings()
    assert settings.public_url == "https://calls.example/gate"
    assert settings.twilio_auth_token.get_secret_value() == TOKEN
    assert settings.twilio_auth_token_secondary
    assert (settings.port, settings.redis_durable, settings.demo) == (9000, "trusted", False)
    assert (settings.data_dir, settings.drama_numbers) == (tmp_path / ".ringfence", False)


def test_secrets_leave_the_environment_and_are_not_shown(environment: pytest.MonkeyPatch) -> None:
    set_all(environment, RINGFENCE_LOOKUP_TOKEN="look-up-key")
    settings = read_settings()
    assert "look-up-key" not in {*os.environ.values(), repr(settings)}
    assert {TOKEN, "k" * 32, LIVE["RINGFENCE_REDIS_URL"]} & set(os.environ.values()) == set()
    assert TOKEN not in repr(settings)
    assert "redis-password" not in repr(settings)


@pytest.mark.parametrize("name", [name for name in LIVE if name != "RINGFENCE_REDIS_URL"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_setting_is_named(environment: pytest.MonkeyPatch, name: str, value: str | None) -> None:
    set_all(environment)
    environment.delenv(name) if value is None else environment.setenv(name, value)
    with pytest.raises(Misconfigured, match=f"not set: {name};"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RINGFENCE_PUBLIC_URL", "http://calls.example"),
        ("RINGFENCE_PUBLIC_URL", "https://call_s.example"),
        ("RINGFENCE_PUBLIC_URL", "https://calls.example/?a=1"),
        ("RINGFENCE_PUBLIC_URL", "https://user@calls.example"),
        ("RINGFENCE_PUBLIC_URL", "calls.example"),
        ("RINGFENCE_SECRET_KEY", "k" * 31),
        ("RINGFENCE_REDIS_URL", "http://redis.example"),
        ("RINGFENCE_REDIS_DURABLE", "yes"),
        ("RINGFENCE_PORT", "65536"),
        ("RINGFENCE_DEFAULT_REGION", "United Kingdom"),
        ("TWILIO_API_BASE_URL", "ftp://stand.in"),
        ("RINGFENCE_LOOKUP_URL", "http://look.example/tps"),
        ("RINGFENCE_LOOKUP_TIMEOUT_MS", "99"),
        ("RINGFENCE_LOOKUP_NETWORKS", "10.2.0.1/16"),
    ],
)
def test_an_unsafe_value_is_named_and_not_shown(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    set_all(environment, **{name: value})
    with pytest.raises(Misconfigured, match=name) as refused:
        read_settings()
    assert value not in refused.value.message


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000"])
def test_this_machine_may_be_called_without_tls(environment: pytest.MonkeyPatch, url: str) -> None:
    set_all(environment, RINGFENCE_PUBLIC_URL=url)
    assert read_settings().public_url == url


def test_half_an_api_key_is_refused(environment: pytest.MonkeyPatch) -> None:
    set_all(environment, TWILIO_API_KEY_SID="SK" + "1" * 32)
    with pytest.raises(Misconfigured, match="TWILIO_API_KEY_SECRET"):
        read_settings()


def test_drama_numbers_are_refused_outside_the_demo(environment: pytest.MonkeyPatch) -> None:
    set_all(environment, RINGFENCE_DRAMA_NUMBERS="1")
    with pytest.raises(Misconfigured, match="RINGFENCE_DRAMA_NUMBERS"):
        read_settings()


def test_a_secret_may_lie_in_a_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    set_all(environment)
    environment.delenv("TWILIO_AUTH_TOKEN")
    (tmp_path / "token").write_text("from-a-file\n")
    environment.setenv("TWILIO_AUTH_TOKEN_FILE", str(tmp_path / "token"))
    assert read_settings().twilio_auth_token.get_secret_value() == "from-a-file"


def test_a_secret_said_twice_or_in_no_file_is_refused(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    set_all(environment, TWILIO_AUTH_TOKEN_FILE=str(tmp_path / "absent"))
    with pytest.raises(Misconfigured, match="TWILIO_AUTH_TOKEN and TWILIO_AUTH_TOKEN_FILE"):
        read_settings()
    environment.delenv("TWILIO_AUTH_TOKEN")
    with pytest.raises(Misconfigured, match="TWILIO_AUTH_TOKEN_FILE: No such file"):
        read_settings()


def test_a_variable_wins_over_the_env_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("RINGFENCE_PORT=1\nRINGFENCE_WEB_THREADS=3\nSOMETHING_ELSE=x\n")
    set_all(environment, RINGFENCE_PORT="2")
    settings = read_settings()
    assert (settings.port, settings.web_threads) == (2, 3)


def test_without_redis_somebody_is_told_how_to_get_one(environment: pytest.MonkeyPatch) -> None:
    with pytest.raises(Misconfigured, match="start `ringfence up` in another terminal"):
        read_settings()


def test_a_second_terminal_finds_the_running_demo(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / ".ringfence")
    folder.stamp(DataKind.DEMO, at=AT)
    running = Running(
        supervisor_pid=1,
        redis_url="unix:///s",
        port=8123,
        public_url="http://127.0.0.1:8123",
        twilio_api_base_url="http://127.0.0.1:8124",
    )
    folder.write_running(running)
    settings = read_settings()
    assert (settings.redis_url, settings.port, settings.public_url) == (
        "unix:///s",
        8123,
        "http://127.0.0.1:8123",
    )
    assert (settings.twilio_api_base_url, settings.demo, settings.drama_numbers) == (
        "http://127.0.0.1:8124",
        True,
        True,
    )
    assert settings.twilio_account_sid == folder.demo_secrets().twilio_account_sid


def test_a_real_account_never_stands_beside_demo_data(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    DataFolder(tmp_path / ".ringfence").stamp(DataKind.DEMO, at=AT)
    set_all(environment)
    with pytest.raises(Misconfigured, match="never run next to a real account"):
        read_settings()


def test_a_live_folder_without_credentials_is_no_demo(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    DataFolder(tmp_path / ".ringfence").stamp(DataKind.LIVE, at=AT)
    environment.setenv("RINGFENCE_REDIS_URL", "unix:///s")
    with pytest.raises(Misconfigured, match="TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN"):
        read_settings()
