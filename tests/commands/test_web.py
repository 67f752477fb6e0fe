"""What granian hands an app, and what is left of it when it is killed."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.parts import exists
from tests.servers import wait_for

SECRETS = {
    "RINGFENCE_REDIS_URL": "redis://:redis-secret@127.0.0.1:1/0",
    "RINGFENCE_SECRET_KEY": "key-secret-" + "k" * 32,
    "TWILIO_AUTH_TOKEN": "token-secret",
    "TWILIO_AUTH_TOKEN_SECONDARY": "other-secret",
}
PLAIN = {"RINGFENCE_PUBLIC_URL": "https://calls.ringfence-test.co.uk", "TWILIO_ACCOUNT_SID": "AC" + "1" * 32}
COMMAND = [sys.executable, "-m", "tests.commands.echo_server"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, target: str = "/") -> dict[str, object]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", target)
        return dict(json.loads(line.getresponse().read()))
    finally:
        line.close()


def answers(port: int) -> bool:
    try:
        return bool(ask(port))
    except OSError:
        return False


def environment(data: Path, port: int) -> dict[str, str]:
    return {**os.environ, **SECRETS, **PLAIN, "RINGFENCE_PORT": str(port), "RINGFENCE_DATA_DIR": str(data)}


@pytest.fixture
def echo(tmp_path: Path) -> "Iterator[tuple[subprocess.Popen[bytes], int]]":
    """A served echo app: its main process and its port."""
    port = free_port()
    process = subprocess.Popen(
        COMMAND, env=environment(tmp_path, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    wait_for(lambda: answers(port), what="the echo server")
    yield process, port
    process.terminate()
    process.wait(20)


def test_no_request_can_see_a_secret(echo: "tuple[subprocess.Popen[bytes], int]") -> None:
    seen = str(ask(echo[1]))
    assert "RINGFENCE_PUBLIC_URL" in seen
    assert [name for name, value in SECRETS.items() if value in seen] == []


def test_idle_connections_shut_nobody_out(echo: "tuple[subprocess.Popen[bytes], int]") -> None:
    idle = [http.client.HTTPConnection("127.0.0.1", echo[1], timeout=5) for _ in range(100)]
    for line in idle:
        line.request("GET", "/")
        assert line.getresponse().read()
    assert ask(echo[1])["pid"]
    for line in idle:
        line.close()


def test_a_taken_port_is_refused_and_not_shared(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        asked = subprocess.run(COMMAND, env=environment(tmp_path, port), capture_output=True, text=True)
    assert asked.returncode == 1
    assert f"port {port} on 127.0.0.1 is taken" in asked.stderr


def test_the_query_string_arrives_raw(echo: "tuple[subprocess.Popen[bytes], int]") -> None:
    seen = ask(echo[1], "/x?to=%2B44%201&empty=&a=1&a=2")["seen"]
    assert isinstance(seen, dict)
    assert seen["QUERY_STRING"] == "to=%2B44%201&empty=&a=1&a=2"


def test_workers_do_not_outlive_a_killed_server(echo: "tuple[subprocess.Popen[bytes], int]") -> None:
    process, port = echo
    worker = ask(port)["pid"]
    assert isinstance(worker, int)
    process.send_signal(signal.SIGKILL)
    process.wait()
    wait_for(lambda: not exists(worker), what="the end of the worker")
