"""May an answer that could dial be given again? Only while it is young and nothing has happened to its line.

The same rule as for a repeated webhook (contract section 6): the client that lost our answer gets it once
more within 60 s; after that, or after anybody's no, it must ask anew and be judged anew.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dialer.screening.screen import REPEATABLE_FOR
from dialer.wiring import Parts


def decision_repeats(parts: Parts, answer: Mapping[str, Any]) -> bool:
    """Say so of a kept decision; one that allows nothing may always be repeated. Three round trips."""
    if answer.get("verdict") != "allow":
        return True
    return _is_unchanged(parts, str(answer.get("id")), moves=0)


def redemption_repeats(parts: Parts, answer: Mapping[str, Any]) -> bool:
    """Say so of a spent permit: spending it moved its line by one. Three round trips."""
    return _is_unchanged(parts, str(answer.get("decision")), moves=1)


def _is_unchanged(parts: Parts, decision_id: str, *, moves: int) -> bool:
    entry = parts.ledger.find(decision_id)
    if entry is None:
        return False
    age = parts.clock() - datetime.fromisoformat(entry.fields["decided_at"])
    seq = parts.records.of_line(entry.fields["to"]).seq
    return age <= REPEATABLE_FOR and seq == entry.fields["seq"] + moves
