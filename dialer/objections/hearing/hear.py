"""Hear one turn: transcript in, judgement out. Pure and offline; tables load with the first turn."""

from dataclasses import dataclass
from typing import NamedTuple

from dialer.objections.hearing.heard import CUT_SHORT, FOREIGN_STOP, LANGUAGE_UNCLEAR, Heard, Label, Outcome
from dialer.objections.hearing.language import Language, language_of
from dialer.objections.hearing.opinion import telling_place
from dialer.objections.hearing.other_labels import also_said, otherwise
from dialer.objections.hearing.reading import Reading, reading_of
from dialer.objections.hearing.relay import is_only_the_relays
from dialer.objections.hearing.scope import channels_of, channels_unnamed, places_against, scope_of
from dialer.objections.hearing.voices import Voices, voices_of

IN_FORCE_FROM = 0.7
"""Confidence from which an objection is in force at once; below it the line is held for a person."""

LOW_RECOGNISER_CONFIDENCE = 0.6
"""Below this the recogniser's words are not trusted, either way."""

HELD_FROM = 0.4
"""Confidence of the least that is possible: a line is held from here."""


class _Steps(NamedTuple):
    """Likelihoods, by all voices together, from which an objection is possible, and in force."""

    possible: float
    in_force: float


NAMED_BY_A_RULE = _Steps(possible=0.1, in_force=0.45)
"""A rule's finding counts unless the whole turn speaks against it."""

UNNAMED = _Steps(possible=0.42, in_force=0.65)
"""Words no rule knows must speak for themselves."""

_OF_THE_RELAY = 0.9


@dataclass(frozen=True, slots=True)
class _Doubts:
    """What keeps a turn from being judged on its words alone."""

    language: Language
    flags: tuple[str, ...]


def hear(text: str, *, recogniser_confidence: float | None = None) -> Heard:
    """Judge the final stance of one turn of the called party.

    `recogniser_confidence` is 0 to 1 as the recogniser gave it, None when it gave none. Any string gets an
    answer; nothing raises. Some 7 ms for a turn of 90 words (2026-11-24), linear beyond.
    """
    if is_only_the_relays(text):
        return Heard(label=Label.NONE, confidence=_OF_THE_RELAY, why=("relay-greeting",))
    reading = reading_of(text)
    doubts = _doubts(text, reading, recogniser_confidence)
    voices = voices_of(reading)
    confidence = _confidence(reading, voices)
    if confidence is not None:
        return _objection(reading, voices, doubts, confidence)
    if doubts.flags:
        return _unjudged(reading, voices, doubts)
    return otherwise(reading, voices.meaning)


def _doubts(text: str, reading: Reading, recogniser_confidence: float | None) -> _Doubts:
    language = language_of(text)
    is_misheard = recogniser_confidence is not None and not recogniser_confidence >= LOW_RECOGNISER_CONFIDENCE
    raised = {
        LANGUAGE_UNCLEAR: language.is_unclear or is_misheard,
        FOREIGN_STOP: language.stop_phrase is not None,
        CUT_SHORT: reading.turn.is_cut,
    }
    return _Doubts(language, tuple(flag for flag, is_raised in raised.items() if is_raised))


def _confidence(reading: Reading, voices: Voices) -> float | None:
    """Set the likelihood against the steps; None when no objection is heard."""
    is_hostile = any(act.rule.act == "hostile" for act in reading.acts)
    if is_hostile and not reading.stance.standing:
        return None
    steps = NAMED_BY_A_RULE if reading.stance.standing else UNNAMED
    likelihood = voices.likelihood
    if likelihood < steps.possible:
        return None
    if likelihood < steps.in_force:
        share = (likelihood - steps.possible) / (steps.in_force - steps.possible)
        return HELD_FROM + share * (IN_FORCE_FROM - 0.01 - HELD_FROM)
    return IN_FORCE_FROM + (likelihood - steps.in_force) / (1 - steps.in_force) * (0.99 - IN_FORCE_FROM)


def _objection(reading: Reading, voices: Voices, doubts: _Doubts, confidence: float) -> Heard:
    if doubts.flags:
        confidence = min(confidence, IN_FORCE_FROM - 0.01)
    turn, standing = reading.turn, reading.stance.standing
    words = [(act.rule.channel, *_words(turn.read, act.start, act.end)) for act in standing]
    places = [(act.start, act.end) for act in standing] or places_against(turn.read)
    telling = max(standing, key=lambda act: (act.rule.sure, act.end - act.start), default=None)
    names = tuple(dict.fromkeys(act.rule.name for act in standing))
    return Heard(
        label=Label.OPT_OUT,
        also=also_said(reading),
        outcome=Outcome.IN_FORCE if confidence >= IN_FORCE_FROM else Outcome.POSSIBLE,
        scope=scope_of(turn.read, places, is_named=bool(standing)),
        channels=channels_of(turn.read, words) if words else channels_unnamed(turn.read, places),
        confidence=round(confidence, 3),
        span=turn.place(
            *((telling.start, telling.end) if telling else telling_place(turn.read, voices.meaning.shares))
        ),
        why=names or ("second-opinion", *voices.opinion.telling),
        flags=doubts.flags,
    )


def _words(read: str, start: int, end: int) -> tuple[str, str]:
    """Give an objection's words, and the four after them, where a channel may be named late."""
    return read[max(0, start - 1) : end + 1], f" {' '.join(read[end:].split()[:4])} "


def _unjudged(reading: Reading, voices: Voices, doubts: _Doubts) -> Heard:
    """Hold the line for words we could not judge; a foreign stop phrase says what was probably meant."""
    rest = otherwise(reading, voices.meaning)
    language = doubts.language
    is_stop = language.stop_phrase is not None
    return Heard(
        label=Label.OPT_OUT if is_stop else rest.label,
        also=rest.also,
        outcome=Outcome.POSSIBLE,
        scope="org",
        channels=("all",),
        confidence=0.6 if is_stop else 0.3,
        span=language.place if is_stop else rest.span,
        why=(f"stop-phrase-{language.stop_language}",) if is_stop else ("could-not-be-judged", *rest.why),
        flags=doubts.flags,
    )
