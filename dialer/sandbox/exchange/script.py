"""What a callee will do: read from the JSON that `POST /sandbox/callees` takes, checked step by step.

`wait_s` before `busy` or `no_answer` is how long it rings first; anywhere else it counts from the answer or
from the step before. `say` and `press` wait until somebody listens (a Gather, a Record, a bridged party),
as people do.
"""

from dataclasses import dataclass
from enum import StrEnum

from dialer.errors import Unreadable

MOST_STEPS = 50
MOST_CHARACTERS = 2_000
LONGEST_WAIT_SECONDS = 14_400.0
DEFAULT_RING_SECONDS = 2.0
_KEYS = frozenset("0123456789*#")


class Pickup(StrEnum):
    """What happens when the callee's phone rings."""

    ANSWERS = "answers"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Wait:
    """Does nothing for some story seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Say:
    """Speaks, once somebody listens."""

    words: str


@dataclass(frozen=True, slots=True)
class Press:
    """Presses keys (`0-9*#`), once somebody listens."""

    keys: str


@dataclass(frozen=True, slots=True)
class HangUp:
    """Puts the phone down."""


@dataclass(frozen=True, slots=True)
class Stay:
    """Keeps the line open until somebody else ends the call."""


Step = Wait | Say | Press | HangUp | Stay


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One callee's behaviour; `is_machine` makes answering-machine detection say so."""

    pickup: Pickup = Pickup.ANSWERS
    ring_seconds: float = DEFAULT_RING_SECONDS
    is_machine: bool = False
    steps: tuple[Step, ...] = ()


# Somebody nobody scripted answers, listens, and puts the phone down after a few seconds.
UNSCRIPTED_CALLEE = Script(steps=(Wait(8.0), HangUp()))
# An agent stays on the line until the other party leaves.
PATIENT_AGENT = Script(ring_seconds=1.0, steps=(Stay(),))


def read_script(raw: object) -> Script:
    """Read a list of one-key steps; one that never hangs up gets the default ending.

    Raises `Unreadable` naming the step.
    """
    if not isinstance(raw, list) or len(raw) > MOST_STEPS:
        raise Unreadable(f"script must be a list of at most {MOST_STEPS} steps, each an object with one key")
    steps: list[Step] = []
    ring_seconds, pickup, is_machine = DEFAULT_RING_SECONDS, Pickup.ANSWERS, False
    for place, entry in enumerate(raw, start=1):
        key, value = _one_key(place, entry)
        if key in {"busy", "no_answer", "unreachable"}:
            ring_seconds = _ringing_before(place, key, steps, ring_seconds)
            pickup, steps = Pickup(key), []
        elif key == "answer_after_s":
            ring_seconds = _seconds(place, key, value)
        elif key == "machine":
            is_machine = True
        else:
            steps.append(_step(place, key, value))
    return Script(
        pickup=pickup, ring_seconds=ring_seconds, is_machine=is_machine, steps=_with_an_ending(steps)
    )


def _with_an_ending(steps: list[Step]) -> tuple[Step, ...]:
    if any(isinstance(step, HangUp | Stay) for step in steps):
        return tuple(steps)
    return (*steps, *UNSCRIPTED_CALLEE.steps)


def _one_key(place: int, entry: object) -> tuple[str, object]:
    if not isinstance(entry, dict) or len(entry) != 1:
        raise Unreadable(f'script step {place} must be an object with one key, such as {{"press": "9"}}')
    ((key, value),) = entry.items()
    if key in {"busy", "no_answer", "unreachable", "machine", "hang_up", "stay"} and value is not True:
        raise Unreadable(f"script step {place}: {key} takes only true; leave the step out otherwise")
    return str(key), value


def _ringing_before(place: int, key: str, steps: list[Step], ring_seconds: float) -> float:
    if not all(isinstance(step, Wait) for step in steps):
        raise Unreadable(
            f"script step {place}: {key} must come before anything the callee does after answering"
        )
    waited = sum(step.seconds for step in steps if isinstance(step, Wait))
    return waited or ring_seconds


def _step(place: int, key: str, value: object) -> Step:
    if key == "wait_s":
        return Wait(_seconds(place, key, value))
    if key == "hang_up":
        return HangUp()
    if key == "stay":
        return Stay()
    if key == "say" and isinstance(value, str) and 0 < len(value.strip()) <= len(value) <= MOST_CHARACTERS:
        return Say(value)
    if key == "press" and isinstance(value, str) and 0 < len(value) <= 32 and set(value) <= _KEYS:
        return Press(value)
    raise Unreadable(
        f"script step {place}: cannot read {key!r}; the steps are wait_s (seconds), say (text), "
        "press (0-9*#), busy, no_answer, unreachable, machine, answer_after_s, hang_up and stay"
    )


def _seconds(place: int, key: str, value: object) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 <= float(value) <= LONGEST_WAIT_SECONDS:  # type: ignore[arg-type]
        raise Unreadable(f"script step {place}: {key} must be 0 to {LONGEST_WAIT_SECONDS:.0f} seconds")
    return float(value)  # type: ignore[arg-type]
