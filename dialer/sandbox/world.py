"""Everything the stand-in knows while it runs, behind one lock.

The discipline: `world.lock` is one condition; every change happens under it and is announced with
`notify_all`; nobody speaks HTTP while holding it.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from dialer.errors import CannotKeep, NotFound
from dialer.sandbox.exchange.addresses import callee_key
from dialer.sandbox.exchange.leg import Finish, Leg
from dialer.sandbox.exchange.message import Message
from dialer.sandbox.exchange.recording import Recording
from dialer.sandbox.exchange.script import PATIENT_AGENT, UNSCRIPTED_CALLEE, Script
from dialer.sandbox.exchange.tempo import Tempo
from dialer.sandbox.exchange.threads import Threads
from dialer.sandbox.setup import Setup
from dialer.sandbox.webhooks.callbacks import Callbacks
from dialer.sandbox.webhooks.faults import Faults
from dialer.sandbox.webhooks.outward import Outward
from dialer.sandbox.webhooks.overrides import Patience

MOST_LIVE_LEGS = 200
MOST_KEPT = 2_000
MOST_CALLEES = 20_000
# How long, in story seconds, a call of the REST API is queued.
QUEUE_SECONDS = 0.2
_STOP_WITHIN_SECONDS = 3.0
_Kept = TypeVar("_Kept")


class World:
    """The exchange: its legs, callees, recordings, messages and clock. In memory, and bounded."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.base_url = ""
        self.lock = threading.Condition()
        self.tempo = Tempo(setup.speed)
        self.threads = Threads()
        self.outward = Outward(setup)
        self.callbacks = Callbacks(self.lock, self.tempo, self.threads, self.outward)
        self.queue_seconds = QUEUE_SECONDS
        self.is_stopping = False
        self.legs: dict[str, Leg] = {}
        self.recordings: dict[str, Recording] = {}
        self.messages: dict[str, Message] = {}
        self.blocked_texts: set[tuple[str, str]] = set()
        self.callees: dict[str, Script] = {}
        for number, script in setup.callees:
            self.remember(number, script)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock for a change, and tell everybody who waits."""
        with self.lock:
            try:
                yield
            finally:
                self.lock.notify_all()

    def remember(self, number: str, script: Script) -> str:
        """Let this be how `number` behaves from its next call on; returns the name it is kept under."""
        key = callee_key(number)
        with self.changing():
            if key not in self.callees and len(self.callees) >= MOST_CALLEES:
                raise CannotKeep(
                    f"{MOST_CALLEES} callees are scripted already; POST /sandbox/reset forgets them"
                )
            self.callees[key] = script
        return key

    def script_of(self, address: str) -> Script:
        """Return how an address behaves: as scripted, else as people or agents do."""
        default = PATIENT_AGENT if address.startswith("client:") else UNSCRIPTED_CALLEE
        key = callee_key(address)
        with self.lock:
            if key in self.callees:
                return self.callees[key]
            # A number reached through a SIP trunk is the same person as by its number.
            return self.callees.get(key.removeprefix("sip:").partition("@")[0], default)

    def admit(self, leg: Leg) -> None:
        """Take a new leg in; raises `CannotKeep` at the limit, and forgets the oldest that ended."""
        with self.changing():
            live = sum(1 for each in self.legs.values() if not each.is_over)
            if live >= MOST_LIVE_LEGS or self.is_stopping:
                raise CannotKeep(
                    f"{live} legs are up, the stand-in carries {MOST_LIVE_LEGS}; wait for calls to end"
                )
            _forget_oldest(self.legs, (sid for sid, each in self.legs.items() if each.is_over))
            self.legs[leg.sid] = leg

    def keep(self, kept: Recording | Message) -> None:
        """Keep a recording or a message, forgetting the oldest beyond the limit."""
        with self.changing():
            if isinstance(kept, Recording):
                _forget_oldest(self.recordings, self.recordings)
                self.recordings[kept.sid] = kept
            else:
                _forget_oldest(self.messages, self.messages)
                self.messages[kept.sid] = kept

    def leg(self, sid: str) -> Leg:
        """Return a leg by its sid; raises `NotFound`."""
        with self.lock:
            if sid in self.legs:
                return self.legs[sid]
        raise NotFound(f"no call {sid} here; GET /sandbox/calls lists those there are")

    def family(self, leg: Leg) -> list[Leg]:
        """Return the legs of one story, the first leg first."""
        with self.lock:
            return [each for each in self.legs.values() if each.story is leg.story]

    def is_finished(self, leg: Leg) -> bool:
        """Tell whether every leg of the story has ended and every callback was delivered."""
        with self.lock:
            return all(each.is_over for each in self.family(leg)) and self.callbacks.is_quiet(leg.story)

    def reset(self) -> None:
        """Forget callees, faults, texts and ended calls, end the live ones, set the clock as at the start."""
        with self.changing():
            for leg in self.legs.values():
                leg.order = Finish()
            self.legs = {sid: leg for sid, leg in self.legs.items() if not leg.is_over}
            self.callees = {callee_key(number): script for number, script in self.setup.callees}
            self.recordings.clear()
            self.messages.clear()
            self.blocked_texts.clear()
            self.callbacks.order(Faults())
            self.callbacks.patience = Patience()
            self.tempo.run_at(self.setup.speed)
            self.queue_seconds = QUEUE_SECONDS

    def close(self) -> bool:
        """End everything at once; tell whether all threads ended in time."""
        with self.changing():
            self.is_stopping = True
            self.callbacks.stop()
        self.outward.abandon()
        return self.threads.join(within_seconds=_STOP_WITHIN_SECONDS)


def _forget_oldest(kept: dict[str, _Kept], candidates: Iterable[str]) -> None:
    if len(kept) >= MOST_KEPT:
        oldest = next(iter(candidates), None)
        if oldest is not None:
            del kept[oldest]
