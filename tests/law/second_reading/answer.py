"""What the table says of a case."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Answer:
    """What the table says; `codes` holds every failed rule, or on allow the ground."""

    verdict: str
    reason: str
    codes: list[str]
    details: set[str] = field(default_factory=set)
    obligations: set[str] = field(default_factory=set)
    retry_at: datetime | None = None
    valid_until: datetime | None = None
