"""Decisions as the ledger keeps them: one by its id, and those that fit a question, newest first."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final

from pydantic import Field

from dialer.calls.shape import STRICT
from dialer.errors import NotFound
from dialer.people.roles import Sight
from dialer.reports.care import decision_without_care
from dialer.screening.verdict import Answer
from dialer.store.decisions import LedgerPage
from dialer.store.ledger import Entry
from dialer.web.api.door import READERS, Asked, Doors
from dialer.web.api.paging import Page, Paged, cursor_of, position_of
from dialer.web.api.shapes import LedgerDecisionShown
from dialer.web.api.when import When, from_instant, to_instant

DOORS = Doors("Decisions")

# What the ledger keeps so that a decision can be judged again; nobody outside needs it.
_INNER: Final = frozenset({"key", "epoch", "seq", "versions", "purpose", "asked", "calls", "dials"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsAsked(Paged):
    """Which decisions; what is absent is no filter."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    from_: Annotated[When | None, Field(alias="from")] = None
    to: When | None = None
    campaign: str | None = None
    agent: str | None = None
    reason: str | None = None
    verdict: Answer | None = None

    def fits(self, entry: Entry, sight: Sight) -> bool:
        """Say whether a ledger line is a decision that was asked for and may be seen."""
        fields = entry.fields
        wanted = {"campaign": self.campaign, "agent": self.agent, "reason": self.reason}
        return (
            entry.kind == "decision"
            and sight.sees(fields.get("principal"))
            and self.verdict in {None, fields.get("verdict")}
            and all(value is None or fields.get(name) == value for name, value in wanted.items())
        )


@DOORS.get("/v1/decisions/{id}", roles=READERS, answer=LedgerDecisionShown)
def get_decision(asked: Asked[None, None], id: str) -> dict[str, Any]:
    """Read one decision: every reason with its law, and the facts it rests on."""
    entry = asked.parts.ledger.find(id)
    if entry is None or not asked.sight.sees(entry.fields.get("principal")):
        raise NotFound("no such decision")
    return decision_shown(entry, asked.sight)


@DOORS.get("/v1/decisions", roles=READERS, query=DecisionsAsked, answer=Page[LedgerDecisionShown])
def list_decisions(asked: Asked[None, DecisionsAsked]) -> dict[str, Any]:
    """List decisions, newest first."""
    query = asked.query
    page = asked.parts.decisions.page(
        lambda entry: query.fits(entry, asked.sight),
        since=from_instant(query.from_),
        until=to_instant(query.to),
        after=position_of(query.cursor),
        at_most=query.limit,
    )
    return _page_shown(page, asked.sight)


def _page_shown(page: LedgerPage, sight: Sight) -> dict[str, Any]:
    cursor = cursor_of(page.next) if page.next is not None else None
    return {"items": [decision_shown(entry, sight) for entry in page.entries], "next_cursor": cursor}


def decision_shown(entry: Entry, sight: Sight) -> dict[str, Any]:
    """Return a ledger line as the contract's section 4 shows a decision, with what this sight may see."""
    told = decision_without_care(entry.fields, sight)
    return {name: value for name, value in told.items() if name not in _INNER}
