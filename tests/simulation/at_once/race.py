"""One round: who says no where, what eight dialers do meanwhile, and what must not have happened."""

import json
import random
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final

from flask import Flask

from dialer.clock import monotonic_seconds
from dialer.objections.stop_calls import Stopping
from dialer.objections.tending import Tending, tend
from dialer.people.roles import Role
from dialer.screening.decision import Decision
from dialer.screening.gathered import Committed, Gathered
from dialer.screening.question import Question
from dialer.screening.screen import Ledger
from dialer.store import keys
from dialer.web import make_app
from dialer.wiring import Parts, wire
from tests.doubles.house import House, settings_for
from tests.doubles.twilio_client import Twilio
from tests.simulation.at_once.carrier import Carrier, Ringing
from tests.simulation.rush.process import RunningClock, give_keys, token_of
from tests.simulation.rush.schedule import numbers_of
from tests.simulation.rush.told import dialled

GAPS: Final = ("before commit", "after commit", "at initiated", "before the bridge", "at random")
DIALERS: Final = 8
ENDS_WITHIN_SECONDS: Final = 60


@dataclass
class GapLedger:
    """The ledger, with a gap before each commit."""

    ledger: Ledger
    gap: Callable[[str], None]

    def commit(
        self, decision: Decision, gathered: Gathered, question: Question, answer: str | None
    ) -> Committed:
        self.gap("before commit")
        return self.ledger.commit(decision, gathered, question, answer)


