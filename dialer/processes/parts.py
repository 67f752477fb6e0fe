"""Which parts an installation runs, in which order, and how each shows that it works."""

import http.client
import os
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from dialer.data_folder import DataKind
from dialer.processes.embedded import EmbeddedServer, is_ready
from dialer.processes.installation import Installation
from dialer.processes.part import Part

# The server is there before its clients and after them; the doors answer before demo data goes through them.
SERVER_STAGE, SERVING_STAGE, LOADING_STAGE = range(3)
PATIENCE_SECONDS = 1.0


def parts_of(installation: Installation, *, server: EmbeddedServer | None, lock: int) -> list[Part]:
    """Return the parts to run; `server` None means a Redis of somebody else's. The server inherits `lock`."""
    redis_url = server.url if server else installation.redis_url
    assert redis_url, "either a server is embedded or a URL was set"
    environment = {**installation.environment, "RINGFENCE_REDIS_URL": redis_url, "PYTHONUNBUFFERED": "1"}
    environment.pop("RINGFENCE_REDIS_URL_FILE", None)
    parts = [_server(server, lock)] if server else []
    parts += [
        _python("web", environment, "dialer.commands", "web", is_ready=lambda: answers(installation.own_url)),
        # Two, so that a destination that hangs holds up one and the other goes on telling the rest.
        _python("worker-1", environment, "dialer.commands", "worker"),
        _python("worker-2", environment, "dialer.commands", "worker"),
        # What takes minutes has workers of its own: no notice waits behind a list, no register behind either.
        _python("lists", environment, "dialer.commands", "worker", "--lists"),
        _python("registers", environment, "dialer.commands", "worker", "--registers"),
        _python("timetable", environment, "dialer.commands", "timetable"),
    ]
    return [*parts, *_demo(installation, environment)] if installation.kind is DataKind.DEMO else parts


def answers(url: str) -> bool:
    """Whether a web server at `url` answers `/healthz` with 200. Never raises; at most one second."""
    parts = urlsplit(url)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE_SECONDS)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def _server(server: EmbeddedServer, lock: int) -> Part:
    socket_path: Path = server.socket_path
    return Part(
        name="redis",
        command=tuple(server.command()),
        # It gets none of our secrets: it needs none.
        environment={name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ},
        stage=SERVER_STAGE,
        is_ready=lambda: is_ready(socket_path),
        inherits=(lock,),
    )


def _demo(installation: Installation, environment: dict[str, str]) -> list[Part]:
    stand_in, crm = str(installation.stand_in_port), str(installation.crm_port)
    webhooks = ("--webhooks", installation.public_url, "--deliver-to", installation.own_url)
    return [
        _python("twilio", environment, "dialer.sandbox", "--port", stand_in, *webhooks),
        _python("crm", environment, "dialer.sandbox.crm", "--port", crm, "--secret", installation.crm_secret),
        Part(
            name="demo",
            command=(
                sys.executable,
                "-m",
                "dialer.commands",
                "demo",
                "load",
                "--crm",
                f"http://127.0.0.1:{crm}",
            ),
            environment=environment,
            stage=LOADING_STAGE,
            ends=True,
        ),
    ]


def _python(
    name: str,
    environment: dict[str, str],
    module: str,
    *arguments: str,
    is_ready: Callable[[], bool] | None = None,
) -> Part:
    command = (sys.executable, "-m", module, *arguments)
    return Part(name=name, command=command, environment=environment, stage=SERVING_STAGE, is_ready=is_ready)
