"""Hear one turn: transcript in, judgement out. Pure and offline; tables load with the first turn."""

from dialer.objections.hearing.acts import Act, acts_in, covers_in
from dialer.objections.hearing.heard import CUT_SHORT, FOREIGN_STOP, LANGUAGE_UNCLEAR, Heard, Label, Outcome
from dialer.objections.hearing.language import Language, language_of
from dialer.objections.hearing.rulebook import rulebook
from dialer.objections.hearing.scope import channels_of, scope_of
from dialer.objections.hearing.spoken import Turn, listen
from dialer.objections.hearing.stance import Stance, stance_of

IN_FORCE_FROM = 0.7
"""Confidence from which an objection is in force at once; below it the line is held for a person."""

LOW_RECOGNISER_CONFIDENCE = 0.5
"""Below this the recogniser's words are not trusted, either way."""

_LABELS = {
    "vulnerable": Label.VULNERABLE,
    "deceased": Label.DECEASED,
    "wrong_number": Label.WRONG_NUMBER,
    "callback": Label.CALLBACK,
    "refusal": Label.REFUSAL_ONLY,
    "hostile": Label.REFUSAL_ONLY,
}


def hear(text: str, *, recogniser_confidence: float | None = None) -> Heard:
    """Judge the final stance of one turn of the called party.

    `recogniser_confidence` is 0 to 1 as the recogniser gave it, None when it gave none. Any string gets an
    answer; nothing raises. Under 5 ms for a turn of 90 words, linear beyond.
    """
    turn = listen(text)
    book = rulebook()
    acts = acts_in(turn, book)
    stance = stance_of(turn.read, acts, covers_in(turn, book))
    language = language_of(text)
    is_misheard = recogniser_confidence is not None and recogniser_confidence < LOW_RECOGNISER_CONFIDENCE
    flags = _flags(turn, language, is_misheard)
    if stance.standing:
        return _objection(turn, acts, stance, flags)
    if flags:
        return _doubt(turn, acts, stance, language, flags)
    return _otherwise(turn, acts, stance)


def _flags(turn: Turn, language: Language, is_misheard: bool) -> tuple[str, ...]:
    flags = []
    if language.is_unclear or is_misheard:
        flags.append(LANGUAGE_UNCLEAR)
    if language.stop_phrase:
        flags.append(FOREIGN_STOP)
    if turn.is_cut:
        flags.append(CUT_SHORT)
    return tuple(flags)


def _also(acts: list[Act]) -> tuple[Label, ...]:
    said = {_LABELS[act.rule.act] for act in acts if act.rule.act in _LABELS}
    return tuple(label for label in Label if label in said)


def _objection(turn: Turn, acts: list[Act], stance: Stance, flags: tuple[str, ...]) -> Heard:
    doubt = 1.0
    for name in {act.rule.name for act in stance.standing}:
        doubt *= 1 - max(act.rule.sure for act in stance.standing if act.rule.name == name)
    confidence = round(1 - doubt, 3)
    if flags:
        confidence = min(confidence, IN_FORCE_FROM - 0.01)
    outcome = Outcome.IN_FORCE if confidence >= IN_FORCE_FROM else Outcome.POSSIBLE
    words = [(act.rule.channel, turn.read[max(0, act.start - 1) : act.end + 1]) for act in stance.standing]
    telling = max(stance.standing, key=lambda act: (act.rule.sure, act.end - act.start))
    also = tuple(label for label in _also(acts) if label not in {Label.REFUSAL_ONLY, Label.CALLBACK})
    return Heard(
        label=Label.OPT_OUT,
        also=also,
        outcome=outcome,
        scope=scope_of(turn.read, [(act.start, act.end) for act in stance.standing]),
        channels=channels_of(turn.read, words),
        confidence=confidence,
        span=turn.place(telling.start, telling.end),
        why=tuple(dict.fromkeys(act.rule.name for act in stance.standing)),
        flags=flags,
    )


def _doubt(turn: Turn, acts: list[Act], stance: Stance, language: Language, flags: tuple[str, ...]) -> Heard:
    """Hold the line for words we could not judge; a foreign stop phrase says what was probably meant."""
    rest = _otherwise(turn, acts, stance)
    stop = language.stop_phrase is not None
    return Heard(
        label=Label.OPT_OUT if stop else rest.label,
        also=rest.also,
        outcome=Outcome.POSSIBLE,
        scope="org",
        channels=("all",),
        confidence=0.6 if stop else 0.3,
        span=language.place if stop else rest.span,
        why=(f"stop-phrase-{language.stop_language}",) if stop else ("could-not-be-judged", *rest.why),
        flags=flags,
    )


def _otherwise(turn: Turn, acts: list[Act], stance: Stance) -> Heard:
    unsaid = tuple(f"{act.rule.name} but {reason}" for act, reason in stance.unsaid)
    said = [act for act in acts if act.rule.act in _LABELS]
    if stance.is_put_off and not any(
        act.rule.act in {"vulnerable", "deceased", "wrong_number"} for act in said
    ):
        return Heard(label=Label.CALLBACK, confidence=0.85, why=unsaid)
    if not said or (stance.unsaid and all(act.rule.act == "refusal" for act in said)):
        return Heard(label=Label.NONE, confidence=0.9, why=unsaid)
    rank = list(Label)
    first = min(
        said, key=lambda act: (rank.index(_LABELS[act.rule.act]), act.rule.act != "hostile", act.start)
    )
    is_hostile = first.rule.act == "hostile"
    return Heard(
        label=_LABELS[first.rule.act],
        also=tuple(label for label in _also(acts) if label is not _LABELS[first.rule.act]),
        outcome=Outcome.POSSIBLE if is_hostile else Outcome.NONE,
        scope="org" if is_hostile else None,
        channels=("all",) if is_hostile else (),
        confidence=first.rule.sure,
        span=turn.place(first.start, first.end),
        why=(first.rule.name, *unsaid),
    )
