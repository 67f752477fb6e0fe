"""Wires for a drain: a real outbox, an adapter that answers by script, and time as a value."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from redis import Redis

from dialer.delivery.answer import Asked, Holding, Outcome, Told
from dialer.delivery.deliver import Delivery
from dialer.delivery.destination import Destination
from dialer.delivery.notice import Notice
from dialer.store.outbox import Outbox
from tests.delivery.notices import NOW, destination


@dataclass
class Hands:
    """Clock hands that only the test moves; also counts as the seconds elapsed."""

    now: datetime = NOW

    def clock(self) -> datetime:
        return self.now

    def elapsed(self) -> float:
        return (self.now - NOW).total_seconds()

    def let_by(self, seconds: float) -> None:
        self.move(seconds=seconds)

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class ScriptedAdapter:
    """Answers as scripted, the last answer for ever; notes what it was told, and when."""

    hands: Hands
    answers: list[Told] = field(default_factory=lambda: [received()])
    asked: list[Asked] = field(default_factory=lambda: [Asked(holding=Holding.HOLDS, reason="answered 200")])
    told: list[tuple[str, datetime]] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    bodies: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    meanwhile: Callable[[Notice], None] = lambda _notice: None

    most_at_once: int = 1
    attempts: list[tuple[str, ...]] = field(default_factory=list)

    def tell(self, destination: Destination, notices: Sequence[Notice], *, at: datetime) -> Told:
        self.attempts.append(tuple(notice.id for notice in notices))
        for notice in notices:
            self.told.append((notice.id, at))
            self.bodies[notice.id].add(notice.body)
            self.meanwhile(notice)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def confirm(self, destination: Destination, notice: Notice, *, at: datetime) -> Asked:
        self.questions.append(notice.id)
        return self.asked.pop(0) if len(self.asked) > 1 else self.asked[0]

    def list(self, destination: Destination) -> Iterator[str] | None:
        return None

    @property
    def ids(self) -> "list[str]":
        return [notice_id for notice_id, _ in self.told]


@dataclass
class Given:
    """Destinations as given."""

    known: dict[str, Destination]

    def find(self, destination_id: str) -> Destination | None:
        return self.known.get(destination_id)


@dataclass
class Desk:
    """One delivery over the real store, with everything a test may turn."""

    redis: "Redis"
    hands: Hands = field(default_factory=Hands)
    known: dict[str, Destination] = field(default_factory=lambda: {"dst_crm": destination()})
    is_stopping: bool = False

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.redis)
        self.adapter = ScriptedAdapter(self.hands)
        self.delivery = Delivery(
            outbox=self.outbox,
            destinations=Given(self.known),
            adapters={"webhook": self.adapter},
            clock=self.hands.clock,
            elapsed=self.hands.elapsed,
            pause=self.hands.let_by,
            should_stop=lambda: self.is_stopping,
        )

    def drain(self, destination_id: str = "dst_crm") -> bool:
        return self.delivery.drain(destination_id)


def received() -> Told:
    return Told(outcome=Outcome.RECEIVED, reason="answered 204", status=204)


def retry() -> Told:
    return Told(outcome=Outcome.RETRY, reason="answered 500", status=500)


def unwell(**more: timedelta) -> Told:
    return Told(outcome=Outcome.UNWELL, reason="no answer: it refused the connection", **more)
