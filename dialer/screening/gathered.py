"""What passes between a screening and the store: the facts as read, and what the commit answered."""

from dataclasses import dataclass
from datetime import datetime

from dialer.law.facts import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The answer a webhook got before; `seq` is the line's after that answer."""

    answer: str
    could_dial: bool
    given_at: datetime
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlinked:
    """A person the question names, who is not linked to the line yet; `by` is who named them."""

    principal: str
    person: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All facts of one read. `contact_point` None is unreadable: then there is no line to compare.

    `waited_seconds` is the time spent waiting for the store alone. `unlinked` must be linked before the facts
    are whole: what was said on that person's other lines is not among them.
    """

    case: Case
    contact_point: str | None
    seq: int
    epoch: int
    versions: tuple[tuple[str, str], ...]
    receipt: Receipt | None
    waited_seconds: float = 0.0
    unlinked: Unlinked | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """Written, on disk as far as the server promises; `entry` is the ledger's id."""

    entry: str
    waited_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Changed:
    """Something moved between read and commit; nothing was written."""


@dataclass(frozen=True, slots=True)
class AnsweredBefore:
    """The very same request was answered meanwhile; nothing was written."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class PermitDead:
    """The permit that the question names is spent, over, or not for this call; nothing was written."""


Committed = Done | Changed | AnsweredBefore | PermitDead
