"""What became of a call or a text: events are noted for their call and answered with nothing to do.

Events come late, twice and out of order; each is kept once, by its own digest, with its sequence number, and
what it tells of how the call ended goes the same way as `POST /v1/outcomes`.
"""

from dialer.calls.after_call import OutcomeTold, call_made
from dialer.calls.dispositions import Outcome
from dialer.calls.leg import ended
from dialer.objections.hearing.relay import names_a_relay
from dialer.telephony import legs, script, twiml
from dialer.web.twilio.doors import Door, Webhook
from dialer.web.twilio.still_allowed import end_what_rings

_TELLER = "twilio"


def note(webhook: Webhook) -> str:
    """Keep the event with its decision, and how the call ended; the same event again changes nothing."""
    decision = decision_of(webhook)
    if decision is not None:
        webhook.parts.calls.note(decision, webhook.receipt, legs.event_of(webhook.form))
        end_what_rings(webhook, decision)
        _tell_outcome(webhook, decision)
    return twiml.nothing()


def dialled(webhook: Webhook) -> str:
    """End the agent's leg once the call is over, and keep what the `<Dial>` says became of it."""
    note(webhook)
    return twiml.hang_up()


def fallback(_: Webhook) -> str:
    """Refuse politely and dial nobody, whatever it was that failed."""
    return twiml.refuse(script.UNAVAILABLE)


def decision_of(webhook: Webhook) -> str | None:
    """Return the decision an event belongs to, by its own address, else by the call's reference."""
    named = webhook.query.get("decision")
    if named is not None:
        return named
    found = map(webhook.parts.ledger.decision_of_call, legs.call_refs(webhook.form))
    return next((decision for decision in found if decision is not None), None)


def hear_a_relay(webhook: Webhook, decision: str, words: str) -> None:
    """Keep that a person took the call where a relay names itself, whatever a machine detector said."""
    entry = webhook.parts.ledger.find(decision) if names_a_relay(words) else None
    call = call_made(entry.fields) if entry is not None else None
    if call is None:
        return
    now = webhook.parts.clock()
    told = OutcomeTold(
        call=call, outcome=Outcome.ANSWERED, at=now, recorded_at=now, by="hearing", hears_a_person=True
    )
    webhook.parts.conduct.keep_outcome(told)


def _tell_outcome(webhook: Webhook, decision: str) -> None:
    """Keep how the call ended, if the event tells that of a call to a callee that we know."""
    leg, parts = legs.leg_seen(webhook.form), webhook.parts
    end = ended(leg)
    entry = parts.ledger.find(decision) if end is not None else None
    call = call_made(entry.fields) if entry is not None else None
    if end is None or call is None:
        return
    now = parts.clock()
    at = min(leg.at or now, now)
    told = OutcomeTold(
        call=call, outcome=end.outcome, at=at, recorded_at=now, by=_TELLER, is_firm=end.is_firm
    )
    parts.conduct.keep_outcome(told)


def _event(route: str) -> Door:
    return Door(route=route, answer=note, on_failure=twiml.nothing(), failure_status=503)


DOORS = (
    _event("voice/status"),
    _event("voice/amd"),
    Door(route="voice/dialled", answer=dialled, on_failure=twiml.hang_up()),
    Door(route="fallback", answer=fallback),
)
