"""One screening against its floors: a PING, the gather alone, both trips, and a whole signed webhook.

    python -m benchmarks.screening [ROUNDS]

The store is the embedded server with `appendfsync always`, as in production. Everything runs in one process
and on one connection, so the ratios say what our code and our scripts add, not what a network does.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from dialer.screening.question import Binding, Question
from dialer.screening.screen import screen
from dialer.screening.whose import place
from dialer.web import make_app
from tests.doubles.house import House
from tests.doubles.twilio_client import Twilio
from tests.servers import running_server


def microseconds(work: Callable[[int], object], rounds: int) -> float:
    """Return the median time of one call, after a tenth of the rounds to warm up."""
    taken = []
    for number in range(rounds + rounds // 10):
        started = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - started)
    return median(taken[rounds // 10 :]) * 1e6


def main() -> None:
    """Print each measure and its ratio to a PING of the same run."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with running_server() as server, tempfile.TemporaryDirectory() as folder:
        house = House(server.url, Path(folder))
        house.load_register("tps")
        house.load_register("ctps")
        measures = _measures(house)
        floor = 0.0
        for name, work in measures.items():
            taken = microseconds(work, rounds)
            floor = floor or taken
            print(f"{name:<52}{taken:>10.0f} µs{taken / floor:>8.1f} × PING")


def _measures(house: House) -> dict[str, Callable[[int], object]]:
    gate, parts = house.parts.gate, house.parts
    configuration = parts.configuration.current()

    def number(n: int) -> str:
        return f"+44207946{n % 1000:04d}"

    def asked(n: int) -> Question:
        return house.outgoing(number(n), binding=Binding.ADVISORY)

    def gather(n: int) -> object:
        question = asked(n)
        return gate.facts.gather(question, place(question, configuration), configuration, house.clock())

    app = make_app(parts.settings, parts=parts)
    twilio = Twilio(app.test_client())
    return {
        "PING": lambda _: parts.hot_redis.ping(),
        "SET, on disk (the floor of any write)": lambda n: parts.hot_redis.set("bench", n),
        "gather (one trip, all facts)": gather,
        "screening, advisory (gather, judge, commit)": lambda n: screen(asked(n), gate),
        "signed webhook to TwiML, Flask's own client": lambda n: twilio.call(number(n), sid=f"CA{n}"),
    }


if __name__ == "__main__":
    main()
