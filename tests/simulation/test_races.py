"""Many processes on the same lines at once: dialers, people who say no, imports, changed campaigns.

What must hold whatever the order: no allow is committed after an objection in scope, no cap is exceeded, no
allow lacks its ledger line, no permit is spent twice.
"""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from dialer.clock import utc_now
from dialer.errors import CannotKeep, Conflict
from dialer.screening.question import Binding
from dialer.screening.screen import Screened, screen
from dialer.screening.verdict import Answer
from dialer.store import keys
from dialer.store.configuration import Section
from dialer.wiring import wire
from tests.doubles.house import House, campaign, settings_for

ROUNDS = 50
DIALERS = 4
LINES = tuple(f"+44207946{n:04d}" for n in range(400))


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    made = House(redis_url, tmp_path)
    made.load_register("tps")
    made.load_register("ctps")
    return made


def another_process(house: House) -> House:
    """The same store seen by parts of its own, as another process has them."""
    other = House.__new__(House)
    other.__dict__.update(house.__dict__)
    other.parts = wire(settings_for(house.redis_url, house.data_dir), clock=house.clock)
    return other


def dial(house: House, line: str, number: int, *, permit: str | None = None) -> Screened | None:
    asked = replace(house.outgoing(line), call_ref=f"CA{number}", permit=permit)
    question = replace(asked, receipt=f"r{line}{number}")
    try:
        answered = screen(question, house.parts.gate, render=lambda decision: decision.id)
    except CannotKeep:
        return None
    return answered if isinstance(answered, Screened) else None


def together(*works: Callable[[], object]) -> list[object]:
    """Run works at once, from one starting shot; returns what each returned."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        start.wait(10)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_no_allow_is_committed_after_a_no(house: House) -> None:
    dialers = [another_process(house) for _ in range(DIALERS)]
    objector, changer = another_process(house), another_process(house)
    seed = random.Random(7)
    for number in range(ROUNDS):
        line = LINES[number]
        together(
            *(partial(dial, d, line, n) for n, d in enumerate(dialers)),
            partial(objector.object, line),
            lambda: changer.put(Section.CAMPAIGNS, "C1", campaign(topic=seed.choice("ab"))),
        )
        order = [
            (entry.kind, entry.fields.get("verdict"))
            for entry in house.parts.ledger.entries(START, utc_now().replace(year=2100), newest_first=False)
            if line in (entry.fields.get("to"), entry.fields.get("contact_point"))
        ]
        said_no = order.index(("objection", None))
        assert ("decision", "allow") not in order[said_no:], (number, order)
        last = next(found for n in range(90, 99) if (found := dial(dialers[0], line, n)) is not None)
        assert last.decision.verdict.answer is Answer.BLOCK


def test_no_cap_is_exceeded_and_each_allow_has_its_ledger_line(house: House) -> None:
    dialers = [another_process(house) for _ in range(DIALERS)]
    for number in range(ROUNDS // 5):
        line = LINES[100 + number]
        answered = together(*(partial(dial, d, line, n) for n, d in enumerate(dialers)))
        allowed = [
            a for a in answered if isinstance(a, Screened) and a.decision.verdict.answer is Answer.ALLOW
        ]
        assert len(allowed) <= 3
        assert house.parts.redis.zcard(keys.attempts(line)) == len(allowed)
        for one in allowed:
            assert house.parts.ledger.find(one.decision.id) is not None


def test_no_permit_is_spent_twice_and_none_after_a_no(house: House) -> None:
    key = next(iter(house.parts.configuration.current().keys.values()))
    spenders = [another_process(house) for _ in range(3)]

    def spend(spender: House, permit: str, ref: str) -> str | None:
        try:
            return spender.parts.permits.redeem(permit, ref, key=key)
        except Conflict:
            return None

    for number in range(ROUNDS // 5):
        line = LINES[200 + number]
        asked = replace(house.outgoing(line), endpoint=None, key=key.digest, binding=Binding.PERMIT)
        screened = screen(asked, house.parts.gate)
        assert isinstance(screened, Screened)
        permit = screened.decision.permit or ""
        spent = together(*(partial(spend, s, permit, f"T{n}") for n, s in enumerate(spenders)))
        assert [one for one in spent if one is not None] == [screened.decision.id]
        again = screen(asked, house.parts.gate)
        assert isinstance(again, Screened)
        house.object(line)
        assert spend(house, again.decision.permit or "", "T9") is None


def test_one_permit_opens_one_of_many_webhooks(house: House) -> None:
    key = next(iter(house.parts.configuration.current().keys.values()))
    dialers = [another_process(house) for _ in range(DIALERS)]
    for number in range(ROUNDS // 5):
        line = LINES[300 + number]
        asked = replace(house.outgoing(line), endpoint=None, key=key.digest, binding=Binding.PERMIT)
        screened = screen(asked, house.parts.gate)
        assert isinstance(screened, Screened)
        permit = screened.decision.permit
        answered = together(*(partial(dial, d, line, n, permit=permit) for n, d in enumerate(dialers)))
        found = [one.decision.verdict for one in answered if isinstance(one, Screened)]
        assert sum(verdict.answer is Answer.ALLOW for verdict in found) == 1
        assert house.parts.redis.zcard(keys.attempts(line)) == 1


START = utc_now().replace(year=2020)
