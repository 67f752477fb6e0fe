"""`ringfence up`: everything on one machine in the foreground, under one supervisor."""

import os
import threading
from pathlib import Path

import click

from dialer.clock import monotonic_seconds, utc_now
from dialer.data_folder import DataKind, Running
from dialer.environment import Environment, read_environment
from dialer.processes.embedded import SOCKET_NAME, EmbeddedServer, remove_run_folder, run_folder
from dialer.processes.installation import Installation, prepare
from dialer.processes.lock import lock_folder
from dialer.processes.log_lines import LogLines
from dialer.processes.parts import parts_of
from dialer.processes.supervisor import OURSELVES, Supervisor


@click.command()
@click.option("--host", help="Address to serve on (RINGFENCE_HOST).")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port to serve on, 0 for a free one (RINGFENCE_PORT)."
)
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="Data folder (RINGFENCE_DATA_DIR)."
)
@click.option("--demo/--no-demo", default=None, help="Invented data and the Twilio stand-in, or neither.")
def up(host: str | None, port: int | None, data: Path | None, demo: bool | None) -> None:
    """Start everything in the foreground; Ctrl-C stops it.

    Without Twilio credentials it is a demo: invented data, a stand-in for Twilio, no real calls.
    A data folder keeps what it was at its first start.
    """
    started = monotonic_seconds()
    said = {"host": host, "port": port, "data_dir": data}
    found = read_environment().model_copy(
        update={name: value for name, value in said.items() if value is not None}
    )
    folder = found.data_dir.absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = lock_folder(folder, pause=threading.Event().wait)
    try:
        _run(found, demo, lock, started)
    finally:
        os.close(lock)


def _run(found: Environment, demo: bool | None, lock: int, started: float) -> None:
    installation = prepare(found, demo=demo, at=utc_now())
    log = LogLines()
    # The lock is ours, so what a killed start has left behind belongs to nobody.
    if last := installation.folder.running():
        remove_run_folder(last.redis_url)
    sockets = None if installation.redis_url else run_folder()
    server = EmbeddedServer(installation.folder.path / "valkey", sockets / SOCKET_NAME) if sockets else None
    supervisor = Supervisor(parts_of(installation, server=server, lock=lock), say=log.write)
    redis_url = server.url if server else str(installation.redis_url)
    try:
        _write_running(installation, redis_url)
        supervisor.run(on_ready=lambda: _greet(installation, log, monotonic_seconds() - started))
    finally:
        installation.folder.forget_running()
        remove_run_folder(redis_url)


def _write_running(installation: Installation, redis_url: str) -> None:
    installation.folder.write_running(
        Running(
            supervisor_pid=os.getpid(),
            redis_url=redis_url,
            port=installation.port,
            public_url=installation.public_url,
            twilio_api_base_url=installation.environment.get("TWILIO_API_BASE_URL"),
        )
    )


def _greet(installation: Installation, log: LogLines, seconds: float) -> None:
    """Say where everything is, once all of it answers."""
    lines = [
        f"ready in {seconds:.1f} s; data in {installation.folder.path} ({installation.kind.value})",
        f"console      {installation.public_url}/",
        f"JSON API     {installation.public_url}/v1/docs",
    ]
    if installation.kind is DataKind.DEMO:
        lines += [
            f"stand-in     http://127.0.0.1:{installation.stand_in_port}/sandbox/callees",
            *(f"log-in       {line}" for line in _log_ins(installation)),
            "demo: no real calls are placed, all people and numbers are invented",
        ]
    for line in [*lines, "Ctrl-C stops everything"]:
        log.write(OURSELVES, line)


def _log_ins(installation: Installation) -> list[str]:
    """Return the demo's log-ins as its loader wrote them down, one a line."""
    try:
        return (installation.folder.path / "demo-log-ins").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
