"""`POST /twilio/voice/outgoing` in full, on granian with one worker, beside smaller applications on the same.

    python -m benchmarks.webhook [REQUESTS]

Work is what the server's processes used of the processors for a request, in turns of 200 requests each, so
that a noisy machine is noisy to all. Waiting is from when a request was due to its whole answer, at a fixed
rate over several connections, and is given at several rates: a processor that idles between two calls answers
each of them cold. The store syncs every write, as in production.
"""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles

from benchmarks.peers.apps import APPS
from benchmarks.peers.asking import Caller, at_a_rate, cpu_seconds, packet_of
from tests.doubles.house import House
from tests.servers import running_server, wait_for

REQUESTS = 4_000
A_TURN = 200
RATES_A_SECOND = (50.0, 150.0, 450.0)
CALLERS = 4


def main() -> None:
    """Print work and waiting, and what stands between ours and each peer."""
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running_server())
        house = House(server.url, folder)
        for register in ("tps", "ctps"):
            house.load_register(register)
        served = {name: stack.enter_context(_serving(name, server.url, folder)) for name in APPS}
        _warm(served)
        work = _work(served, requests)
        waits = {rate: _waiting(served, requests // len(RATES_A_SECOND), rate) for rate in RATES_A_SECOND}
    for name in APPS:
        print(f"{name:<16}{work[name] * 1e6:>8.0f} µs of work")
    print(f"work, against the naive Flask view     {work['ours'] / work['naive']:.2f} x (bar 2.0, aim 1.5)")
    print(f"work, against the same without Flask   {work['ours'] / work['without_flask']:.2f} x (bar 2.8)")
    for rate, waited in waits.items():
        _print_waits(rate, waited)


def _print_waits(rate: float, waits: dict[str, list[float]]) -> None:
    """Print how long each application took at one rate, and its 99th percentile against the constant view's.

    The naive view stands beside ours: it screens nothing, so what it adds is the floor of any answer.
    """
    print(f"at {rate:.0f} a second")
    p99 = {name: quantiles(waited, n=100)[98] for name, waited in waits.items()}
    for name, waited in waits.items():
        bar = "  (bar 1.5)" if name == "ours" else ""
        p50, ratio = median(waited) * 1e3, p99[name] / p99["constant"]
        print(f"  {name:<16}{p50:>8.2f} ms median{p99[name] * 1e3:>8.2f} ms p99{ratio:>8.2f} x{bar}")


@contextmanager
def _serving(name: str, redis_url: str, folder: Path) -> Iterator[tuple[int, int]]:
    """Serve one application in a process of its own; yields its port and its process."""
    port = _free_port()
    command = [sys.executable, "-m", "benchmarks.peers.apps", name, str(port), redis_url, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: _listens(port), what=f"{name} on {port}", timeout_seconds=60)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def _warm(served: dict[str, tuple[int, int]]) -> None:
    for name, (port, _) in served.items():
        caller = Caller(port)
        for packet in _packets(300, seed=900_000):
            answer = caller.ask(packet)
        if b"<Dial" not in answer:
            raise SystemExit(f"{name} does not dial: {answer!r}")


def _work(served: dict[str, tuple[int, int]], requests: int) -> dict[str, float]:
    used = dict.fromkeys(served, 0.0)
    for turn in range(requests // A_TURN):
        packets = _packets(A_TURN, seed=turn * A_TURN)
        for name, (port, pid) in served.items():
            caller, before = Caller(port), cpu_seconds(pid)
            for packet in packets:
                caller.ask(packet)
            used[name] += cpu_seconds(pid) - before
    return {name: seconds / requests for name, seconds in used.items()}


def _waiting(served: dict[str, tuple[int, int]], requests: int, rate: float) -> dict[str, list[float]]:
    waits: dict[str, list[float]] = {name: [] for name in served}
    for turn in range(max(1, requests // A_TURN)):
        packets = _packets(A_TURN, seed=int(rate) * 10_000 + turn * A_TURN)
        for name, (port, _) in served.items():
            waits[name] += at_a_rate(port, packets, a_second=rate, callers=CALLERS)
    return waits


def _packets(count: int, *, seed: int) -> list[bytes]:
    return [packet_of(f"+44113{seed + n:07d}", f"CA{seed + n:032d}") for n in range(count)]


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        time.sleep(0.1)
        return False
    return True


if __name__ == "__main__":
    main()
