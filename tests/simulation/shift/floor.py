"""The floor: 200 agents dial, callees talk, and every turn goes through the doors that Twilio knocks at.

Events of all agents are lived through in the order of the clock. After each turn that did something another
agent dials that line at once, and a third one later in the shift; both must be refused.
"""

import heapq
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Final

from dialer.calls.call import Channel
from dialer.calls.campaign import Notice
from dialer.calls.dispositions import Disposition
from dialer.law.records import Scope
from dialer.law.scope import channels_of
from dialer.objections.prompts import PromptKind
from dialer.people.agents import Agent
from dialer.store import keys
from dialer.store.configuration import Section
from dialer.web import make_app
from tests.doubles.house import House, campaign
from tests.doubles.twilio_client import Twilio
from tests.simulation.shift.assumptions import Assumptions
from tests.simulation.shift.conversation import Conversation, Said, conversation
from tests.simulation.shift.exchange import Exchange

# Ofcom's numbers for drama: nobody has them.
_AREAS: Final = (
    *("207946", "113496", "114496", "116496", "117496", "118496", "121496", "131496", "141496"),
    *("151496", "161496", "191498", "292018"),
)
LINES: Final = tuple(f"+44{area}0{number:03d}" for area in _AREAS for number in range(1_000))
NOTICE: Final = Notice(wording="A computer listens for you asking us to stop.", said_by="agent")
_QUESTION: Final = frozenset({PromptKind.POSSIBLE_OPT_OUT, PromptKind.REFUSAL})


@dataclass(order=True)
class Event:
    """Something that happens at a moment of the shift, in seconds from its begin."""

    at: float
    ordinal: int
    act: Callable[[float], None] = field(compare=False)


@dataclass
class Floor:
    """A shift. `wrong` is whatever must not happen, in words; `counts` what happened."""

    house: House
    assumed: Assumptions
    seed: int
    wrong: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Seat the agents, and let the exchange carry out what the doors order."""
        self.dice, self.exchange = Random(self.seed), Exchange(self.house)
        self._began, self._ordinals, self._events = self.house.clock(), count(), list[Event]()
        self._lines = iter(self.dice.sample(LINES, len(LINES)))
        house, parts = self.house, self.house.parts
        for register in ("tps", "ctps"):
            house.load_register(register)
        house.put(Section.CAMPAIGNS, "C1", campaign(hearing="live", notice=NOTICE))
        for number in range(self.assumed.agents):
            name = f"a{number}"
            house.put(Section.AGENTS, name, Agent(id=name, endpoint=f"client:{name}", campaigns=("C1",)))
        codes = {"asked": "opt_out", "fine": "fine_to_call", "not asked": "did_not_ask"}
        means = {code: Disposition(meant) for code, meant in codes.items()}
        parts.conduct.put_codes("alder", means, by="test", at=house.clock().isoformat())
        object.__setattr__(parts.desk, "calls", self.exchange)
        self._client = make_app(parts.settings, parts=parts).test_client()
        self._twilio = Twilio(self._client)

    def work(self, conversations_each: int) -> None:
        """Live through the shift."""
        for agent in range(self.assumed.agents):
            calls = iter(range(conversations_each))
            self._after(self.dice.uniform(0, 60), partial(self._next_call, agent, calls))
        while self._events:
            event = heapq.heappop(self._events)
            self.house.clock.now = self._began + timedelta(seconds=event.at)
            event.act(event.at)

    def _after(self, at: float, act: Callable[[float], None]) -> None:
        heapq.heappush(self._events, Event(at, next(self._ordinals), act))

    def _next_call(self, agent: int, calls: Iterator[int], at: float) -> None:
        number = next(calls, None)
        if number is None:
            return
        said = conversation(self.dice, self.assumed)
        over = Call(self, agent, f"CA{agent}-{number}", next(self._lines), said).dial(at)
        self._after(over, partial(self._next_call, agent, calls))

    def dials(self, agent: int, line: str, ref: str) -> bool:
        """Let an agent dial; say whether they were put through."""
        answer = self._twilio.call(line, sid=ref, From=f"client:a{agent % self.assumed.agents}")
        return "<Dial" in answer.get_data(as_text=True)

    def hear(self, ref: str, decision: str, ordinal: int, said: Said) -> str:
        """Let a final piece of the callee's own words arrive; returns what we answer."""
        event = {
            "CallSid": ref,
            "TranscriptionEvent": "transcription-content",
            "TranscriptionSid": f"GT{ref}",
            "SequenceId": str(ordinal),
            "Track": "outbound_track",
            "Final": "true",
            "TranscriptionData": json.dumps({"transcript": said.words, "confidence": said.confidence}),
        }
        answer = self._twilio.post(f"voice/transcription?decision={decision}", event)
        if answer.status_code != 200:
            self.wrong.append(f"{ref}: a turn was answered {answer.status_code}")
        return answer.get_data(as_text=True)

    def wrap_up(self, ref: str, code: str) -> None:
        """Let the agent put down a code."""
        sent = {"Authorization": f"Bearer {self.house.key}"}
        answer = self._client.post("/v1/wrap-ups", json={"call_ref": ref, "code": code}, headers=sent)
        if answer.status_code != 201:
            self.wrong.append(f"{ref}: its wrap-up was answered {answer.status_code}")

    def changes_of(self, line: str) -> int:
        """Return how often the line changed in a way that may turn an allow into a block."""
        return int(self.house.parts.redis.hget(keys.line(line), "seq") or 0)

    def bars_calls(self, line: str) -> bool:
        """Say whether anything that was said stands against calling: whoever stops texts may be rung."""
        parts = self.house.parts
        scopes = [no.scope for no in parts.records.of_line(line).objections]
        scopes += [hold.scope for hold in parts.holds.standing(line)]
        return any(Channel.LIVE_CALL in channels_of((scope or Scope()).channels) for scope in scopes)

    def must_be_refused(self, line: str, ref: str, when: str) -> None:
        """Let somebody else dial a line that must not be dialled any more."""
        if self.dials(self.dice.randrange(self.assumed.agents), line, ref):
            self.wrong.append(f"{ref}: dialled {when}")
        self.counts["refused again"] += 1


