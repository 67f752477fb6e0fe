"""What the benchmark of lists works on: registers, leads, and what is held about some of them."""

import csv
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from redis import Redis

from benchmarks.lists.numbers import Numbers, clustered, lines
from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.clock import milliseconds
from dialer.law.records import Consent, Objection, Proof, Reach, Scope, Wording
from dialer.registers.load import Order, load
from dialer.store import keys
from dialer.store.codec import to_json
from dialer.store.register_store import RegisterStore

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CTPS_SHARE = 1_300_000 / 18_200_000
LISTED_SHARE, HELD_SHARE = 0.4, 0.05
DAY_MS = 86_400_000
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
    """Hold something about one number in twenty, and return those numbers.

    Three in five are noes of an imported list, to us or to others; the rest are consents and attempts, no two
    at the same instant.
    """
    drawn = np.random.default_rng(11).permutation(np.unique(numbers))
    held = drawn[: int(len(numbers) * HELD_SHARE)]
    for first in range(0, len(held), 1_000):
        with redis.pipeline(transaction=False) as pipe:
            for n, number in enumerate(held[first : first + 1_000].tolist(), start=first):
                line, kind = f"+44{number}", n % 5
                if kind == 4:
                    last = milliseconds(NOON - timedelta(hours=20, milliseconds=7 * n))
                    attempts = {f"dec_{n}_{days}|alder": last - days * DAY_MS for days in (0, 2)}
                    pipe.zadd(keys.attempts(line), attempts)
                    pipe.hset(keys.line(line), "seq", 2)
                    continue
                record = _consent(line, n) if kind == 3 else _objection(line, n, "alder" if kind else "birch")
                name = f"{'con' if kind == 3 else 'obj'}:{record.id}"
                pipe.hset(keys.line(line), mapping={"seq": 1, name: to_json(record)})
            pipe.execute()
    return held


def _objection(line: str, n: int, principal: str) -> Objection:
    return Objection(
        id=f"obj_{n}_{line[-6:]}",
        contact_point=line,
        principal=principal,
        operator="beck",
        kind="objection",
        scope=Scope(reach=Reach.PRINCIPAL, channels="voice"),
        effective_at=NOON - timedelta(days=40),
        recorded_at=NOON - timedelta(days=40),
        source="agent",
        words="please do not ring me again",
    )


def _consent(line: str, n: int) -> Consent:
    return Consent(
        id=f"con_{n}_{line[-6:]}",
        contact_point=line,
        principal="alder",
        named_as="Alder Energy Ltd",
        channels=(Channel.LIVE_CALL,),
        purposes=(Purpose.GENERAL,),
        given_at=NOON - timedelta(days=60, seconds=n),
        recorded_at=NOON - timedelta(days=60, seconds=n),
        method="web_form",
        wording=Wording(version="w3", text="May Alder Energy Ltd ring me about solar panels?"),
        proof=Proof(kind="form_log", ref="f1", sha256="0" * 64),
        given_by="subscriber",
        source="own",
        specific=True,
    )
