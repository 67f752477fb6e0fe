"""`ringfence web`: serves the doors on granian, a few worker processes with a few blocking threads each."""

import gc
import os
import shutil
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from wsgiref.types import WSGIApplication

import click
from granian import Granian
from granian.constants import HTTPModes, Interfaces

from dialer.errors import RingfenceError
from dialer.processes.orphans import ends_with
from dialer.processes.ports import free_port
from dialer.settings import Settings, read_settings

# A worker that is asked to end is given this long for the requests it has; the supervisor waits longer.
FINISH_SECONDS = 7
# granian counts open connections, idle ones too: at twice the threads, eight browsers that keep theirs alive
# shut everybody else out (measured with granian 2.8.7). An idle one is closed after 30 s.
CONNECTIONS_A_WORKER = 512
# A request leaves next to no cycles; at Python's own 700 every other one would look for them.
ALLOCATIONS_A_COLLECTION = 10_000


@click.command()
def web() -> None:
    """Serve the web doors alone, as one part of a production installation."""
    settings = read_settings()
    _join_metrics(settings.data_dir / "metrics")
    # The settings travel in the loader: `read_settings` has taken the secrets out of the environment, which
    # granian copies into every request.
    serve(settings, partial(_load_app, settings))


def _join_metrics(folder: Path) -> None:
    """Let the worker processes count requests into one folder, new at each start, so that `/metrics` adds up.

    The client library reads the variable when it is first imported, in a worker; one that is set stays.
    """
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def serve(settings: Settings, load: Callable[[], WSGIApplication]) -> None:
    """Serve what `load` returns, called once in each worker process, until a signal says stop.

    It is called once before that here, and the result dropped: what cannot load ends the start at once, not
    in a circle of dying workers, and the forked workers share the memory of all that was imported.
    """
    load()
    server = Granian(
        "app:app",
        address=settings.host,
        port=free_port(settings.host, settings.port),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=settings.web_workers,
        blocking_threads=settings.web_threads,
        backpressure=CONNECTIONS_A_WORKER,
        respawn_failed_workers=True,
        workers_kill_timeout=FINISH_SECONDS,
        websockets=False,
    )
    server.serve(target_loader=partial(_load_in_worker, load, os.getpid()), wrap_loader=False)


def _load_in_worker(load: Callable[[], WSGIApplication], server_pid: int) -> WSGIApplication:
    """Make the application in a worker, which must not outlive its server nor be deaf while it loads."""
    ends_with(server_pid)()
    # Until granian sets its own, a forked worker has the server's handlers, which only note the signal.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    try:
        app = load()
    except RingfenceError as error:
        raise SystemExit(f"the doors cannot open: {error.message}") from error
    # What was loaded stays: a collection that walks all of it again costs 50 ms in the middle of a call.
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS_A_COLLECTION)
    return app


def _load_app(settings: Settings) -> WSGIApplication:
    from dialer.web import make_app
    from dialer.wiring import warm, wire

    parts = wire(settings)
    warm(parts)
    app: WSGIApplication = make_app(settings, parts=parts)
    return app