@dataclass
class Call:
    """One conversation on the floor."""

    floor: Floor
    agent: int
    ref: str
    line: str
    said: Conversation

    def dial(self, at: float) -> float:
        """Dial and plan what follows; returns when the agent is free again."""
        floor, dice, assumed = self.floor, self.floor.dice, self.floor.assumed
        floor.counts["conversations"] += 1
        floor.counts[f"who {self.said.mood.value}"] += 1
        if not floor.dials(self.agent, self.line, self.ref):
            floor.wrong.append(f"{self.ref}: the first call to a line was refused")
        self._decision = floor.house.parts.ledger.decision_of_call(self.ref) or ""
        floor.exchange.connected[self.ref] = self.line
        for ordinal, turn in enumerate(self.said.turns, start=1):
            at += dice.uniform(*assumed.seconds_a_turn)
            floor._after(at, partial(self._turn, ordinal, turn))
        floor._after(at + 1, self._end)
        return at + dice.uniform(*assumed.seconds_between_calls)

    def _turn(self, ordinal: int, turn: Said, _: float) -> None:
        floor = self.floor
        floor.counts["turns"] += 1
        before = floor.changes_of(self.line)
        answer = floor.hear(self.ref, self._decision, ordinal, turn)
        if "<Say" in answer or "<Hangup" in answer or "<Dial" in answer:
            floor.wrong.append(f"{self.ref}: a machine spoke or hung up: {answer}")
        if floor.changes_of(self.line) != before and floor.bars_calls(self.line):
            floor.must_be_refused(self.line, f"{self.ref}-{ordinal}", "right after it was said")

    def _end(self, at: float) -> None:
        """Hang up, wrap up if the agent was prompted to ask, and have somebody dial the line once more."""
        floor, parts = self.floor, self.floor.house.parts
        del floor.exchange.connected[self.ref]
        kinds = {prompt.kind for prompt in parts.listening.prompts.of(self._decision)}
        floor.counts.update(f"prompted: {kind.value}" for kind in kinds)
        is_asked = bool(kinds & _QUESTION) and PromptKind.OPT_OUT not in kinds
        if is_asked and self.said.answer is not None:
            floor.wrap_up(self.ref, self.said.answer)
            floor.counts[f"wrapped up: {self.said.answer}"] += 1
        if floor.bars_calls(self.line):
            floor.counts[f"barred after: {self.said.mood.value}"] += 1
            again, ref = at + floor.dice.uniform(60, 3_600), f"{self.ref}-later"
            floor._after(again, lambda _: floor.must_be_refused(self.line, ref, "later that shift"))
