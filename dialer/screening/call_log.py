"""A past call as a log tells it, in our words; every row of a log ends as exactly one of these."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RowEnd(StrEnum):
    """How one row of a call log ended."""

    JUDGED = "judged"
    REPEATED = "repeated"  # the same call stood in the log before
    INBOUND = "inbound"  # somebody rang us
    OWN_ENDPOINT = "own_endpoint"  # it rang an agent's browser or desk phone, nobody's line
    NOT_BEGUN = "not_begun"  # queued, not dialled yet
    UNREADABLE = "unreadable"


class Band(StrEnum):
    """Whether a call reached the network. Busy and unanswered calls are attempts since 2025 (PECR reg 21)."""

    ATTEMPT = "attempt"
    MAY_NOT_HAVE_RUNG = "may_not_have_rung"  # failed or cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedCall:
    """One outgoing call. `row` is its place in the log, from 1; `to` is E.164; `ref` the log's own name."""

    row: int
    ref: str
    to: str
    at: datetime
    band: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class NotJudged:
    """A row that is no outgoing call, or cannot be read; `why` names the column and no number."""

    row: int
    end: RowEnd
    why: str = ""


LogRow = LoggedCall | NotJudged
