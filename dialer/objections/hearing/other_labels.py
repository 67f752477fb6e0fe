"""What a turn is when it is no objection: vulnerable, deceased, wrong number, callback, refusal, or none."""

from dialer.objections.hearing.heard import Heard, Label, Outcome
from dialer.objections.hearing.reading import Reading

_LABELS = {
    "vulnerable": Label.VULNERABLE,
    "deceased": Label.DECEASED,
    "wrong_number": Label.WRONG_NUMBER,
    "callback": Label.CALLBACK,
    "refusal": Label.REFUSAL_ONLY,
    "hostile": Label.REFUSAL_ONLY,
}
_CARE = frozenset({"vulnerable", "deceased", "wrong_number"})
_RANK = {label: rank for rank, label in enumerate(Label)}


def also_said(reading: Reading) -> tuple[Label, ...]:
    """Name the care labels that are true beside an objection."""
    said = {_LABELS[act.rule.act] for act in reading.acts if act.rule.act in _CARE}
    return tuple(sorted(said, key=_RANK.__getitem__))


def otherwise(reading: Reading) -> Heard:
    """Label a turn that is no objection; a hostile dismissal holds the line until somebody has asked."""
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
