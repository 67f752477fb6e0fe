"""What the benchmark of lists works on: registers, leads, and what is held about some of them."""

import csv
import random
from collections.abc import Hashable
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from redis import Redis

from benchmarks.lists.held import Held
from benchmarks.lists.numbers import Numbers, clustered, lines
from dialer.law.facts import Policy
from dialer.law.statute_book import StatuteBook
from dialer.registers.load import Order, load
from dialer.screening.alike import law_on, waits
from dialer.store import keys
from dialer.store.alike import likeness
from dialer.store.case import attempts_of
from dialer.store.register_store import RegisterStore

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CTPS_SHARE = 1_300_000 / 18_200_000
LISTED_SHARE, HELD_SHARE = 0.4, 0.05
_AT_ONCE = 100_000


def make_registers(redis: "Redis", folder: Path, count: int) -> dict[str, Numbers]:
    """Load TPS and CTPS through the importer and return the numbers of each."""
    draw = np.random.default_rng(20261123)
    ctps = clustered(draw, int(count * CTPS_SHARE), mean_a_page=14)
    tps = clustered(draw, count - len(ctps), mean_a_page=160)
    for name, numbers in (("tps", tps), ("ctps", ctps)):
        path = folder / f"{name}.txt"
        with path.open("wb") as file:
            for first in range(0, len(numbers), _AT_ONCE):
                file.write(lines(numbers[first : first + _AT_ONCE], before=b"0", after=b" \r\n"))
        order = Order(
            register=name, path=path, extracted_on=date(2026, 11, 20), by="bench", accept_change=True
        )
        load(order, RegisterStore(redis), folder=folder, clock=lambda: NOON)
    return {"tps": tps, "ctps": ctps}


def make_list(path: Path, rows: int, listed: Numbers) -> Numbers:
    """Write a list of leads, two in five of them listed, and return the numbers of its rows."""
    draw, dice = np.random.default_rng(7), random.Random(7)
    taken = draw.choice(listed, int(rows * LISTED_SHARE))
    numbers = draw.permutation(np.concatenate((taken, clustered(draw, rows - len(taken), mean_a_page=40))))
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ("lead_id", "first_name", "last_name", "postcode", "phone_number", "source", "status")
        )
        for n, number in enumerate(numbers.tolist()):
            row = (n, "Alex", "Example", "LS1 4AP", _written(number, dice), "spring-2026", "NEW")
            writer.writerow(row)
    return numbers


def _written(number: int, dice: random.Random) -> str:
    """Return a number as people write it: most plainly, some with gaps or a country code, a few wrongly."""
    text, way = str(number), dice.random()
    if way < 0.75:
        return f"0{text}"
    if way < 0.85:
        return f"+44{text}"
    if way < 0.98:
        return f"0{text[:4]} {text[4:]}"
    return text if way < 0.995 else f"0{text[:5]}O{text[6:]}"


def hold_facts(redis: "Redis", numbers: Numbers) -> Numbers:
    """Hold something about one number in twenty, and return those numbers."""
    drawn = np.random.default_rng(11).permutation(np.unique(numbers))
    held = drawn[: int(len(numbers) * HELD_SHARE)]
    facts = Held(NOON, seed=11)
    for first in range(0, len(held), 1_000):
        with redis.pipeline(transaction=False) as pipe:
            for number in held[first : first + 1_000].tolist():
                facts.about(f"+44{number}")
                facts.keep(pipe)
            pipe.execute()
    return held


def kinds_of(redis: "Redis", held: Numbers) -> tuple[int, int]:
    """Return how many kinds of lines there are: as they are stored but for their number, and as judged."""
    stored: set[Hashable] = set()
    judged: set[Hashable] = set()
    law = law_on(NOON.date(), StatuteBook.shipped(), Policy())
    for first in range(0, len(held), 1_000):
        lines = [f"+44{number}" for number in held[first : first + 1_000].tolist()]
        with redis.pipeline(transaction=False) as pipe:
            for line in lines:
                pipe.hgetall(keys.line(line))
                pipe.zrange(keys.attempts(line), 0, -1, withscores=True)
            replies = pipe.execute()
        for line, fields, scored in zip(lines, replies[::2], replies[1::2], strict=True):
            own, attempts = line.encode(), attempts_of("alder", scored)
            told = frozenset((name[:3], body.replace(own, b"")) for name, body in fields.items())
            stored.add((told, attempts))
            judged.add((likeness(line, fields, NOON, law), waits(attempts, NOON, law)))
    return len(stored), len(judged)
