"""Who asks, and on which call: what two people and an agent's own call are told by."""

from datetime import datetime
from typing import Any

from dialer.consents.approval import Person
from dialer.consents.call_back import OwnCall, is_connected
from dialer.people.keys import Key
from dialer.web.api.door import Asked


def person_of(key: Key) -> Person:
    """Return who holds a key, as reviews keep it."""
    return Person(kind="key", id=key.id, name=key.name, agent=key.agent)


def own_call(asked: Asked[Any, Any], ref: str) -> OwnCall | None:
    """Return the call a reference or a decision's id names, None for one this key may not know.

    At most four round trips.
    """
    parts = asked.parts
    decision_id = ref if ref.startswith("dec_") else parts.ledger.decision_of_call(ref)
    entry = parts.ledger.find(decision_id) if decision_id is not None else None
    if entry is None or not asked.sight.sees(entry.fields.get("principal")):
        return None
    fields = entry.fields
    return OwnCall(
        decision=fields["id"],
        contact_point=fields.get("to"),
        principal=fields.get("principal"),
        campaign=fields.get("campaign"),
        agent=fields.get("agent"),
        decided_at=datetime.fromisoformat(fields["decided_at"]),
        allowed=fields.get("verdict") == "allow" and not fields.get("advisory"),
        connected=is_connected(parts.calls.of(fields["id"]), not_by=asked.key.name),
    )
