"""National registers at size: parse to live, memory, a day's change, the swap, and looking a number up.

    python -m benchmarks.registers            one million numbers
    RINGFENCE_BENCH_NUMBERS=18200000 …        TPS and CTPS as they are

Numbers are drawn in clusters as registers have them and thrown away after. The peer is a plain SET of strings
with the same numbers (a twentieth of them, its cost a number is flat); the floor of a look-up is a PING.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

import redis

from dialer.registers.load import Loaded, Order, load
from dialer.registers.page import page_of
from dialer.store.gather import Wanted, commands, found
from dialer.store.hot_line import HotLine, all_well
from dialer.store.register_store import RegisterStore
from dialer.store.registers import live_registers
from tests.servers import RunningServer, running_server

NUMBERS = int(os.environ.get("RINGFENCE_BENCH_NUMBERS", "1000000"))
CTPS_SHARE = 1_300_000 / 18_200_000
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAYS = {"first": date(2026, 11, 20), "daily": date(2026, 11, 21), "next": date(2026, 11, 22)}
CHANGES = 3_000
PEER_SHARE = 20
LOOKUPS = 2_000


def main() -> None:
    """Make the files, load them in a process of their own, and print what it took."""
    with tempfile.TemporaryDirectory() as folder, running_server() as server:
        files = _write_files(Path(folder))
        client = redis.Redis(unix_socket_path=str(server.socket_path))
        empty = _used(client)
        _row("numbers", NUMBERS, "")
        for name in ("tps", "ctps"):
            _row(f"{name}: parse to live", *_load_apart(server, name, files[name], "first"))
        held = _used(client) - empty
        per_number = held / NUMBERS
        _row("memory of both registers", held / 2**20, f"MB, {per_number:.2f} bytes a number")
        plain = _plain_set(files["tps"])
        _row("a plain SET of the same", plain * NUMBERS / 2**20, f"MB, {plain / per_number:.0f} × ours")
        _row(f"tps: change file of {CHANGES:,}", *_load_apart(server, "tps", files["daily"], "daily"))
        client.config_resetstat()
        _row("tps: the next full file", *_load_apart(server, "tps", files["next"], "next"))
        peak_held = int(client.info("memory")["used_memory_peak"]) - empty
        _row("store's peak during a swap", peak_held / held, "× both registers at rest")
        _look_up(client)


def _write_files(folder: Path) -> dict[str, Path]:
    """Write TPS in layout B, CTPS thinly spread, a change file, and the next day's full file."""
    draw = random.Random(20261123)
    ctps = int(NUMBERS * CTPS_SHARE)
    files = {name: folder / f"{name}.txt" for name in ("tps", "ctps", "daily", "next")}
    numbers = list(_clustered(draw, NUMBERS - ctps, mean_a_page=160))
    _write(files["tps"], numbers)
    _write(files["ctps"], list(_clustered(draw, ctps, mean_a_page=14)))
    added = list(_clustered(draw, CHANGES // 2, mean_a_page=2))
    removed = draw.sample(numbers, CHANGES // 2)
    files["daily"].write_text(
        "".join(f"A,0{number}\n" for number in added) + "".join(f"D,0{number}\n" for number in removed)
    )
    _write(
        files["next"], sorted({*numbers, *added} - set(removed)) + list(_clustered(draw, 500, mean_a_page=2))
    )
    return files


def _clustered(draw: random.Random, count: int, mean_a_page: int) -> Iterator[int]:
    """Yield national numbers on pages as full as they come: most thin, some crowded."""
    made = 0
    while made < count:
        page = draw.randrange(100_000, 360_000)
        size = min(count - made, 9_000, max(1, int(draw.lognormvariate(0, 1.3) * mean_a_page / 2.3)))
        for offset in draw.sample(range(10_000), size):
            yield page * 10_000 + offset
        made += size


def _write(path: Path, numbers: list[int]) -> None:
    with path.open("w", newline="\r\n") as file:
        file.writelines(f"0{number} \n" for number in numbers)


def _load_apart(server: RunningServer, name: str, path: Path, day: str) -> tuple[float, str]:
    """Load in a process of its own; returns seconds, and what it worked and held at most."""
    command = [sys.executable, "-m", "benchmarks.registers", str(server.socket_path), name, str(path), day]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, worked, peak = map(float, done.stdout.split())
    return seconds, f"s ({worked:.1f} s of work), importer's peak {peak / 1024:.0f} MB"


def _load_here(socket: str, name: str, path: str, day: str) -> None:
    store = RegisterStore(redis.Redis(unix_socket_path=socket))
    order = Order(register=name, path=Path(path), extracted_on=DAYS[day], by="bench", accept_change=True)
    started, before = time.perf_counter(), time.process_time()
    # Two minutes pass between imports, so that what the one replaced is gone before the next begins.
    at = NOON + timedelta(minutes=2 * list(DAYS).index(day))
    loaded: Loaded = load(order, store, folder=Path(path).parent, clock=lambda: at)
    assert loaded.after is not None
    print(time.perf_counter() - started, time.process_time() - before, _peak_kib())


def _peak_kib() -> int:
    """Return this process's own peak; `ru_maxrss` would count what the parent held before the exec."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def _plain_set(path: Path) -> float:
    """Return the bytes a number takes in a SET of strings."""
    with running_server("--appendonly", "no") as server, path.open() as file:
        client = redis.Redis(unix_socket_path=str(server.socket_path))
        empty = _used(client)
        numbers = [
            f"+44{line.strip()[1:]}" for line, _ in zip(file, range(NUMBERS // PEER_SHARE), strict=False)
        ]
        for first in range(0, len(numbers), 10_000):
            client.sadd("plain", *numbers[first : first + 10_000])
        return (_used(client) - empty) / int(client.scard("plain"))  # type: ignore[arg-type]


def _look_up(client: "redis.Redis") -> None:
    """Compare one gather of both registers with a PING, in turns, on one connection."""
    registers = live_registers(client)
    draw = random.Random(7)
    numbers = [f"+44{number}" for number in _clustered(draw, LOOKUPS, mean_a_page=1)]

    hot_line = HotLine(client)

    def gather(number: str) -> object:
        wanted = Wanted(
            line=number,
            campaign="C1",
            receipt=None,
            place=page_of(number),
            registers=registers,
            has_washes=False,
            at=NOON,
        )
        return found(wanted, all_well(hot_line.ask(commands(wanted))[-1]))

    pings, gathers = [], []
    for number in numbers:
        pings.append(_timed(lambda _: client.ping(), number))
        gathers.append(_timed(gather, number))
    ping, gathered = median(pings), median(gathers)
    _row(
        "look-up with all facts", gathered * 1e6, f"µs, {gathered / ping:.2f} × a PING ({ping * 1e6:.0f} µs)"
    )


def _timed(work: Callable[[str], object], number: str) -> float:
    started = time.perf_counter()
    work(number)
    return time.perf_counter() - started


def _used(client: "redis.Redis") -> int:
    client.memory_purge()
    return int(client.info("memory")["used_memory"])


def _row(what: str, value: float, unit: str) -> None:
    shown = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
    print(f"{what:<36}{shown:>14} {unit}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _load_here(*sys.argv[1:])
    else:
        main()
