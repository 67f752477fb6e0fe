"""All facts of one screening, one round trip, among 100,000 lines with ten events each; bar 2.2 × a PING.

    python -m benchmarks.gather [LINES]

Events are consents, call-backs, sales, links, marks, calls, outcomes and noes, written by the store's own
writers and copied key by key. Measures take turns, a hundred at a time on one connection, so that each is as
warm as the next. The floor is a PING by the client library; the same on its connection that is kept apart
from the pool, and on the hot line itself, stand beside it.
"""

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Final

from redis import Redis

from benchmarks.crowd.fill import drawn, fill
from dialer.registers.live import LiveRegister
from dialer.registers.page import page_of
from dialer.screening.judge import judge
from dialer.screening.question import Question
from dialer.screening.whose import place
from dialer.store.gather import Wanted, commands, found
from dialer.store.hot_line import HotLine, all_well
from dialer.store.line_record import read_line
from dialer.store.registers import in_force
from tests.doubles.house import House
from tests.servers import running_server

LINES: Final = 100_000
ROUNDS: Final = 4_000
A_TURN: Final = 100
BAR: Final = 2.2
PING: Final = "PING, by the client library"
TRIP: Final = "the trip: facts back as they stood"


def main() -> int:
    """Print each median and its ratio to a PING; returns 1 when the trip misses its bar."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    with running_server("--appendfsync", "everysec") as server, tempfile.TemporaryDirectory() as folder:
        house = House(server.url, Path(folder))
        for register in ("tps", "ctps"):
            house.load_register(register)
        fill(house, lines)
        taken = _in_turns(_measures(house, list(drawn(lines, ROUNDS, seed=7))))
    ping = taken[PING]
    print(f"{lines} lines with ten events each")
    for name, seconds in taken.items():
        print(f"{name:<44}{seconds * 1e6:>9.1f} µs{seconds / ping:>8.2f} × PING")
    print(f"bar for the trip: {BAR} × PING")
    return int(taken[TRIP] > BAR * ping)


def _measures(house: House, lines: list[str]) -> dict[str, Callable[[int], object]]:
    redis, facts, book = house.parts.hot_redis, house.parts.gate.facts, house.parts.book
    configuration, at = house.parts.configuration.current(), house.clock()
    apart = Redis.from_url(house.redis_url, single_connection_client=True)
    hot_line, live = HotLine(redis), in_force(redis)
    questions = [house.outgoing(line) for line in lines]
    placed = place(questions[0], configuration)
    wanted = [_wanted(question, live.registers, house) for question in questions]

    def trip(n: int) -> object:
        return found(wanted[n], all_well(hot_line.ask(commands(wanted[n]))[-1]))

    def gather(n: int) -> object:
        return facts.gather(questions[n], placed, configuration, at)

    records = [found(w, all_well(hot_line.ask(commands(w))[-1])).line for w in wanted]
    cases = [facts.gather(question, placed, configuration, at).case for question in questions]
    return {
        PING: lambda _: redis.ping(),
        "PING, on a connection of its own": lambda _: apart.ping(),
        "PING, on the hot line": lambda _: hot_line.ask([("PING",)]),
        TRIP: trip,
        "gather: the trip, read into a case": gather,
        "  of which reading the line's records": lambda n: read_line(records[n]),
        "judging the case": lambda n: judge(cases[n], book),
    }


def _wanted(question: Question, registers: tuple[LiveRegister, ...], house: House) -> Wanted:
    return Wanted(
        line=question.to,
        campaign=question.campaign,
        receipt=None,
        place=page_of(question.to),
        registers=registers,
        has_washes=False,
        at=house.clock(),
    )


def _in_turns(measures: dict[str, Callable[[int], object]]) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in measures}
    gc.disable()
    for first in range(0, ROUNDS, A_TURN):
        for name, work in measures.items():
            for n in range(first, first + A_TURN):
                started = time.perf_counter()
                work(n)
                taken[name].append(time.perf_counter() - started)
    gc.enable()
    return {name: median(each) for name, each in taken.items()}


if __name__ == "__main__":
    sys.exit(main())