@dataclass
class Race:
    """Runs rounds on one store, each on numbers of its own, with one worker beside the dialers."""

    house: House
    seed: int
    pool: ThreadPoolExecutor
    counts: Counter[str] = field(default_factory=Counter)
    carrier: Carrier = field(default_factory=Carrier)
    no_at: int | None = None

    def __post_init__(self) -> None:
        """Open the doors of one process, whose commits and telephone are the race's."""
        give_keys(self.house)
        settings = settings_for(self.house.redis_url, self.house.data_dir)
        self.parts = wire(settings, clock=RunningClock(monotonic_seconds(), timedelta()))
        gate = replace(self.parts.gate, ledger=GapLedger(self.parts.gate.ledger, self._gap))
        self.app: Flask = make_app(
            settings,
            parts=replace(self.parts, gate=gate, telephone=self.carrier),  # type: ignore[arg-type]
        )

    def run(self, number: int) -> list[str]:
        """Run one round; returns all that must not have happened."""
        self.dice = random.Random(f"{self.seed}:{number}")
        self.line, self.other, _ = numbers_of(number)
        self.where, self.said = GAPS[number % len(GAPS)], threading.Lock()
        self.no_at, since = None, self._end_of_ledger()
        self.carrier.legs.clear()
        self.carrier.rung_for.clear()
        for line in (self.line, self.other):
            self.parts.lines.link(line, "alder", f"P{number}", by="race", at=self.parts.clock())
        dice = [random.Random(self.dice.random()) for _ in range(DIALERS)]
        works = [self.pool.submit(self._dialer, n, die) for n, die in enumerate(dice)]
        if self.where == "at random":
            threading.Event().wait(self.dice.uniform(0, 0.06))
            self._say_no()
        done, late = wait(works, timeout=ENDS_WITHIN_SECONDS)
        assert not late, (self.seed, number, "somebody never ended")
        for work in done:
            work.result()
        self._say_no()
        self._worker_comes_by()
        return self._wrong(since)

    def _gap(self, name: str) -> None:
        if name == self.where:
            self._say_no()

    def _say_no(self) -> None:
        """Let the person say no once, on the line dialled or on their other one."""
        if not self.said.acquire(blocking=False):
            return
        line = self.dice.choice([self.line, self.other])
        said = {"contact_point": line, "principal": "alder", "source": "agent"}
        headers = {"Authorization": f"Bearer {token_of(Role.AGENT, 1)}"}
        answer = self.app.test_client().post("/v1/objections", json=said, headers=headers)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        self.no_at = self.carrier.moment()

    def _dialer(self, number: int, dice: random.Random) -> None:
        threading.Event().wait(dice.uniform(0, 0.04))
        if dice.random() < 0.25:
            self._clicks()
        form = {"CallSid": f"CA-{self.line}-{number}", "From": "client:a17", "To": self.line, "Called": ""}
        answer = self._twilio("voice/outgoing", form | {"rf_campaign": "C1"})
        decision = dialled(answer)
        self._gap("after commit")
        if decision is None:
            return
        leg = self.carrier.rings(form["CallSid"], self.line, decision)
        self._gap("at initiated")
        self._tells(leg, "initiated")
        if dice.random() < 0.5:
            self._worker_comes_by()
        self._gap("before the bridge")
        self._answers(leg)

    def _clicks(self) -> None:
        wanted = {"agent": "a17", "to": self.line, "campaign": "C1"}
        headers = {"Authorization": f"Bearer {token_of(Role.DIALER, 1)}"}
        self.app.test_client().post("/v1/calls", json=wanted, headers=headers)

    def _tells(self, leg: Ringing, status: str) -> None:
        leg.told_at = self.carrier.moment()
        self._twilio(f"voice/status?decision={leg.decision}", self._of(leg, status))

    def _answers(self, leg: Ringing) -> None:
        """The callee picks up; Twilio asks us before it bridges, and bridges unless we hang up."""
        if leg.state != "ringing":
            return
        leg.asked_at = self.carrier.moment()
        answer = self._twilio(f"voice/notice?decision={leg.decision}", self._of(leg, "in-progress"))
        self.carrier.goes_on(leg, "hung up" if "<Hangup" in answer else "bridged")

    def _of(self, leg: Ringing, status: str) -> dict[str, str]:
        return {"CallSid": leg.ref, "ParentCallSid": leg.parent, "To": leg.to, "CallStatus": status}

    def _twilio(self, route: str, form: dict[str, str]) -> str:
        return Twilio(self.app.test_client()).post(route, form).get_data(as_text=True)

    def _worker_comes_by(self) -> None:
        """Carry out every order there is, whether it is due or not."""
        parts: Parts = self.parts
        stopping = Stopping(
            telephone=self.carrier,
            texts=self.carrier,
            records=parts.objections,
            decided=parts.ledger,
            gate=parts.gate,
        )
        found: Any = parts.redis.zrange(keys.CALL_ORDERS, 0, -1)
        for name in found:
            tend(name.decode(), Tending(orders=parts.call_orders, stopping=stopping, clock=parts.clock))

    def _end_of_ledger(self) -> bytes:
        last: Any = self.parts.redis.xrevrange(keys.LEDGER, count=1)
        return bytes(last[0][0]) if last else b"0-0"

    def _wrong(self, since: bytes) -> list[str]:
        """Judge the round from the ledger's order and from what became of each leg."""
        stream: Any = self.parts.redis.xrange(keys.LEDGER, b"(" + since, "+")
        lines = [(held[b"k"].decode(), json.loads(held[b"d"])) for _, held in stream]
        no = next(at for at, (kind, _) in enumerate(lines) if kind == "objection")
        allowed = {
            fields["id"]: at
            for at, (kind, fields) in enumerate(lines)
            if kind == "decision" and fields["verdict"] == "allow"
        }
        wrong = [f"{name} was allowed after the no" for name, at in allowed.items() if at > no]
        used = {leg.decision for leg in self.carrier.legs.values()} | set(self.carrier.rung_for)
        wrong += [f"{name} dials without an allow" for name in used - set(allowed)]
        for leg in self.carrier.legs.values():
            self.counts[leg.state] += 1
            wrong += self._wrong_with(leg)
        self.counts[f"no {self.where}"] += 1
        self.counts["clicks"] += len(self.carrier.rung_for)
        return wrong + [f"{ref} was spoken to by a machine" for ref in self.carrier.cut_off]

    def _wrong_with(self, leg: Ringing) -> list[str]:
        no_at = self.no_at or 0
        if leg.state == "ringing":
            return [f"{leg.ref} rings on after the no"]
        if leg.state == "bridged" and leg.asked_at is not None and leg.asked_at > no_at:
            return [f"{leg.ref} was put through after the no"]
        return []
