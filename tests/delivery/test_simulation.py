"""Delivery under seeded faults: whatever goes wrong, each notice arrives, takes effect once, and in order.

Real outbox, invented receivers, time as a value. A failing seed stands in the test's name; run it alone.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from redis import Redis

from dialer.delivery.answer import Asked, Holding, Outcome, Told
from dialer.delivery.deliver import Delivery
from dialer.delivery.destination import Destination
from dialer.delivery.notice import Notice, NoticeState
from dialer.delivery.sweep import sweep
from dialer.store import keys
from dialer.store.outbox import Outbox
from tests.delivery.notices import destination, notice, write
from tests.delivery.wires import Given, Hands

NAMES = ("dst_a", "dst_b")
LINES = tuple(f"+4420794601{n:02}" for n in range(4))
SICK = (Outcome.RECEIVED, Outcome.RETRY, Outcome.UNWELL)


class Killed(BaseException):
    """The process is gone between two instructions."""


@dataclass
class World:
    """One installation with its receivers; `receivers` hold what took effect, in order."""

    redis: "Redis"
    dice: random.Random
    hands: Hands = field(default_factory=Hands)
    rung: set[str] = field(default_factory=set)
    written: list[Notice] = field(default_factory=list)
    receivers: dict[str, list[Notice]] = field(default_factory=lambda: {name: [] for name in NAMES})
    posts: int = 0
    is_healed: bool = False
    depth: int = 0

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.redis)
        known = {name: destination(id=name, confirm_url="https://crm.example/held") for name in NAMES}
        self.delivery = Delivery(
            outbox=self.outbox,
            destinations=Given(known),
            adapters={"webhook": self},
            clock=self.hands.clock,
            elapsed=self.hands.elapsed,
            pause=self.hands.let_by,
        )

    most_at_once = 1

    def tell(self, destination: Destination, notices: Sequence[Notice], *, at: datetime) -> Told:
        (notice,) = notices
        self.posts += 1
        outcome = Outcome.RECEIVED if self.is_healed else self.dice.choice(SICK)
        self.hands.move(milliseconds=self.dice.randint(1, 3_000))
        if outcome is Outcome.RECEIVED or self.dice.random() < 0.2:
            self.take_effect(notice)
        if not self.is_healed:
            self.misfortune(notice)
        return Told(outcome=outcome, reason=f"it was {outcome}")

    def take_effect(self, notice: Notice) -> None:
        held = self.receivers[notice.destination]
        if notice.id not in {one.id for one in held}:
            held.append(notice)

    def misfortune(self, notice: Notice) -> None:
        chance = self.dice.random()
        if chance < 0.1:
            raise Killed
        if chance < 0.2 and self.depth == 0:
            self.fall_asleep(notice.destination)

    def fall_asleep(self, name: str) -> None:
        """The lease runs out while this worker waits for its answer, and another takes over."""
        self.redis.delete(keys.destination_lease(name))
        self.depth += 1
        with suppress(Killed):
            self.delivery.drain(name)
        self.depth -= 1

    def confirm(self, destination: Destination, notice: Notice, *, at: datetime) -> Asked:
        return Asked(holding=Holding.HOLDS, reason="answered 200")

    def list(self, destination: Destination) -> Iterator[str] | None:
        return None

    def object_(self) -> None:
        self.hands.move(milliseconds=2)
        line = self.dice.choice(LINES)
        made = [notice(self.hands.now, to=name, line=line) for name in NAMES]
        write(self.redis, *made)
        self.written += made
        self.rung |= {name for name in NAMES if self.dice.random() < 0.7}

    def work(self) -> None:
        for name in sorted(self.rung):
            self.rung.discard(name)
            try:
                if self.delivery.drain(name):
                    self.rung.add(name)
            except Killed:
                # kill -9 gives no lease back: it runs out by itself.
                self.redis.delete(keys.destination_lease(name))

    def lose_the_queue(self) -> None:
        self.rung.clear()

    def sweep(self) -> None:
        sweep(waiting=self.outbox, ring=self.rung.update, at=self.hands.now)

    def wait(self) -> None:
        self.hands.move(seconds=self.dice.choice((1, 10, 120, 4_000)))

    def heal(self) -> None:
        """From here on everything works, and time goes on until nothing is to come."""
        self.is_healed = True
        for _ in range(400):
            self.sweep()
            self.work()
            self.hands.move(minutes=30)
        assert self.outbox.oldest_overdue(at=self.hands.now) is None


@pytest.mark.parametrize("seed", range(12))
def test_every_notice_arrives_once_in_order_whatever_goes_wrong(redis_client: "Redis", seed: int) -> None:
    dice = random.Random(seed)
    world = World(redis_client, dice)
    for _ in range(120):
        dice.choice([world.object_, world.work, world.work, world.sweep, world.wait, world.lose_the_queue])()
    world.heal()
    states = {one.state for one in world.outbox.find_all([n.id for n in world.written])}
    assert states == {NoticeState.CONFIRMED}
    assert world.posts > len(world.written)
    for name, held in world.receivers.items():
        sent = [one for one in world.written if one.destination == name]
        assert {one.id: one.body for one in held} == {one.id: one.body for one in sent}
        for line in LINES:
            assert [n.id for n in held if n.contact_point == line] == [
                n.id for n in sent if n.contact_point == line
            ]


@pytest.mark.parametrize("seed", range(4))
def test_index_due_and_row_never_disagree(redis_client: "Redis", seed: int) -> None:
    dice = random.Random(1_000 + seed)
    world = World(redis_client, dice)
    for _ in range(60):
        dice.choice([world.object_, world.work, world.sweep, world.wait, world.lose_the_queue])()
        rows = world.outbox.find_all([n.id for n in world.written])
        members = {member.decode() for member in redis_client.zrange(keys.NOTICES_BY_STATE, 0, -1)}
        assert members == {f"{row.state}|{row.destination}|{row.id}" for row in rows}
        for name in NAMES:
            due = {i.decode() for i in redis_client.zrange(keys.due(name), 0, -1)}
            assert due == {row.id for row in rows if row.destination == name and row.due_at is not None}


def test_a_destination_that_never_comes_back_ends_in_dead_notices_that_are_counted(
    redis_client: "Redis",
) -> None:
    world = World(redis_client, random.Random(7))
    world.tell = lambda *_args, **_more: Told(outcome=Outcome.UNWELL, reason="no answer")  # type: ignore[method-assign]
    for _ in range(10):
        world.object_()
    end = world.hands.now + timedelta(days=9)
    while world.hands.now < end:
        world.sweep()
        world.work()
        world.hands.move(minutes=7)
    dead = {c.destination: c.number for c in world.outbox.counts() if c.state is NoticeState.DEAD}
    assert dead == dict.fromkeys(NAMES, 10)
