"""Ask a look-up provider where no register or wash can say whether a number is listed, and keep its answer.

It is asked only about a call that nothing but a missing or old register stands against, so never about texts,
other countries, or what is refused anyway. Its answer is a fact like any other: kept first, then gathered,
judged and committed. No answer changes nothing: the refusal stays, and says so.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock
from typing import Final, Protocol

from dialer.clock import Clock, london_day, monotonic_seconds
from dialer.law.codes import Code
from dialer.registers.washed import REGISTERS, Answers, LookedUp
from dialer.screening.circuit import Circuit
from dialer.screening.verdict import Verdict

# A number of which nothing could be learnt is not asked about again within this time: questions cost money.
UNSETTLED_SECONDS: Final = 60.0
MOST_UNSETTLED: Final = 10_000
_LACKING: Final = frozenset({Code.UK_R21_REGISTER_MISSING, Code.UK_R21_REGISTER_STALE})

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider said of one number on one day; `answers` may be empty: it does not know."""

    answers: Answers
    checked_on: date


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nothing that may be relied on came back; `why` holds no number."""

    why: str


class Provider(Protocol):
    """Somebody who can be asked about one number, in bounded time; see `destinations.look_up`."""

    @property
    def name(self) -> str:
        """Who it is, as decisions name it."""
        ...

    def ask(self, number: str, *, today: date) -> Told | NoAnswer:
        """Return what it says of an E.164 number; never raises for what the provider does."""
        ...


class Kept(Protocol):
    """Keeps answers on their line; see `store.look_ups`. Raises CannotKeep."""

    def keep(self, contact_point: str, found: Sequence[LookedUp], *, at: datetime) -> None:
        """Write them, on disk."""
        ...


def lacks_a_register(verdict: Verdict) -> bool:
    """Say whether a call is refused for nothing but a register that is missing or too old."""
    return bool(verdict.reasons) and all(reason.code in _LACKING for reason in verdict.reasons)


def without_answer(verdict: Verdict) -> Verdict:
    """Return a refusal with the detail that the provider was no help."""
    return replace(verdict, details=(*verdict.details, Code.E_LOOKUP_NO_ANSWER))


class LookUps:
    """Asks one provider for the threads of a process, and spares it and them when it is not well."""

    def __init__(
        self, provider: Provider, kept: Kept, *, elapsed: Callable[[], float] = monotonic_seconds
    ) -> None:
        self._provider = provider
        self._kept = kept
        self._elapsed = elapsed
        self._circuit = Circuit(elapsed=elapsed)
        self._lock = Lock()
        self._unsettled: dict[str, float] = {}

    def settle(self, number: str, clock: Clock) -> bool:
        """Ask about a number and keep what is said; False where nothing new is known. Raises CannotKeep.

        Takes as long as the provider may, and one round trip to the store.
        """
        if self._is_unsettled(number) or not self._circuit.may_ask():
            return False
        answered = self._provider.ask(number, today=london_day(clock()))
        if isinstance(answered, NoAnswer):
            self._complain(answered)
            self._remember(number)
            return False
        self._circuit.answered()
        at = clock()
        found = [
            LookedUp(
                register=register,
                listed=listed,
                checked_on=answered.checked_on,
                provider=self._provider.name,
                recorded_at=at,
            )
            for register in REGISTERS
            if (listed := answered.answers.of(register)) is not None
        ]
        if len(found) < len(REGISTERS):
            self._remember(number)
        if found:
            self._kept.keep(number, found, at=at)
        return bool(found)

    def _complain(self, answered: NoAnswer) -> None:
        begins_a_pause = self._circuit.failed()
        _log.warning("the look-up provider %s gave no answer: %s", self._provider.name, answered.why)
        if begins_a_pause:
            _log.error("the look-up provider %s is not asked for a while", self._provider.name)

    def _is_unsettled(self, number: str) -> bool:
        with self._lock:
            return self._elapsed() < self._unsettled.get(number, 0.0)

    def _remember(self, number: str) -> None:
        with self._lock:
            if len(self._unsettled) >= MOST_UNSETTLED:
                self._unsettled.clear()
            self._unsettled[number] = self._elapsed() + UNSETTLED_SECONDS
