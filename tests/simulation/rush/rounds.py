"""Runs rounds of the rush on one store and has each judged by the witness before the next begins."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, Protocol

from dialer.clock import monotonic_seconds
from dialer.store import keys
from tests.doubles.house import House
from tests.simulation.rush.answers import answers_wrong, last_wrong, spent_twice
from tests.simulation.rush.dialers import Dialer
from tests.simulation.rush.others import Other
from tests.simulation.rush.process import Process, RunningClock, give_keys
from tests.simulation.rush.schedule import DIALERS, OTHERS, Step, numbers_of, schedule_of
from tests.simulation.rush.told import Told, dialled
from tests.simulation.rush.witness import Witness

# Clocks differ by up to half a second before nothing is dialled any more; these differ by half of that.
LARGEST_SKEW_SECONDS = 0.25
ROUND_ENDS_WITHIN_SECONDS = 60


class Actor(Protocol):
    """Whoever can do steps of a schedule."""

    def act(self, step: Step) -> None: ...


@dataclass
class Rush:
    """The processes of all rounds, and what was counted."""

    house: House
    seed: int
    folder: Path
    pool: ThreadPoolExecutor
    counts: Counter[str] = field(default_factory=Counter)
    processes: dict[str, Process] = field(default_factory=dict)
    last: Process = field(init=False)

    def __post_init__(self) -> None:
        """Give everybody a process of their own; the last one's clock is ahead of all."""
        give_keys(self.house)
        dice, begun = Random(self.seed), monotonic_seconds()
        for name in self.names():
            skew = timedelta(seconds=dice.uniform(-LARGEST_SKEW_SECONDS, LARGEST_SKEW_SECONDS))
            self.processes[name] = Process(self.house, RunningClock(begun, skew))
        self.last = Process(self.house, RunningClock(begun, timedelta(seconds=2 * LARGEST_SKEW_SECONDS)))

    def names(self) -> list[str]:
        return [f"dialer {n}" for n in range(DIALERS)] + [name for name, _ in OTHERS]

    def run(self, number: int) -> list[str]:
        """Run one round; returns all that must not have happened, with the round's story behind it."""
        told, since = Told(numbers_of(number)), self._end_of_ledger()
        schedule = schedule_of(self.seed, number)
        start = threading.Barrier(len(schedule))
        works = [
            self.pool.submit(_live, start, self._actor(name, told), steps) for name, steps in schedule.items()
        ]
        done, late = wait(works, timeout=ROUND_ENDS_WITHIN_SECONDS)
        assert not late, (self.seed, number, "somebody never ended")
        for work in done:
            work.result()
        witness = Witness(told)
        witness.read(self._ledger(since))
        wrong = [*witness.wrong, *spent_twice(witness), *answers_wrong(witness)]
        wrong += self._asked_once_more(witness)
        self._count(witness)
        return [*wrong, *witness.story] if wrong else []

    def _actor(self, name: str, told: Told) -> Actor:
        process = self.processes[name]
        return Dialer(process, told, name) if name.startswith("dialer") else Other(process, told, self.folder)

    def _asked_once_more(self, witness: Witness) -> list[str]:
        """When all is quiet, send each webhook again and screen each line: nothing may be left to chance."""
        wrong = []
        for hook in witness.told.hooks.values():
            if not any(d.fields.get("call_ref") == hook.call_ref for d in witness.decisions.values()):
                continue
            if (why := last_wrong(hook, self.last.twilio(hook.route, hook.form), witness)) is not None:
                wrong.append(why)
        for line in witness.told.numbers:
            expected, found = witness.lines[line].verdict(witness.ended), self._verdict(line)
            self.counts[f"at last {expected}"] += 1
            if expected != found:
                wrong.append(f"{line}: by its ledger {expected}, by the gate {found}")
        return wrong

    def _verdict(self, line: str) -> str:
        asked = {"to": line, "campaign": "C1", "agent": "a17"}
        for _ in range(5):
            answer = self.last.post("/v1/screen?advisory=true", asked)
            if answer.status_code == 200 and answer.json is not None:
                return str(answer.json["verdict"])
        return "no answer"

    def _count(self, witness: Witness) -> None:
        for decision in witness.decisions.values():
            self.counts[decision.fields["verdict"]] += 1
        for door, status in witness.told.statuses:
            self.counts[f"{door} {status}"] += 1
        self.counts["corrections"] += len([no for no in witness.ended if no.startswith("obj_")])
        self.counts["releases"] += len([hold for hold in witness.ended if hold.startswith("hld_")])
        self.counts["permits spent"] += len(set(witness.told.spent))
        hooks = witness.told.hooks.values()
        self.counts["webhooks"] += sum(len(hook.answers) for hook in hooks)
        self.counts["dialled"] += sum(any(map(dialled, hook.answers)) for hook in hooks)
        self.counts["noes"] += len(set().union(*(line.noes for line in witness.lines.values())))

    def _end_of_ledger(self) -> bytes:
        last: Any = self.house.parts.redis.xrevrange(keys.LEDGER, count=1)
        return bytes(last[0][0]) if last else b"0-0"

    def _ledger(self, since: bytes) -> Any:
        return self.house.parts.redis.xrange(keys.LEDGER, b"(" + since, "+")


def _live(start: threading.Barrier, actor: Actor, steps: tuple[Step, ...]) -> None:
    start.wait(ROUND_ENDS_WITHIN_SECONDS)
    for step in steps:
        threading.Event().wait(step.pause_ms / 1000)
        actor.act(step)


@contextmanager
def rushing(house: House, seed: int, folder: Path) -> Iterator[Rush]:
    """Yield a rush on a house whose registers are loaded."""
    for register in ("tps", "ctps"):
        house.load_register(register)
    with ThreadPoolExecutor(DIALERS + len(OTHERS)) as pool:
        yield Rush(house, seed, folder, pool)
