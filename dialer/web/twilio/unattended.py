"""A predictive call nobody can take: the lawful information message at once, and the way out.

Such a call is abandoned (law.md 5.1): it counts, and the line waits 72 hours. A silent call is worse than one
that is not counted or not named, so something is said whatever fails. Nothing in the message is marketing.
"""

import structlog

from dialer.calls.after_call import CallMade, OutcomeTold, call_made
from dialer.calls.campaign import Campaign
from dialer.calls.dispositions import Outcome
from dialer.errors import CannotKeep
from dialer.telephony import from_people, script, twiml
from dialer.web.twilio.doors import Door, Webhook
from dialer.web.twilio.events import decision_of
from dialer.web.twilio.reached import campaign_of_call

_log = structlog.get_logger("twilio")


def unattended(webhook: Webhook) -> str:
    """Say who rang, that nobody was free, and how to stop it: by key, by voice, or at the number named."""
    campaign = campaign_of_call(webhook) or Campaign()
    _tell_abandoned(webhook, campaign)
    number = campaign.freephone or campaign.caller_id
    text = script.unattended(announced_name=campaign.announced_name or "", number=number)
    query = {"campaign": campaign.id} if campaign.id is not None else {}
    action = twiml.Addresses(public_url=webhook.parts.settings.public_url).to("voice/returned", **query, n=1)
    return twiml.ask(text, action=action, then_hang_up=True, language=campaign.spoken_language)


def _tell_abandoned(webhook: Webhook, campaign: Campaign) -> None:
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
    person = from_people.from_a_person(webhook.form)
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


DOORS = (Door(route="voice/unattended", answer=unattended, on_failure=twiml.refuse(script.NOBODY_FREE)),)
