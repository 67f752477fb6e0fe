"""Care marks are compliance's alone: whoever else is shown a line or a decision is shown none of them.

That a call is refused, and what the agent should do, is shown to all; that somebody died, is vulnerable or
lives elsewhere is not. What a supervisor or a system put on a line's record themselves stays theirs to read.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from dialer.calls.dispositions import Disposition
from dialer.consents.approval import Review, ReviewKind
from dialer.consents.line_facts import LineKnown, Mark
from dialer.law.codes import Code
from dialer.objections.hearing import Label
from dialer.people.roles import Sight
from dialer.people.shown_numbers import HIDDEN

CARE: Final = frozenset(
    {Disposition.WRONG_PERSON.value, Disposition.DECEASED.value, Disposition.VULNERABLE.value}
)
# The source of a mark that was put on the line's record, not learned in a call.
_ON_RECORD: Final = "record"
_LIFTING: Final = "lft"
HEARD_OF_CARE: Final = frozenset({Label.WRONG_NUMBER, Label.DECEASED, Label.VULNERABLE})


def decision_without_care(fields: Mapping[str, Any], sight: Sight) -> dict[str, Any]:
    """Return a decision's JSON values with the reason for leaving somebody in peace hidden from others.

    Every such reason is hidden, not the care marks alone: what is left would tell the rest.
    """
    shown = dict(fields)
    if sight.sees_care:
        return shown
    if "reasons" in shown:
        shown["reasons"] = [_reason(reason) for reason in shown["reasons"]]
    if isinstance(shown.get("review"), Mapping):
        shown["review"] = _unlabelled(shown["review"])
    if (shown.get("proof") or {}).get("label") in HEARD_OF_CARE:
        shown["proof"] = None
    return shown


def is_entry_shown(kind: str, fields: Mapping[str, Any], sight: Sight) -> bool:
    """Say whether a line of the ledger may be shown: one that tells of a care mark only to compliance."""
    if sight.sees_care:
        return True
    tells = {"report": "kind", "wrap-up": "disposition"}.get(kind)
    is_lifting = kind.rpartition("-")[2] == _LIFTING
    return not is_lifting and (tells is None or fields.get(tells) not in CARE)


def known_without_care(known: LineKnown, sight: Sight) -> LineKnown:
    """Return what is known of a line, without what a call showed of somebody's health, death or moving."""
    if sight.sees_care:
        return known
    marks = tuple(mark for mark in known.marks if not _is_care(mark))
    # The earliest of those that stand and may be shown.
    stands = (mark.kind for mark in marks if mark.lifted_at is None)
    left = next((kind for kind in stands if kind != "wrong_person"), None)
    return replace(known, marks=marks, wrong_for=(), no_contact=left)


def review_without_care(review: Review, sight: Sight) -> Review:
    """Return a possible opt-out without the label of a turn that was about somebody's health, death or home.

    Its words stay: they are what a person must judge.
    """
    possible = review.possible
    if sight.sees_care or possible is None or possible.label not in HEARD_OF_CARE:
        return review
    return replace(
        review, why=review.why.partition(", ")[0], possible=replace(possible, label=None, proof=None)
    )


def is_review_shown(review: Review, sight: Sight) -> bool:
    """Say whether a review is theirs to see: the lifting of a mark is compliance's."""
    return sight.sees(review.principal) and (sight.sees_care or review.kind is not ReviewKind.MARK)


def _is_care(mark: Mark) -> bool:
    return mark.kind in CARE and mark.source != _ON_RECORD


def _unlabelled(review: Mapping[str, Any]) -> dict[str, Any]:
    """Return a review in a line of the ledger as `review_without_care` shows it."""
    possible = review.get("possible")
    if possible is None or possible.get("label") not in HEARD_OF_CARE:
        return dict(review)
    why = str(review["why"]).partition(", ")[0]
    return {**review, "why": why, "possible": {**possible, "label": None, "proof": None}}


def _reason(reason: Mapping[str, Any]) -> dict[str, Any]:
    facts = dict(reason["facts"])
    if reason["code"] == Code.POLICY_NO_CONTACT and "why" in facts:
        facts["why"] = HIDDEN
    return {**reason, "facts": facts}
