"""A whole list judged by all rules, beside tools people now use, which only take the listed numbers out.

    python -m benchmarks.scrub               a million rows against 18.2 million listed numbers
    RINGFENCE_BENCH_NUMBERS=2000000 RINGFENCE_BENCH_ROWS=10000000 …      other sizes

Something is held about one row in twenty (`lists.held`). The peers do less: DuckDB's anti-join takes out what
is listed; SQLite is asked a lead at a time, as dialers ask, whether a number is on TPS, on CTPS or on their
own list. Neither knows a rule. Each runs in a process of its own, over the same files, one after the other.
"""

import csv
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from benchmarks.lists.made import NOON, hold_facts, kinds_of, make_list, make_registers
from dialer.scrubbing.scrub import Order, scrub
from dialer.wiring import warm
from tests.doubles.house import House, StandingClock
from tests.servers import running_server

NUMBERS = int(os.environ.get("RINGFENCE_BENCH_NUMBERS", "18200000"))
ROWS = int(os.environ.get("RINGFENCE_BENCH_ROWS", "1000000"))
# Its cost a lead is flat, so a tenth of a long list tells it.
SQLITE_ROWS = 100_000
ROUNDS = 3
LOOKED_AT_EVERY_SECONDS: Final = 0.05
TABLES: Final = ("tps", "ctps", "own")
QUESTIONS: Final = tuple(f"SELECT 1 FROM {name} WHERE phone_number = ?" for name in TABLES)


def main() -> None:
    """Make everything, run each in turn, and print what it took and how many times the floor that is."""
    with tempfile.TemporaryDirectory() as name, running_server() as server:
        folder = Path(name)
        _make(House(server.url, folder), folder)
        _apart("prepare", folder, server.url)
        rounds = [
            {peer: _apart(peer, folder, server.url) for peer in ("ringfence", "duckdb")}
            for _ in range(ROUNDS)
        ]
        best = {peer: min(each[peer] for each in rounds) for peer in rounds[0]}
        floor, ours, sqlite = best["duckdb"], best["ringfence"], _apart("sqlite", folder, server.url)
        for peer, taken in best.items():
            _row(peer, taken.seconds, f"s, {taken.worked:.2f} s of work")
            _row(f"{peer}: memory at most", _peak_mib(peer, folder, server.url), "MB, all its processes")
        _row("sqlite, a lead at a time", sqlite.seconds, f"s, {sqlite.worked:.2f} s of work")
        _row("ringfence beside DuckDB", ours.seconds / floor.seconds, "× its time (at most 3, aim 1)")
        _row("ringfence beside DuckDB", ours.worked / floor.worked, "× its work")
        _row("ringfence beside sqlite", sqlite.seconds / ours.seconds, "× faster (at least 5)")


def _make(house: House, folder: Path) -> None:
    redis = house.parts.redis
    registers = make_registers(redis, folder, NUMBERS)
    numbers = make_list(folder / "list.csv", ROWS, registers["tps"])
    own = hold_facts(redis, numbers)
    np.savez(folder / "numbers.npz", own=own, **registers)
    _row("rows, numbers listed", ROWS, f"{NUMBERS:>12,}")
    stored, judged = kinds_of(redis, own)
    _row("lines with records", len(own), f", {stored:,} kinds as stored, {judged:,} as judged")


class Taken(NamedTuple):
    """What one run took: on the wall and of the processors, both in seconds."""

    seconds: float
    worked: float


def _apart(what: str, folder: Path, url: str) -> Taken:
    """Run one in a process of its own."""
    done = subprocess.run(_command(what, folder, url), check=True, capture_output=True, text=True)
    return Taken(*map(float, done.stdout.split()))


