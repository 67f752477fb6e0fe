"""Status callbacks: one lane a call, in order, unless a fault was ordered.

Twilio promises no order between callbacks; the stand-in keeps it until told otherwise, so that a story reads
the same twice and disorder is something a test asks for.
"""

import heapq
import itertools
import threading
from dataclasses import dataclass, field

from dialer.errors import CannotKeep
from dialer.sandbox.exchange.leg import Fields
from dialer.sandbox.exchange.story import Story
from dialer.sandbox.exchange.tempo import Tempo
from dialer.sandbox.exchange.threads import Threads
from dialer.sandbox.webhooks.faults import Dropper, Faults
from dialer.sandbox.webhooks.outward import Letter, Outward, Unreached
from dialer.sandbox.webhooks.overrides import BadOverride, Patience, patience_for

# How long an event is held back for the next one of its call to overtake it.
OVERTAKEN_WITHIN_SECONDS = 30.0
MOST_WAITING = 2_000


@dataclass(order=True, slots=True)
class _Waiting:
    due: float
    number: int
    letter: Letter = field(compare=False)
    call_sid: str = field(compare=False)
    times: int = field(compare=False)


@dataclass(slots=True, eq=False)
class _Lane:
    story: Story
    waiting: list[_Waiting] = field(default_factory=list)
    is_running: bool = False
    held: _Waiting | None = None


class Callbacks:
    """Posts callbacks in the background; all its state is under the world's lock."""

    def __init__(self, lock: threading.Condition, tempo: Tempo, threads: Threads, outward: Outward) -> None:
        self._lock, self._tempo, self._threads, self._outward = lock, tempo, threads, outward
        self._lanes: dict[Story, _Lane] = {}
        self._numbers = itertools.count()
        self._is_stopping = False
        self.patience = Patience()
        self.order(Faults())

    def order(self, faults: Faults) -> None:
        """Let these faults befall what is posted from now on."""
        self.faults = faults
        self._dropper = Dropper(faults)

    def post(
        self,
        story: Story,
        call_sid: str,
        url: str,
        form: Fields,
        *,
        method: str = "POST",
        is_voice: bool = True,
    ) -> None:
        """Queue one callback on its story's lane; returns at once."""
        letter = Letter(url=url, method=method, form=form, is_voice=is_voice)
        with self._lock:
            if self._is_stopping:
                return
            if self._dropper.loses_this_one():
                story.add("dropped", call_sid, url=url, params=dict(form))
                return
            lane = self._lanes.setdefault(story, _Lane(story))
            if len(lane.waiting) >= MOST_WAITING:
                story.add("error", call_sid, message="too many callbacks wait; this one is lost", url=url)
                return
            self._line_up(lane, letter, call_sid)
            if not lane.is_running:
                lane.is_running = self._begin(lane)
            self._lock.notify_all()

    def is_quiet(self, story: Story) -> bool:
        """Tell whether everything posted for this story has been delivered or given up."""
        return story not in self._lanes

    def stop(self) -> None:
        """Post nothing more; called under the lock."""
        self._is_stopping = True

    def _begin(self, lane: _Lane) -> bool:
        try:
            self._threads.start(lambda: self._drain(lane), name="callbacks")
        except CannotKeep as full:
            lane.story.add("error", "", message=full.message)
            self._lanes.pop(lane.story, None)
            return False
        return True

    def _line_up(self, lane: _Lane, letter: Letter, call_sid: str) -> None:
        due = self._tempo.now() + self.faults.late_s
        item = _Waiting(due, next(self._numbers), letter, call_sid, 2 if self.faults.twice else 1)
        lane.waiting.append(item)
        held, lane.held = lane.held, None
        if held is not None:
            # Overtaken: the one held back goes right after this one.
            held.due, held.number = due, next(self._numbers)
        elif self.faults.out_of_order:
            lane.held, item.due = item, due + OVERTAKEN_WITHIN_SECONDS
        heapq.heapify(lane.waiting)

    def _drain(self, lane: _Lane) -> None:
        while (item := self._next(lane)) is not None:
            for _ in range(item.times):
                self._deliver(lane.story, item)
        with self._lock:
            self._lock.notify_all()

    def _next(self, lane: _Lane) -> _Waiting | None:
        with self._lock:
            while not self._is_stopping:
                if not lane.waiting:
                    self._lanes.pop(lane.story, None)
                    return None
                late = lane.waiting[0].due - self._tempo.now()
                if late <= 0:
                    item = heapq.heappop(lane.waiting)
                    lane.held = None if lane.held is item else lane.held
                    return item
                self._lock.wait(self._tempo.real_seconds(late))
            return None

    def _deliver(self, story: Story, item: _Waiting) -> None:
        letter = item.letter
        with self._lock:
            story.add(
                "callback", item.call_sid, url=letter.url, method=letter.method, params=dict(letter.form),
                token=letter.token,
            )  # fmt: skip
        outcome = self._attempts(letter)
        with self._lock:
            story.add("callback_answer", item.call_sid, url=letter.url, **outcome)

    def _attempts(self, letter: Letter) -> dict[str, object]:
        try:
            patience = patience_for(letter.url, default=self.patience)
        except BadOverride as error:
            return {"code": error.code, "message": str(error)}
        for attempt in range(patience.retries + 1):
            try:
                reply = self._outward.send(letter, patience)
            except Unreached as error:
                if error.phase in patience.retried and attempt < patience.retries:
                    continue
                return {"code": error.code, "message": str(error), "attempts": attempt + 1}
            kind = f"{reply.status // 100}xx"
            if kind in patience.retried and attempt < patience.retries:
                continue
            outcome: dict[str, object] = {"status": reply.status, "attempts": attempt + 1}
            # Not taken is only noted, and never played again (twilio.md section 6.5).
            return outcome if kind == "2xx" else outcome | {"code": 15003}
        raise AssertionError("every last attempt returns")
