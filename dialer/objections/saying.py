"""A no as it reached us, what becomes of it, and everything the one act of keeping it writes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dialer.delivery.notice import Notice
from dialer.law.records import Objection, Scope
from dialer.objections.proof import SpokenProof


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A no as it reached us. `effective_at` None is now; a time to come is clamped to now (law.md 8.3).

    `objection_id` is given where the same request may come twice: the same id is never kept twice, and the
    second time returns what was promised the first. `proof` says how it was heard, where it was spoken.
    """

    contact_point: str
    principal: str | None
    operator: str | None
    scope: Scope
    source: str
    kind: Literal["objection", "withdrawal"] = "objection"
    person: str | None = None
    words: str | None = None
    effective_at: datetime | None = None
    decision: str | None = None
    call_ref: str | None = None
    campaign: str | None = None
    agent: str | None = None
    objection_id: str | None = None
    proof: SpokenProof | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A no in force. `repeated` when this very one had been kept before and nothing was written again."""

    id: str
    reference: str
    effective_at: datetime
    notices: tuple[str, ...]
    destinations: tuple[str, ...]
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What must be known before the act: the next ordinal, and the other lines it reaches as they stand.

    `lines_of_person` are those of everybody linked to the line, and the company's where it speaks. They hold
    as long as the set named by `rests_on` has its `size` and the line was `amended` no more often.
    """

    ordinal: int
    lines_of_person: frozenset[str]
    amended: int = 0
    rests_on: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Everything the one script writes."""

    objection: Objection
    recorded: Recorded
    lines: tuple[str, ...]
    notices: tuple[Notice, ...]
    saying: Saying
    epoch: int
    prepared: Prepared
