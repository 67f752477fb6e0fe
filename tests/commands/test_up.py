"""`ringfence up` as a person meets it: it starts, it stops, it is killed, and its data is there again."""

import http.client
import os
import signal
from pathlib import Path

import pytest
import redis

from tests.commands.installations import LIVE, Installation, installation
from tests.processes.parts import exists
from tests.servers import RunningServer, wait_for

# Whole installations start here, some of them twice.
pytestmark = pytest.mark.timeout(400)


def status_of(started: Installation, target: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", int(str(started.running["port"])), timeout=5)
    try:
        line.request("GET", target)
        return line.getresponse().status
    finally:
        line.close()


def is_ready(started: Installation) -> bool:
    try:
        return status_of(started, "/readyz") == 200
    except OSError:
        return False


def client_of(started: Installation) -> "redis.Redis":
    return redis.Redis.from_url(str(started.running["redis_url"]), socket_timeout=5)


def write(started: Installation, value: str) -> None:
    with client_of(started) as client:
        client.set("test:kept", value)


def kept(started: Installation) -> bytes | None:
    with client_of(started) as client:
        return client.get("test:kept")


def test_ctrl_c_ends_everything_and_a_second_start_finds_its_data(data_folder: Path) -> None:
    with installation(data_folder, **LIVE) as first:
        first.wait_until_ready()
        write(first, "across a stop")
        pids = set(first.children())
        assert first.stop() == 0
    assert not any(map(exists, pids))
    assert not (data_folder / "running.json").exists()
    with installation(data_folder, **LIVE) as second:
        assert kept(second.wait_until_ready()) == b"across a stop"


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_works(data_folder: Path) -> None:
    with installation(data_folder, **LIVE) as first:
        first.wait_until_ready()
        write(first, "across a kill")
        pids = set(first.children())
        run_folder = Path(str(first.running["redis_url"]).removeprefix("unix://")).parent
        first.process.kill()
        with installation(data_folder, **LIVE) as second:
            assert kept(second.wait_until_ready()) == b"across a kill"
            wait_for(lambda: not any(map(exists, pids)), what="the end of the first one's parts")
            assert not run_folder.exists()


def test_a_next_start_waits_for_a_server_that_does_not_end(data_folder: Path) -> None:
    with installation(data_folder, **LIVE) as first:
        first.wait_until_ready()
        write(first, "across a frozen server")
        server = first.child("valkey-server")
        os.kill(server, signal.SIGSTOP)
        first.process.kill()
        with installation(data_folder, **LIVE) as second:
            second.wait_until_ready()
            assert not exists(server)
            assert kept(second) == b"across a frozen server"


def test_a_second_server_never_starts_on_the_same_folder(data_folder: Path) -> None:
    with installation(data_folder, **LIVE) as first:
        first.wait_until_ready()
        second = Installation(data_folder, **LIVE)
        assert second.process.wait(30) == 1
        second.stop()
        assert f"in use by process {first.process.pid}" in second.text
        assert second.text.count("\n") == 1


@pytest.mark.parametrize("word", ["valkey-server", "dialer.commands web", "dialer.commands worker"])
def test_a_killed_part_comes_back_with_its_data(data_folder: Path, word: str) -> None:
    with installation(data_folder, **LIVE) as started:
        started.wait_until_ready()
        write(started, "across a part's end")
        victim = started.child(word)
        os.kill(victim, signal.SIGKILL)
        wait_for(lambda: any(word in c for p, c in started.children().items() if p != victim), what="another")
        wait_for(lambda: is_ready(started), what="ready again", timeout_seconds=30)
        assert kept(started) == b"across a part's end"


def test_somebody_elses_redis_is_used_and_none_is_started(
    data_folder: Path, shared_server: RunningServer
) -> None:
    with installation(data_folder, **LIVE, RINGFENCE_REDIS_URL=shared_server.url) as started:
        started.wait_until_ready()
        assert started.running["redis_url"] == shared_server.url
        assert not any("valkey-server" in command for command in started.children().values())


def test_no_secret_stands_in_a_command_line_or_a_log(data_folder: Path) -> None:
    with installation(data_folder, **LIVE) as started:
        started.wait_until_ready()
        commands = " ".join(started.children().values())
        started.stop()
        assert LIVE["TWILIO_AUTH_TOKEN"] not in commands + started.text
        assert LIVE["RINGFENCE_SECRET_KEY"] not in commands + started.text


def test_a_demo_says_so_and_prints_its_log_ins(data_folder: Path) -> None:
    with installation(data_folder) as started:
        started.wait_until_ready()
        assert "demo: no real calls are placed" in started.text
        assert "log-in       " in started.text
        assert status_of(started, "/readyz") == 200
        assert started.stop() == 0
    assert "ended with exit code" not in started.text
