"""A whole list judged by all rules, beside tools people now use, which only take the listed numbers out.

    python -m benchmarks.scrub               a million rows against two million listed numbers
    RINGFENCE_BENCH_NUMBERS=18200000 RINGFENCE_BENCH_ROWS=10000000 …      at full size

Something is held about one row in twenty. The peers do less: DuckDB's anti-join takes out what is listed,
and SQLite, asked a lead at a time as dialers ask, says whether a number is. Neither knows an objection. Each
runs in a process of its own, over the same files, one after the other.
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

import numpy as np

from benchmarks.lists.made import NOON, hold_facts, make_list, make_registers
from dialer.scrubbing.scrub import Order, scrub
from tests.doubles.house import House, StandingClock
from tests.servers import running_server

NUMBERS = int(os.environ.get("RINGFENCE_BENCH_NUMBERS", "2000000"))
ROWS = int(os.environ.get("RINGFENCE_BENCH_ROWS", "1000000"))
# Its cost a lead is flat, so a tenth of a long list tells it.
SQLITE_ROWS = 100_000
ROUNDS = 2


def main() -> None:
    """Make everything, run each in turn, and print what it took and how many times the floor that is."""
    with tempfile.TemporaryDirectory() as name, running_server() as server:
        folder = Path(name)
        house = House(server.url, folder)
        listed = make_registers(house.parts.redis, folder, NUMBERS)
        numbers = make_list(folder / "list.csv", ROWS, listed)
        held = hold_facts(house.parts.redis, numbers)
        np.save(folder / "listed.npy", listed)
        _row("rows, numbers listed, lines with records", ROWS, f"{NUMBERS:>12,} {held:>10,}")
        _apart("prepare", folder, server.url)
        rounds = [
            {peer: _apart(peer, folder, server.url) for peer in ("ringfence", "duckdb", "sqlite")}
            for _ in range(ROUNDS)
        ]
        best = {peer: min(each[peer] for each in rounds) for peer in rounds[0]}
        floor = best["duckdb"][0]
        for peer, (seconds, peak_mib) in best.items():
            _row(f"{peer}", seconds, f"s {seconds / floor:>8.2f} × DuckDB {peak_mib:>10,.0f} MB at most")
        _row("sqlite a lead", best["sqlite"][0] / best["ringfence"][0], "× ours")


def _apart(what: str, folder: Path, url: str) -> tuple[float, float]:
    """Run one in a process of its own; returns seconds and its peak in MiB."""
    command = [sys.executable, "-m", "benchmarks.scrub", what, str(folder), url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, peak = map(float, done.stdout.split())
    return seconds, peak


def _here(what: str, folder: str, url: str) -> None:
    run = {"ringfence": _scrub, "duckdb": _duckdb, "sqlite": _sqlite, "prepare": _prepare}[what]
    print(run(Path(folder), url), _peak_mib())


def _scrub(folder: Path, url: str) -> float:
    house = House(url, folder, clock=StandingClock(NOON))
    order = Order(source=folder / "list.csv", result=folder / "ours.csv", campaign="C1")
    started = time.perf_counter()
    scrubbed = scrub(order, house.parts.lists.scrubber, watch=lambda *_: None)
    taken = time.perf_counter() - started
    assert scrubbed.waterfall.rows == ROWS
    return taken


def _prepare(folder: Path, _: str) -> float:
    """Load the peers with the register, which is not counted: theirs is there as ours is."""
    import duckdb

    listed = np.load(folder / "listed.npy")
    with duckdb.connect(str(folder / "listed.duckdb")) as database:
        database.execute("CREATE TABLE listed AS SELECT column0 AS number FROM listed")
    with sqlite3.connect(folder / "listed.sqlite") as database:
        # As dialers keep their do-not-call lists: the number as text, with an index.
        database.execute("CREATE TABLE listed (phone_number VARCHAR(18) PRIMARY KEY)")
        database.executemany("INSERT INTO listed VALUES (?)", ((str(n),) for n in listed.tolist()))
    return 0.0


def _duckdb(folder: Path, _: str) -> float:
    import duckdb

    with duckdb.connect(str(folder / "listed.duckdb"), read_only=True) as database:
        started = time.perf_counter()
        database.execute(
            f"""COPY (SELECT * FROM read_csv('{folder / "list.csv"}', all_varchar = true) AS leads
            ANTI JOIN listed ON listed.number =
              TRY_CAST(right(regexp_replace(leads.phone_number, '[^0-9]', '', 'g'), 10) AS BIGINT))
            TO '{folder / "duckdb.csv"}' (HEADER)"""
        )
        return time.perf_counter() - started


def _sqlite(folder: Path, _: str) -> float:
    wanted = min(ROWS, SQLITE_ROWS)
    with sqlite3.connect(folder / "listed.sqlite") as database, (folder / "list.csv").open() as file:
        started = time.perf_counter()
        with (folder / "sqlite.csv").open("w", newline="") as out:
            writer = csv.writer(out)
            for row in islice(csv.DictReader(file), wanted):
                digits = "".join(filter(str.isdigit, row["phone_number"]))[-10:]
                asked = database.execute("SELECT 1 FROM listed WHERE phone_number = ?", (digits,))
                if asked.fetchone() is None:
                    writer.writerow(row.values())
        return (time.perf_counter() - started) * ROWS / wanted


def _peak_mib() -> float:
    """Return this process's own peak; `ru_maxrss` would count what the parent held before the exec."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _row(what: str, value: float, unit: str) -> None:
    shown = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
    print(f"{what:<44}{shown:>14} {unit}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _here(*sys.argv[1:])
    else:
        main()
