"""`ringfence suppress import`: a list of 20,000 noes, each an atomic act with its ledger line and notice.

    python -m benchmarks.suppressions [ROWS]

Bar: 1,500 rows a second, file to disk. The floor is the same number of HSETs of such a record in pipelines of
256; the peer is the same noes one by one, as calls bring them (a tenth of them).
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from dialer.files.number_cell import NumberReading
from dialer.objections.file_row import FileOrder
from dialer.objections.import_file import import_objections
from dialer.objections.record_all import BatchDesk, record_all
from dialer.store import keys
from dialer.store.objection_batches import ObjectionBatches
from tests.doubles.house import House
from tests.law.building import an_objection
from tests.servers import running_server

ROWS: Final = 20_000
BAR_A_SECOND: Final = 1_500
AT_ONCE: Final = 256


def main() -> int:
    """Print rates and work a row; returns 1 below the bar."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with running_server() as server, tempfile.TemporaryDirectory() as folder:
        house = House(server.url, Path(folder))
        path = Path(folder) / "dnc.csv"
        path.write_text("phone_number\n" + "".join(f"0113{n:07d}\n" for n in range(rows)))
        started, worked = time.perf_counter(), time.process_time()
        imported = import_objections(path, _order(house), _keep(house))
        taken, worked = time.perf_counter() - started, time.process_time() - worked
        if imported.tally.records != rows:
            raise SystemExit(f"{imported.tally.records} of {rows} were kept")
        floor, alone = _floor(house, rows), _alone(house, rows // 10)
    print(f"rows a second            {rows / taken:>10,.0f}   (bar {BAR_A_SECOND:,})")
    print(f"importer's work a row    {worked / rows * 1e6:>10,.0f} µs")
    print(f"against plain HSETs      {taken / floor:>10.1f} × the time")
    print(f"against one by one       {alone * 10 / taken:>10.1f} × as fast")
    return int(rows / taken < BAR_A_SECOND)


def _order(house: House) -> FileOrder:
    numbers = NumberReading("GB", False)
    return FileOrder(principal="alder", operator=None, at=house.clock(), numbers=numbers)


def _keep(house: House):
    batch = BatchDesk(batches=ObjectionBatches(house.parts.redis, house.parts.safety), desk=house.parts.desk)
    return lambda sayings: record_all(sayings, batch)


def _floor(house: House, rows: int) -> float:
    body, redis = json.dumps(an_objection()), house.parts.redis
    started = time.perf_counter()
    for first in range(0, rows, AT_ONCE):
        with redis.pipeline(transaction=False) as pipe:
            for n in range(first, min(rows, first + AT_ONCE)):
                pipe.hset(keys.line(f"+44114{n:07d}"), f"obj:{n}", body)
            pipe.execute()
    return time.perf_counter() - started


def _alone(house: House, rows: int) -> float:
    started = time.perf_counter()
    for n in range(rows):
        house.object(f"+44115{n:07d}")
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
