"""The faults a tester can order for status callbacks: late, twice, out of order, dropped."""

from dataclasses import dataclass
from random import Random

from dialer.errors import Unreadable

LONGEST_DELAY_SECONDS = 3_600.0
MOST_DROPPED = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """What goes wrong with the callbacks that are posted from now on.

    `late_s` is in story seconds. `drop` below 1 is the share that is lost (by a generator seeded with `seed`,
    so a run can be had again); 1 and more is how many of the next ones are lost. `voice_twice` asks the
    application twice for its document, as a retry does, and takes the second answer.
    """

    late_s: float = 0.0
    twice: bool = False
    out_of_order: bool = False
    drop: float = 0.0
    voice_twice: bool = False
    transcription_error: bool = False
    seed: int = 0


def read_faults(raw: object) -> Faults:
    """Read the JSON of `POST /sandbox/faults`; what is left out is no fault. Raises `Unreadable`."""
    known = ("late_s", "twice", "out_of_order", "drop", "voice_twice", "transcription_error", "seed")
    if not isinstance(raw, dict) or not set(raw) <= set(known):
        raise Unreadable(f"faults must be an object of {', '.join(known)}")
    for name in ("twice", "out_of_order", "voice_twice", "transcription_error"):
        if not isinstance(raw.get(name, False), bool):
            raise Unreadable(f"{name} must be true or false")
    seed = raw.get("seed", 0)
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise Unreadable("seed must be a whole number")
    drop = _amount(raw, "drop", MOST_DROPPED)
    if drop > 1 and drop != int(drop):
        raise Unreadable("drop must be a share below 1 or a whole number of callbacks")
    return Faults(
        late_s=_amount(raw, "late_s", LONGEST_DELAY_SECONDS),
        twice=raw.get("twice", False),
        out_of_order=raw.get("out_of_order", False),
        drop=drop,
        voice_twice=raw.get("voice_twice", False),
        transcription_error=raw.get("transcription_error", False),
        seed=seed,
    )


class Dropper:
    """Decides which callbacks are lost, keeping count; used under the world's lock."""

    def __init__(self, faults: Faults) -> None:
        self._share = faults.drop if faults.drop < 1 else 0.0
        self._left = int(faults.drop) if faults.drop >= 1 else 0
        self._random = Random(faults.seed)  # noqa: S311 (a repeatable fault, not a secret)

    def loses_this_one(self) -> bool:
        """Tell whether the next callback is lost; each call decides for one callback."""
        if self._left > 0:
            self._left -= 1
            return True
        return self._random.random() < self._share


def _amount(raw: dict[str, object], name: str, most: float) -> float:
    value = raw.get(name, 0)
    # A flag is welcome too: "drop": true loses one.
    if not isinstance(value, int | float) or not 0 <= float(value) <= most:
        raise Unreadable(f"{name} must be a number from 0 to {most:.0f}")
    return float(value)
