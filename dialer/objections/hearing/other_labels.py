"""What a turn is when it is no objection: vulnerable, deceased, wrong number, callback, refusal, or none."""

from dialer.objections.hearing.heard import Heard, Label, Outcome
from dialer.objections.hearing.meaning import LABELS, Meaning
from dialer.objections.hearing.reading import Reading

_LABELS = {
    "vulnerable": Label.VULNERABLE,
    "deceased": Label.DECEASED,
    "wrong_number": Label.WRONG_NUMBER,
    "callback": Label.CALLBACK,
    "refusal": Label.REFUSAL_ONLY,
    "hostile": Label.REFUSAL_ONLY,
}
_SURE_FROM = 0.5
"""Share of what is no objection from which the network's label counts where no rule has one."""
_LEAST_LEFT = 0.01
_CARE = frozenset({"vulnerable", "deceased", "wrong_number"})
_RANK = {label: rank for rank, label in enumerate(Label)}


def also_said(reading: Reading) -> tuple[Label, ...]:
    """Name the care labels that are true beside an objection."""
    said = {_LABELS[act.rule.act] for act in reading.acts if act.rule.act in _CARE}
    return tuple(sorted(said, key=_RANK.__getitem__))


def otherwise(reading: Reading, meaning: Meaning) -> Heard:
    """Label a turn that is no objection: as a rule does, or as the network when no rule knows what it is."""
    by_rule = _by_rule(reading)
    if by_rule.label is not Label.NONE:
        return by_rule
    likely, label = max(zip(meaning.labels[1:], LABELS[1:], strict=True))
    share = likely / max(1 - meaning.labels[0], _LEAST_LEFT)
    if label is Label.NONE or share < _SURE_FROM:
        return by_rule
    return Heard(label=label, confidence=round(share, 3), why=("by-its-meaning", *by_rule.why))


def _by_rule(reading: Reading) -> Heard:
    """Label a turn by its rules; a hostile dismissal holds the line until somebody has asked."""
    unsaid = tuple(f"{act.rule.name} but {reason}" for act, reason in reading.stance.unsaid)
    said = [act for act in reading.acts if act.rule.act in _LABELS]
    if reading.stance.is_put_off and not any(act.rule.act in _CARE for act in said):
        return Heard(label=Label.CALLBACK, confidence=0.85, why=unsaid)
    if not said or (unsaid and all(act.rule.act == "refusal" for act in said)):
        return Heard(label=Label.NONE, confidence=0.9, why=unsaid)
    first = min(said, key=lambda act: (_RANK[_LABELS[act.rule.act]], act.rule.act != "hostile", act.start))
    label = _LABELS[first.rule.act]
    others = {_LABELS[act.rule.act] for act in said} - {label}
    is_hostile = first.rule.act == "hostile"
    return Heard(
        label=label,
        also=tuple(sorted(others, key=_RANK.__getitem__)),
        outcome=Outcome.POSSIBLE if is_hostile else Outcome.NONE,
        scope="org" if is_hostile else None,
        channels=("all",) if is_hostile else (),
        confidence=first.rule.sure,
        span=reading.turn.place(first.start, first.end),
        why=(first.rule.name, *unsaid),
    )
