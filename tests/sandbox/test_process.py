"""The stand-in and the CRM as processes: where they listen, what stops them, how fast they end."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dialer.clock import monotonic_seconds

STAND_IN = ("dialer.sandbox", "--webhooks", "http://127.0.0.1:9")


@contextmanager
def process(folder: Path, *arguments: str, **environment: str) -> Iterator[subprocess.Popen]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("TWILIO", "RINGFENCE"))
    }
    running = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=clean | environment,
    )
    try:
        yield running
    finally:
        running.kill()
        running.communicate(timeout=10)


def ready(running: subprocess.Popen) -> dict:
    return json.loads(running.stdout.readline())


@pytest.mark.parametrize("arguments", [STAND_IN, ("dialer.sandbox.crm",)])
def test_a_process_says_where_it_listens_and_ends_at_once(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with process(tmp_path, *arguments) as running:
        url = ready(running)["url"]
        path = "/received" if "crm" in arguments[0] else "/sandbox/callees"
        assert urllib.request.urlopen(url + path, timeout=10).status == 200
        asked = monotonic_seconds()
        running.send_signal(signal.SIGTERM)

        assert running.wait(10) == 0
        assert monotonic_seconds() - asked < 5


def test_a_call_in_progress_does_not_hold_up_the_end(tmp_path: Path) -> None:
    with process(tmp_path, *STAND_IN) as running:
        url = ready(running)["url"]
        call = json.dumps({"from": "client:a17", "to": "+442079460123"}).encode()
        urllib.request.urlopen(f"{url}/sandbox/calls", data=call, timeout=10).close()
        running.send_signal(signal.SIGTERM)

        assert running.wait(5) == 0


def test_it_listens_on_this_machine_alone(tmp_path: Path) -> None:
    with process(tmp_path, *STAND_IN) as running:
        port = ready(running)["port"]
        listening = [
            line.split()[1]
            for table in ("/proc/net/tcp", "/proc/net/tcp6")
            for line in Path(table).read_text().splitlines()[1:]
            if line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A"
        ]

    assert listening == [f"{socket.inet_aton('127.0.0.1')[::-1].hex().upper()}:{port:04X}"]


@pytest.mark.parametrize("where", ["environment", "dotenv"])
def test_real_credentials_stop_the_process(tmp_path: Path, where: str) -> None:
    real = "AC" + "3f9b" * 8
    environment = {"TWILIO_ACCOUNT_SID": real} if where == "environment" else {}
    if where == "dotenv":
        (tmp_path / ".env").write_text(f"TWILIO_ACCOUNT_SID={real}\n")

    with process(tmp_path, *STAND_IN, **environment) as running:
        output, problems = running.communicate(timeout=20)

    assert (running.returncode, output) == (1, "")
    assert "TWILIO_ACCOUNT_SID" in problems and real not in problems


def test_a_data_file_scripts_callees_and_names_our_numbers(tmp_path: Path) -> None:
    callee = {"number": "+44 20 7946 0123", "script": [{"busy": True}]}
    (tmp_path / "data.json").write_text(json.dumps({"numbers": ["+442079460100"], "callees": [callee]}))

    with process(tmp_path, *STAND_IN, "--data", "data.json") as running:
        answer = urllib.request.urlopen(f"{ready(running)['url']}/sandbox/callees", timeout=10)
        (told,) = json.loads(answer.read())["callees"]

    assert (told["number"], told["script"]["pickup"]) == ("+442079460123", "busy")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("dialer.sandbox", "--webhooks", "gate.example"), "--webhooks"),
        ((*STAND_IN, "--speed", "0"), "--speed"),
        ((*STAND_IN, "--data", "absent.json"), "--data"),
        ((*STAND_IN, "--account-sid", "AC" + "3f9b" * 8), "account SID"),
        (("dialer.sandbox.crm", "--secret", "hunter2"), "whsec_"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    tmp_path: Path, arguments: tuple[str, ...], named: str
) -> None:
    with process(tmp_path, *arguments) as running:
        output, problems = running.communicate(timeout=20)

    assert (running.returncode, output) == (1, "")
    assert named in problems and "Traceback" not in problems
