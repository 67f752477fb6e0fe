"""The API as it is served: granian, two processes, real HTTP."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from dialer.clock import utc_now
from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.store.configuration import Section
from dialer.wiring import Parts, wire
from tests.commands.installations import LIVE
from tests.servers import running_server, short_folder, wait_for
from tests.web.api.conftest import CAMPAIGN, NUMBER, ORGANISATION, settings_for

OTHER = "+442079460124"
START_SECONDS = 60.0


@dataclass
class Served:
    """A running `ringfence web` and a way to ask it."""

    port: int
    parts: Parts

    def ask(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> tuple[int, dict[str, str], Any]:
        """Send one request on a connection of its own; return status, headers and JSON (or bytes)."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = {"Authorization": "Bearer token", **{n.replace("_", "-"): v for n, v in headers.items()}}
        raw = json.dumps(body).encode() if body is not None else None
        if raw is not None:
            sent.setdefault("Content-Type", "application/json")
        try:
            line.request(method, path, body=raw, headers=sent)
            answer = line.getresponse()
            text = answer.read()
            is_json = "json" in (answer.getheader("Content-Type") or "")
            told = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, told, json.loads(text) if text and is_json else text
        finally:
            line.close()

    def lives(self) -> bool:
        """Say whether it answers."""
        try:
            return self.ask("GET", "/healthz")[0] == 200
        except OSError:
            return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def keep_key(parts: Parts, token: str) -> Key:
    key = Key(id=f"key_{token}", name=token, role=Role.ADMIN, digest=digest_of(token))
    parts.configuration.put(Section.KEYS, key.id, key)
    return key


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """One server for all tests here, since it takes seconds to start; each test uses lines of its own."""
    with running_server() as server, short_folder() as folder:
        yield from serving(server.url, folder)


def serving(redis_url: str, folder: Path) -> Iterator[Served]:
    parts = wire(settings_for(redis_url, folder))
    keep_key(parts, "token")
    port = free_port()
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("RINGFENCE_", "TWILIO_"))
    }
    environment = {
        **plain,
        **LIVE,
        "RINGFENCE_REDIS_URL": redis_url,
        "RINGFENCE_DATA_DIR": str(folder / "data"),
        "RINGFENCE_PORT": str(port),
        "RINGFENCE_WEB_WORKERS": "2",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "dialer.commands", "web"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    running = Served(port, parts)
    try:
        wait_for(running.lives, what="the API", timeout_seconds=START_SECONDS)
        running.ask("PUT", "/v1/organisations/ORG_A", ORGANISATION)
        running.ask("PUT", "/v1/organisations/OP_1", {"legal_name": "Beck Contact Ltd"})
        yield running
    finally:
        process.terminate()
        process.wait(30)


def test_one_key_and_eight_askers_make_one_objection(served: Served) -> None:
    said = {"contact_point": NUMBER, "principal": "ORG_A"}
    with ThreadPoolExecutor(8) as pool:
        asked = [
            pool.submit(served.ask, "POST", "/v1/objections", said, Idempotency_Key="k") for _ in range(8)
        ]
        answers = [future.result() for future in asked]
    kept = [answer[2]["id"] for answer in answers if answer[0] == 201]
    assert {answer[0] for answer in answers} <= {201, 409}
    assert len(set(kept)) == 1
    events = served.ask("GET", f"/v1/numbers/{NUMBER}")[2]["events"]
    assert [event["record"]["id"] for event in events] == list(set(kept))


def test_a_key_revoked_is_dead_in_every_process_at_once(served: Served) -> None:
    key, bearer = keep_key(served.parts, "second"), "Bearer second"
    assert {served.ask("GET", "/v1/campaigns", Authorization=bearer)[0] for _ in range(8)} == {200}
    served.parts.configuration.put(Section.KEYS, key.id, replace(key, revoked_at=utc_now()))
    assert {served.ask("GET", "/v1/campaigns", Authorization=bearer)[0] for _ in range(8)} == {401}


def test_what_one_process_keeps_the_other_reads_at_once(served: Served) -> None:
    for number in range(8):
        name = f"C{number}"
        assert served.ask("PUT", f"/v1/campaigns/{name}", CAMPAIGN)[0] == 200
        assert served.ask("GET", f"/v1/campaigns/{name}")[2]["id"] == name


def test_the_wire_is_read_as_the_description_says(served: Served) -> None:
    plain, escaped = (served.ask("GET", f"/v1/numbers/{plus}{OTHER[1:]}") for plus in ("+", "%2B"))
    assert (plain[0], plain[2]["id"]) == (200, escaped[2]["id"])
    assert served.ask("HEAD", "/v1/campaigns")[0] == 200
    assert served.ask("OPTIONS", "/v1/screen")[0] == 405
    assert served.ask("GET", "/v1/campaigns/")[0] in {200, 404}
    assert served.ask("POST", "/v1/what-if", {"at": "x" * 300_000})[0] == 413
    assert served.ask("POST", "/v1/what-if", {"at": "x"}, Content_Type="text/plain")[0] == 415


def test_the_figures_of_both_processes_add_up(served: Served) -> None:
    """Twenty requests fall on two processes; whichever is asked then tells all twenty."""
    for _ in range(20):
        assert served.ask("GET", "/v1/registers")[0] == 200
    for _ in range(4):
        text = served.ask("GET", "/metrics")[2].decode()
        counted = re.search(
            r'request_seconds_count\{door="/v1/registers",[^}]*status="200"\} ([0-9.]+)', text
        )
        assert counted is not None
        assert float(counted.group(1)) == 20


def test_a_report_streams_and_a_workbook_opens(served: Served) -> None:
    around = "from=2026-01-01&to=2026-12-31"
    status, told, csv = served.ask("GET", f"/v1/reports/blocked-calls?{around}&format=csv")
    workbook = served.ask("GET", f"/v1/reports/blocked-calls?{around}&format=xlsx")[2]
    assert (status, told["content-type"]) == (200, "text/csv; charset=utf-8")
    assert csv.startswith(b"decided_at,")
    assert workbook.startswith(b"PK")


def test_the_documentation_is_served_and_loads_nothing_else(served: Served) -> None:
    status, told, page = served.ask("GET", "/v1/docs")
    assert (status, b"POST /v1/screen" in page) == (200, True)
    assert told["content-security-policy"].startswith("default-src 'none'")
    assert served.ask("GET", "/v1/openapi.json")[2]["openapi"] == "3.1.0"
