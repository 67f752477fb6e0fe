"""Whoever says no to a machine hears from the machine that it is done, and goodbye.

While an agent is connected no machine speaks to the callee or hangs up: then the agent tells it, from the
desk (`objections.desk_view`). A call that is not known to be without an agent counts as one with an agent.
"""

from typing import Any

from dialer.calls.call import Channel
from dialer.objections.stop_calls import Stopping, standing


def confirm_aloud(objection_id: str, parts: Stopping) -> bool:
    """Tell the callee, on the leg on which they said it, and end the leg; False if nobody was told.

    Raises Refused, TooMany, Unanswered and CannotKeep.
    """
    kept = standing(objection_id, parts)
    if kept is None or kept.call_ref is None or not _is_a_machines(kept.decision, parts):
        return False
    owner = kept.objection.principal or kept.objection.operator or ""
    organisation = parts.gate.configurations.refresh().organisations.get(owner)
    name = (organisation.legal_name if organisation else None) or "This company"
    reference = parts.records.reference_of(objection_id)
    return parts.telephone.confirm(kept.call_ref, name=name, reference=reference)


def _is_a_machines(decision: str | None, parts: Stopping) -> bool:
    """Say whether a call is known to have nobody of ours in it."""
    line = parts.decided.find(decision) if decision is not None else None
    channel: Any = line.fields.get("channel") if line is not None else None
    return channel in set(Channel) and not Channel(channel).has_agent