def _command(what: str, folder: Path, url: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.scrub", what, str(folder), url]


def _peak_mib(what: str, folder: Path, url: str) -> float:
    """Run one again and look at its memory, and that of all it starts, what they share counted once."""
    peak = 0.0
    with subprocess.Popen(_command(what, folder, url), stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, _shares_mib(process.pid))
            time.sleep(LOOKED_AT_EVERY_SECONDS)
    return peak


def _shares_mib(pid: int) -> float:
    """Return a process's proportional share of memory, and its children's."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    own = told.partition("\nPss:")[2].split() or ["0"]
    return int(own[0]) / 1024 + sum(_shares_mib(int(child)) for child in children)


def _here(what: str, folder: str, url: str) -> None:
    run = {"ringfence": _scrub, "duckdb": _duckdb, "sqlite": _sqlite, "prepare": _prepare}[what]
    print(*run(Path(folder), url))


class _Stopwatch:
    """Counts seconds on the wall and of work, of all this process's threads and the children that ended."""

    def __init__(self) -> None:
        self._begun = time.perf_counter(), _worked_seconds()

    def read(self, share: float = 1.0) -> tuple[float, float]:
        """Return both, of the whole where only a share of it was done."""
        wall, work = self._begun
        return (time.perf_counter() - wall) / share, (_worked_seconds() - work) / share


def _worked_seconds() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _scrub(folder: Path, url: str) -> tuple[float, float]:
    house = House(url, folder, clock=StandingClock(NOON))
    # As each door does before it is open; DuckDB's library is loaded by now too.
    warm(house.parts)
    order = Order(source=folder / "list.csv", result=folder / "ours.csv", campaign="C1")
    stopwatch = _Stopwatch()
    scrubbed = scrub(order, house.parts.lists.scrubber, watch=lambda *_: None)
    taken = stopwatch.read()
    assert scrubbed.waterfall.rows == ROWS
    return taken


def _prepare(folder: Path, _: str) -> tuple[float, float]:
    """Load the peers with the registers, which is not counted: theirs are there as ours are."""
    import duckdb

    numbers = np.load(folder / "numbers.npz")
    listed = np.union1d(numbers["tps"], numbers["ctps"])  # noqa: F841 - DuckDB reads it by its name
    with duckdb.connect(str(folder / "listed.duckdb")) as database:
        database.execute("CREATE TABLE listed AS SELECT column0 AS number FROM listed")
    with sqlite3.connect(folder / "listed.sqlite") as database:
        # As dialers keep their do-not-call lists: the number as text, with an index.
        for name in TABLES:
            database.execute(f"CREATE TABLE {name} (phone_number VARCHAR(18) PRIMARY KEY)")
            rows = ((str(number),) for number in numbers[name].tolist())
            database.executemany(f"INSERT INTO {name} VALUES (?)", rows)
    return 0.0, 0.0


def _duckdb(folder: Path, _: str) -> tuple[float, float]:
    import duckdb

    with duckdb.connect(str(folder / "listed.duckdb"), read_only=True) as database:
        stopwatch = _Stopwatch()
        database.execute(
            f"""COPY (SELECT * FROM read_csv('{folder / "list.csv"}', all_varchar = true) AS leads
            ANTI JOIN listed ON listed.number =
              TRY_CAST(right(regexp_replace(leads.phone_number, '[^0-9]', '', 'g'), 10) AS BIGINT))
            TO '{folder / "duckdb.csv"}' (HEADER)"""
        )
        return stopwatch.read()


def _sqlite(folder: Path, _: str) -> tuple[float, float]:
    wanted = min(ROWS, SQLITE_ROWS)
    with sqlite3.connect(folder / "listed.sqlite") as database, (folder / "list.csv").open() as file:
        stopwatch = _Stopwatch()
        with (folder / "sqlite.csv").open("w", newline="") as out:
            writer = csv.writer(out)
            for row in islice(csv.DictReader(file), wanted):
                digits = "".join(filter(str.isdigit, row["phone_number"]))[-10:]
                if not any(database.execute(asked, (digits,)).fetchone() for asked in QUESTIONS):
                    writer.writerow(row.values())
        return stopwatch.read(wanted / ROWS)


def _row(what: str, value: float, unit: str) -> None:
    shown = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
    print(f"{what:<44}{shown:>14} {unit}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _here(*sys.argv[1:])
    else:
        main()
