"""Judge a ledger line again: the same question, the same facts, the same book must give the same verdict.

A decision's line holds what is needed: the question, the instant, the line's `seq`, the configuration's
epoch and the register versions. Everything else is read as it stood when that line was written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from dialer.errors import CannotKeep
from dialer.law.codes import Code
from dialer.law.statute_book import StatuteBook
from dialer.screening.decision_json import verdict_fields
from dialer.screening.looking_up import without_answer
from dialer.screening.past import Decided, LinePast, Missing, Moment, verdict_on
from dialer.screening.question_json import read_question
from dialer.screening.refusal import permit_dead
from dialer.screening.verdict import Verdict

# Part of a verdict but no part of its answer: the book's own name.
_NOT_COMPARED: Final = frozenset({"rules_version"})


class Line(Protocol):
    """A decision's ledger line; see `store.ledger.Entry`."""

    @property
    def entry(self) -> str:
        """Its place in the ledger."""
        ...

    @property
    def fields(self) -> dict[str, Any]:
        """What was written."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejudged:
    """A decision and its second judgement. `differences` names the parts of the verdict that came out other.

    `is_same_book` is false where the rules have changed since: then a difference may be theirs.
    """

    decision: str
    decided_at: datetime
    given: Mapping[str, Any]
    verdict: Verdict
    differences: tuple[str, ...]
    missing: frozenset[Missing]
    is_same_book: bool

    @property
    def is_same(self) -> bool:
        """Whether the verdict that was given is given again, with every reason and every fact."""
        return not self.differences


def rejudge(line: Line, facts: LinePast, book: StatuteBook) -> Rejudged:
    """Judge one decision's ledger line again, on what was known then; nothing is written.

    Raises CannotKeep for a line of a version that did not keep what this needs.
    """
    given = line.fields
    try:
        decided_at = datetime.fromisoformat(given["decided_at"])
        asked = given["asked"]
        calls = given.get("calls", {"live": 0, "abandoned": 0})
        decided = Decided(
            entry=line.entry,
            seq=given["seq"],
            epoch=given["epoch"],
            versions=given["versions"],
            live_calls=calls["live"],
            abandoned_calls=calls["abandoned"],
        )
    except KeyError as missing:
        raise CannotKeep(
            f"decision {given.get('id')} was kept without its {missing}: it cannot be judged again"
        ) from None
    question = read_question(asked, key=given.get("key"))
    past = facts.gather(question, Moment.then(decided_at), decided)
    verdict = verdict_on(past, book)
    if given.get("reason") == Code.E_PERMIT_DEAD:
        # What became of a permit is not kept beyond its minute; the line's word stands for it.
        verdict = permit_dead(verdict)
    if Code.E_LOOKUP_NO_ANSWER in given.get("details", ()):
        # Nor does a provider's silence leave a fact behind.
        verdict = without_answer(verdict)
    return Rejudged(
        decision=str(given["id"]),
        decided_at=decided_at,
        given=given,
        verdict=verdict,
        differences=_differences(given, verdict),
        missing=past.missing,
        is_same_book=given.get("rules_version") == book.version,
    )


def _differences(given: Mapping[str, Any], verdict: Verdict) -> tuple[str, ...]:
    again = verdict_fields(verdict)
    return tuple(name for name in again if name not in _NOT_COMPARED and again[name] != given.get(name))
