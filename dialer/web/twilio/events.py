"""What became of a call or a text: events are noted for their call and answered with nothing to do.

Events come late, twice and out of order; each is kept once, by its own digest, with its sequence number.
"""

from dialer.telephony import inbound, script, twiml
from dialer.web.twilio.doors import Door, Webhook


def note(webhook: Webhook) -> str:
    """Keep the event with its decision; the same event again changes nothing."""
    decision = webhook.query.get("decision")
    if decision is not None:
        webhook.parts.calls.note(decision, webhook.receipt, inbound.event_of(webhook.form))
    return twiml.nothing()


def fallback(_: Webhook) -> str:
    """Refuse politely and dial nobody, whatever it was that failed."""
    return twiml.refuse(script.UNAVAILABLE)


def _event(route: str) -> Door:
    return Door(route=route, answer=note, on_failure=twiml.nothing(), failure_status=503)


DOORS = (
    _event("voice/status"),
    _event("voice/recording"),
    _event("voice/amd"),
    _event("messages/status"),
    Door(route="fallback", answer=fallback),
)
