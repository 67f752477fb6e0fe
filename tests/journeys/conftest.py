"""A whole demo installation, as `make run` starts it, shared by the stories of one file."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.commands.installations import Installation
from tests.servers import short_folder


@dataclass
class Demo:
    """A running demo: its addresses and its keys."""

    installation: Installation

    @property
    def data(self) -> Path:
        return self.installation.data

    @property
    def url(self) -> str:
        return str(self.installation.running["public_url"])

    @property
    def stand_in(self) -> str:
        return str(self.installation.running["twilio_api_base_url"])

    def key(self, role: str) -> str:
        lines = (self.data / "demo-log-ins").read_text(encoding="utf-8").splitlines()
        return next(line.rpartition(" ")[2] for line in lines if f"role {role}:" in line)

    def api(self, method: str, path: str, body: Any = None, *, role: str = "supervisor") -> tuple[int, Any]:
        """Ask the JSON API; returns the status and the JSON answer."""
        return ask(method, self.url + path, body, {"Authorization": f"Bearer {self.key(role)}"})

    def rings(self, endpoint: str, dialled: str) -> dict[str, Any]:
        """Let an agent ring through the stand-in; returns the call's whole story once it is over."""
        params = {"from": endpoint, "to": dialled, "params": {"To": dialled}}
        status, answer = ask("POST", f"{self.stand_in}/sandbox/calls", params)
        assert status == 201, answer
        for _ in range(4):
            _, story = ask("GET", f"{self.stand_in}/sandbox/calls/{answer['sid']}?wait_s=20")
            if story["finished"]:
                return dict(story)
        raise AssertionError("the call did not end")

    def scripts(self, number: str, *steps: dict[str, object]) -> None:
        """Let a callee behave so."""
        body = {"number": number, "script": list(steps)}
        status, answer = ask("POST", f"{self.stand_in}/sandbox/callees", body)
        assert status == 201, answer


def ask(method: str, url: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, Any]:
    """Send JSON and read JSON; a refusal is an answer, not an error."""
    data = None if body is None else json.dumps(body).encode()
    sent = {"Content-Type": "application/json", **(headers or {})}
    request = urllib.request.Request(url, data=data, headers=sent, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, json.loads(refusal.read() or b"null")


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """One demo installation for a file's stories, with its data loaded."""
    with short_folder() as folder:
        running = Installation(folder / "data")
        try:
            running.wait_until_ready()
            yield Demo(running)
        finally:
            running.stop()
