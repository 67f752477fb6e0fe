"""A dossier among very many lines: 100,000 with 10 events each; floor 50 ms at the median (issue 4).

    python -m benchmarks.dossier [LINES]

The events are written as the scripts write them: the ledger line, the line's list of entries, the record.
The gather of one screening on the same store stands beside it, against a PING of the same run.
"""

import json
import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

from redis import Redis

from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.screening.whose import place
from dialer.store import keys
from dialer.store.configuration import Section
from dialer.web import make_app
from dialer.wiring import Parts
from tests.doubles.house import House
from tests.law.building import an_objection
from tests.servers import running_server

LINES: Final = 100_000
EVENTS: Final = 10
LOOKUPS: Final = 200
FLOOR_MS: Final = 50.0
TOKEN: Final = "rfk_bench_supervisor"


def main() -> int:
    """Print the medians; returns 1 when the floor is not kept."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    with running_server("--appendfsync", "everysec") as server, tempfile.TemporaryDirectory() as folder:
        house = House(server.url, Path(folder))
        for register in ("tps", "ctps"):
            house.load_register(register)
        _fill(house.parts.redis, lines)
        dossier_ms = _dossiers(house.parts, lines)
        gather_ms, ping_ms = _gathers(house, lines)
    print(f"{lines} lines with {EVENTS} events each")
    print(f"dossier, median          {dossier_ms:8.2f} ms   (floor {FLOOR_MS:g})")
    print(f"gather, median           {gather_ms:8.3f} ms   {gather_ms / ping_ms:.2f} x a PING")
    return int(dossier_ms > FLOOR_MS)


def number(n: int) -> str:
    """Return one of the lines; plain E.164, 0113 xxx xxxx."""
    return f"+44113{n:07d}"


def _fill(redis: "Redis", lines: int) -> None:
    objection = json.dumps(an_objection())
    pipe = redis.pipeline(transaction=False)
    for n in range(lines):
        line, names = number(n), [f"{1 + n}-{event}" for event in range(1, EVENTS + 1)]
        for event, name in enumerate(names):
            body = json.dumps(
                {"id": f"dec_{n}_{event}", "to": line, "principal": "alder", "verdict": "block"}
            )
            pipe.xadd(keys.LEDGER, {"k": "decision", "d": body}, id=name)
        pipe.lpush(keys.line_entries(line), *names)
        pipe.hset(keys.line(line), mapping={f"obj:{n}": objection, "seq": 1})
        if n % 500 == 499:
            pipe.execute()
    pipe.execute()


def _dossiers(parts: Parts, lines: int) -> float:
    key = Key(id="key_b", name="bench", role=Role.SUPERVISOR, digest=digest_of(TOKEN))
    parts.configuration.put(Section.KEYS, key.id, key)
    client = make_app(parts.settings, parts=parts).test_client()
    headers = {"Authorization": f"Bearer {TOKEN}"}
    taken = []
    for n in random.Random(7).choices(range(lines), k=LOOKUPS):
        started = time.perf_counter()
        answer = client.get(f"/v1/numbers/{number(n)}", headers=headers)
        taken.append(time.perf_counter() - started)
        if answer.status_code != 200 or len(answer.json["timeline"]) != EVENTS:
            raise SystemExit(f"not a dossier: {answer.status_code}")
    return median(taken) * 1e3


def _gathers(house: House, lines: int) -> tuple[float, float]:
    gate, configuration = house.parts.gate, house.parts.configuration.current()
    pings, gathers = [], []
    for n in random.Random(8).choices(range(lines), k=LOOKUPS):
        question = house.outgoing(number(n))
        started = time.perf_counter()
        house.parts.hot_redis.ping()
        between = time.perf_counter()
        gate.facts.gather(question, place(question, configuration), configuration, house.clock())
        pings.append(between - started)
        gathers.append(time.perf_counter() - between)
    return median(gathers) * 1e3, median(pings) * 1e3


if __name__ == "__main__":
    sys.exit(main())
