"""All turns said aloud in several voices, each in a call of its own, and what was heard and done.

Objections are said in every voice, the rest in two. Half of the tellings have light noise, half of the calls
are heard live, the rest by a Gather. Whoever objects and finds that nothing happened says it once more,
slower, as people do; what is no objection is said once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from tests.doubles.house import House
from tests.doubles.twilio_client import Twilio
from tests.interop.spoken.fate import Fate, Spoken, Way
from tests.interop.spoken.recogniser import Recognised, Recogniser
from tests.interop.spoken.telephone import over_the_line
from tests.interop.spoken.turns import Kind, Turn, turns
from tests.interop.spoken.voice import VOICES, said

LIGHT_NOISE_DECIBELS: Final = 25.0
_SLOWER: Final = 1.2
_MOST_TELLINGS: Final = 2
Ear = Callable[["Telling"], Recognised]


@dataclass(frozen=True, slots=True)
class Telling:
    """One turn as it is said: in which voice, how much slower, how noisy (None for a silent line)."""

    words: str
    voice: str
    stretch: float
    noise_decibels: float | None
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One call: what was said and heard, telling by telling, and what it left."""

    turn: Turn
    voice: str
    way: Way
    heard: tuple[Recognised, ...]
    after_one: Fate
    fate: Fate
    is_dialled_next: bool


def ear(recogniser: Recogniser, folder: Path) -> Ear:
    """Return what says a telling, sends it down the line and recognises it."""

    def hears(telling: Telling) -> Recognised:
        voice, rate = said(telling.words, voice=telling.voice, stretch=telling.stretch, folder=folder)
        line = over_the_line(voice, rate=rate, noise_decibels=telling.noise_decibels, seed=telling.seed)
        return recogniser.hears(line)

    return hears


def outcomes(house: House, twilio: Twilio, hears: Ear) -> Iterator[Outcome]:
    """Say every turn and yield what came of it; a second or two of one core a telling."""
    calls = count()
    for place, turn in enumerate(turns()):
        for voice in _voices(turn, place):
            call = next(calls)
            way = (Way.GATHER, Way.LIVE)[call // 2 % 2]
            spoken = Spoken(house, twilio, way, number=f"+44113496{call:04d}", call=call)
            yield _outcome(turn, voice, spoken, hears)


def _voices(turn: Turn, place: int) -> tuple[str, ...]:
    if turn.kind is Kind.OBJECTION:
        return VOICES
    return VOICES[place % 2 :: 2]


def _outcome(turn: Turn, voice: str, spoken: Spoken, hears: Ear) -> Outcome:
    decision = spoken.is_dialled()
    assert decision is not None, "a number nobody objected for was refused"
    heard: list[Recognised] = []
    fates: list[Fate] = []
    for telling in range(1, _MOST_TELLINGS + 1):
        noise = LIGHT_NOISE_DECIBELS if (spoken.call + telling) % 2 else None
        stretch = 1.0 if telling == 1 else _SLOWER
        heard.append(hears(Telling(turn.words, voice, stretch, noise, seed=spoken.call)))
        spoken.tells(decision, heard[-1], telling=telling)
        fates.append(spoken.fate())
        if turn.kind is not Kind.OBJECTION or fates[-1] is not Fate.NOTHING:
            break
    return Outcome(
        turn=turn,
        voice=voice,
        way=spoken.way,
        heard=tuple(heard),
        after_one=fates[0],
        fate=fates[-1],
        is_dialled_next=spoken.is_dialled_next(),
    )
