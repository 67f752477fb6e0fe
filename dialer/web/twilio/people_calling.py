"""People who reach us: they ring back a number that called them, text it, or hear the lawful message.

Caller ID can be faked, so it may stop calls, never allow them. A number of ours belongs to one principal;
if several campaigns show it, the no is recorded for each of their principals.
"""

import structlog

from dialer.calls.after_call import CallMade, OutcomeTold, call_made
from dialer.calls.campaign import Campaign
from dialer.calls.dispositions import Outcome
from dialer.errors import CannotKeep
from dialer.ids import Kind, id_for
from dialer.law.records import Reach, Scope
from dialer.objections.listening import Listened, Turn, listen
from dialer.objections.opt_out import Context, saying_of
from dialer.objections.record import record
from dialer.people.keys import digest_of
from dialer.telephony import inbound, script, twiml
from dialer.web.twilio.answered import is_second_time, take
from dialer.web.twilio.doors import Door, Webhook
from dialer.web.twilio.events import decision_of

_log = structlog.get_logger("twilio")


def incoming(webhook: Webhook) -> str:
    """Tell who rang, and offer the way out."""
    names = tuple(sorted({c.announced_name for c in _campaigns(webhook) if c.announced_name}))
    return twiml.ask(script.return_call(names), action=_action(webhook, n=1), then_hang_up=True)


def returned_opt_out(webhook: Webhook) -> str:
    """Take what somebody keyed or said on the return-call line; unclear is asked once more, then a no."""
    person = inbound.from_a_person(webhook.form)
    if person.person_at is None:
        return twiml.say_and_hang_up(script.NO_CALLER_KNOWN)
    said = inbound.said(webhook.form)
    taken = [_taken(webhook, campaign, person.person_at, said) for campaign in _one_a_principal(webhook)]
    done = next((listened.recorded for listened in taken if listened.recorded is not None), None)
    if done is not None:
        return twiml.say_and_hang_up(script.removed(name=_names(webhook), reference=done.reference))
    if is_second_time(webhook):
        return twiml.say_and_hang_up(script.GOODBYE)
    is_silent = said.keys is None and said.words is None
    campaign = webhook.query.get("campaign")
    named = {"campaign": campaign} if campaign is not None else {}
    text = script.NOT_HEARD if is_silent else script.NOT_UNDERSTOOD
    return twiml.ask(text, action=_action(webhook, **named, n=2), then_hang_up=True)


def unattended(webhook: Webhook) -> str:
    """Play the lawful information message of a call nobody could take, with the way out.

    Such a call is abandoned (law.md 5.1): it counts, and the line waits 72 hours.
    """
    campaign = webhook.parts.configuration.believed().campaigns.get(webhook.query.get("campaign") or "")
    if campaign is None:
        return twiml.hang_up()
    _tell_abandoned(webhook, campaign)
    text = script.unattended(announced_name=campaign.announced_name or "")
    return twiml.ask(text, action=_action(webhook, campaign=campaign.id or "", n=1), then_hang_up=True)


def _tell_abandoned(webhook: Webhook, campaign: Campaign) -> None:
    """Keep that the call was abandoned. A silent call is worse than one not counted: it is played anyway."""
    now = webhook.parts.clock()
    try:
        call = _call_of(webhook, campaign)
        if call is not None:
            told = OutcomeTold(call=call, outcome=Outcome.ABANDONED, at=now, recorded_at=now, by="twilio")
            webhook.parts.conduct.keep_outcome(told)
    except CannotKeep as problem:
        _log.error("abandoned call not counted", why=problem.message)


def _call_of(webhook: Webhook, campaign: Campaign) -> CallMade | None:
    """Return the call by its decision; one whose decision we do not know counts by its own reference."""
    found = webhook.parts.ledger.find(decision_of(webhook) or "")
    person = inbound.from_a_person(webhook.form)
    if found is not None:
        return call_made(found.fields)
    if not (person.person_at and person.ref and campaign.principal and campaign.id):
        return None
    return CallMade(
        decision=person.ref,
        contact_point=person.person_at,
        principal=campaign.principal,
        campaign=campaign.id,
        call_ref=person.ref,
    )


def text(webhook: Webhook) -> str:
    """Take a text: STOP and its kin stop all text marketing of every principal that shows the number."""
    message = inbound.from_a_person(webhook.form)
    if message.person_at is None or message.body is None:
        return twiml.no_message()
    for campaign in _one_a_principal(webhook):
        _record_text(webhook, campaign, message)
    return twiml.no_message()


def _record_text(webhook: Webhook, campaign: Campaign, message: inbound.FromAPerson) -> None:
    context = _context(campaign, message.person_at or "", message.ref)
    objection_id, body = _objection_id(webhook, campaign), message.body or ""
    if message.told_stop or inbound.is_stop_word(body):
        scope = Scope(reach=Reach.PRINCIPAL, channels="text")
        record(saying_of(context, scope, body, "sms", objection_id), webhook.parts.desk)
        return
    turn = Turn(words=body, confidence=None, source="sms", objection_id=objection_id)
    listen(turn, context, webhook.parts.listening)


def _taken(webhook: Webhook, campaign: Campaign, person_at: str, said: inbound.Said) -> Listened:
    context = _context(campaign, person_at, said.call_ref)
    return take(said, context, webhook, _objection_id(webhook, campaign))


def _objection_id(webhook: Webhook, campaign: Campaign) -> str:
    return id_for(Kind.OBJECTION, digest_of(f"{webhook.receipt}|{campaign.principal}"))


def _context(campaign: Campaign, person_at: str, ref: str) -> Context:
    return Context(
        contact_point=person_at,
        principal=campaign.principal,
        operator=campaign.operator,
        campaign=campaign.id,
        agent=None,
        decision=None,
        call_ref=ref or None,
    )


def _campaigns(webhook: Webhook) -> tuple[Campaign, ...]:
    """Return the campaigns that show the number reached; the caller's own form names it, signed by Twilio."""
    configuration = webhook.parts.configuration.current()
    named = webhook.query.get("campaign")
    if named is not None:
        return tuple(c for c in (configuration.campaigns.get(named),) if c is not None)
    our_number = inbound.from_a_person(webhook.form).our_number
    return configuration.campaigns_showing(our_number or "")


def _one_a_principal(webhook: Webhook) -> tuple[Campaign, ...]:
    campaigns = {campaign.principal: campaign for campaign in _campaigns(webhook)}
    if not campaigns:
        raise CannotKeep("nobody here shows the number that was reached; check the campaigns' caller_id")
    return tuple(campaigns.values())


def _names(webhook: Webhook) -> str:
    organisations = webhook.parts.configuration.believed().organisations
    owners = {organisations.get(c.principal or "") for c in _campaigns(webhook)}
    return " and ".join(sorted(o.legal_name for o in owners if o is not None and o.legal_name)) or "We"


def _action(webhook: Webhook, **query: str | int) -> str:
    addresses = twiml.Addresses(public_url=webhook.parts.settings.public_url)
    return addresses.to("voice/returned", **query)


DOORS = (
    Door(route="voice/incoming", answer=incoming),
    Door(route="voice/returned", answer=returned_opt_out, on_failure=twiml.refuse(script.NOT_KEPT)),
    Door(route="voice/unattended", answer=unattended, on_failure=twiml.hang_up()),
    Door(route="messages/incoming", answer=text, on_failure=twiml.no_message(), failure_status=503),
)
