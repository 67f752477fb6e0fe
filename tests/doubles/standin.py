"""The Twilio stand-in for tests: in this process, on a free port, with its doors as short methods."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from dialer.clock import monotonic_seconds
from dialer.sandbox.server import Sandbox, serve
from dialer.sandbox.setup import Setup

# Fast enough that a call of a minute takes a second, slow enough that the order of a story's seconds holds.
SPEED = 40.0


class StandIn:
    """A running stand-in and its control doors."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.url = sandbox.url
        self.account = sandbox.world.setup.account

    def post(self, path: str, value: object) -> tuple[int, Any]:
        """POST JSON to a control door; returns the status and the JSON answer."""
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        return self._send(urllib.request.Request(self.url + path, data=data, method="POST"))

    def get(self, path: str) -> tuple[int, Any]:
        """GET a control door."""
        return self._send(urllib.request.Request(self.url + path))

    def scripts(self, number: str, *steps: dict[str, object]) -> None:
        """Let a callee behave so."""
        status, answer = self.post("/sandbox/callees", {"number": number, "script": list(steps)})
        assert status == 201, answer

    def rings_in(self, sender: str, to: str = "", **more: object) -> str:
        """Start a call; returns its sid."""
        status, answer = self.post("/sandbox/calls", {"from": sender, "to": to, **more})
        assert status == 201, answer
        return str(answer["sid"])

    def story(self, sid: str) -> Any:
        """Wait for a call and its callbacks to end; returns all that happened."""
        for _ in range(2):
            _, story = self.get(f"/sandbox/calls/{sid}?wait_s=20")
            if story["finished"]:
                return story
        raise AssertionError(f"the call did not end: {[each['event'] for each in story['events']]}")

    def until(self, found: Callable[[], Any], *, within_seconds: float = 10) -> Any:
        """Ask until something is found; returns it."""
        end = monotonic_seconds() + within_seconds
        while not (value := found()):
            assert monotonic_seconds() < end, "it did not come"
            threading.Event().wait(0.01)
        return value

    def until_answered(self, sid: str) -> None:
        """Wait until a call is answered."""
        self.until(lambda: self.get(f"/sandbox/calls/{sid}")[1]["status"] == "in-progress")

    def _send(self, request: urllib.request.Request) -> tuple[int, Any]:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read() or b"null")


@contextmanager
def running_standin(public_url: str, **setup: Any) -> Iterator[StandIn]:
    """Serve a stand-in that calls `public_url`; every thread of it must have ended at the end."""
    sandbox = serve(Setup(public_url=public_url, **{"speed": SPEED, **setup}), environment={})
    try:
        yield StandIn(sandbox)
    finally:
        assert sandbox.close(), "a thread of the stand-in outlived it"
