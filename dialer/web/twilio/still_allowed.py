"""Between commit and bridge a leg is looked at again: when it starts to ring, and before it is put through.

The first is ended by a worker, the second hangs up by itself. Neither touches a call in which people talk.
"""

from dialer.objections.call_orders import end_order
from dialer.screening.recheck import may_go_on
from dialer.telephony import legs
from dialer.web.twilio.doors import Webhook


def is_still_allowed(webhook: Webhook, *, in_spite_of_holds: bool = False) -> bool:
    """Say whether the callee may still be put through; three round trips. Raises CannotKeep: then not.

    `in_spite_of_holds`: see `screening.recheck`.
    """
    entry = webhook.parts.ledger.find(webhook.query.get("decision") or "")
    if entry is None:
        return False
    return may_go_on(entry.fields, webhook.parts.gate, in_spite_of_holds=in_spite_of_holds)


def end_what_rings(webhook: Webhook, decision: str) -> None:
    """Order the end of a callee's leg that rings although somebody has said no since it was allowed.

    The order is on disk when this returns. Raises CannotKeep.
    """
    leg, parts = legs.waiting_leg(webhook.form), webhook.parts
    entry = parts.ledger.find(decision) if leg is not None else None
    # The agent whom a click rings first has a leg of the same decision; that one is nobody's line.
    if leg is None or entry is None or leg.to != entry.fields.get("to"):
        return
    if may_go_on(entry.fields, parts.gate):
        return
    order = end_order(leg.call_ref, at=parts.clock())
    parts.call_orders.give(order)
    if parts.desk.calls is not None:
        parts.desk.calls.tend(order.id)
