"""What somebody answers to a message of ours, by key or voice, where no agent is there to ask.

Unclear is asked once more. Unclear again is taken as a no: a false one can be put right, a missed one cannot.
"""

from dialer.objections.listening import Effect, Listened, Turn, insist, listen
from dialer.objections.opt_out import OPT_OUT_KEY, Context, saying_of_key
from dialer.objections.record import record
from dialer.telephony import inbound
from dialer.telephony.places import asked_place
from dialer.web.twilio.doors import Webhook


def take(said: inbound.Said, context: Context, webhook: Webhook, objection_id: str) -> Listened:
    """Do what was keyed or said; whoever is unclear at the first time should be asked once more."""
    desk = webhook.parts.listening
    if said.words is None or said.keys == OPT_OUT_KEY:
        return _keyed(said.keys, context, webhook, objection_id)
    turn = Turn(
        words=said.words,
        confidence=said.confidence,
        source="speech",
        objection_id=objection_id,
        has_agent=False,
        place=asked_place(webhook.query.get("n") or "1", at=webhook.parts.clock()),
    )
    listened = listen(turn, context, desk)
    if listened.is_unclear and is_second_time(webhook):
        return Listened(Effect.IN_FORCE, insist(turn, context, desk))
    return listened


def is_second_time(webhook: Webhook) -> bool:
    """Say whether this answers a question that was asked before; the address of the first says so."""
    return (webhook.query.get("n") or "1") != "1"


def _keyed(keys: str | None, context: Context, webhook: Webhook, objection_id: str) -> Listened:
    """Take a key: 9 is a no, silence is nothing, any other key is unclear."""
    if keys is None:
        return Listened(Effect.NOTHING)
    if keys != OPT_OUT_KEY and not is_second_time(webhook):
        return Listened(Effect.UNSURE)
    saying = saying_of_key(context, objection_id=objection_id)
    return Listened(Effect.IN_FORCE, record(saying, webhook.parts.desk))
