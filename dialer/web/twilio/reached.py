"""Whom somebody reaches who rings or texts a number of ours: everybody who ever showed it.

A number belongs to one principal; where history says otherwise a no is said to each of them. Where nobody is
known to have shown it, it is said to whoever dials here, for all they call for: a no is never turned away.
"""

from dataclasses import dataclass

from dialer.calls.call import Channel
from dialer.calls.campaign import Campaign
from dialer.errors import CannotKeep
from dialer.ids import Kind, id_for
from dialer.objections.opt_out import Context
from dialer.people.keys import digest_of
from dialer.telephony import from_people
from dialer.web.twilio.doors import Webhook
from dialer.web.twilio.events import decision_of

_TEXTS = frozenset({Channel.SMS, Channel.EMAIL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """One organisation that somebody reaches, by the campaign it was reached for; None: its number only."""

    principal: str | None
    operator: str | None
    campaign: Campaign | None

    def context(self, person_at: str, ref: str) -> Context:
        """Return whose call or text it is."""
        return Context(
            contact_point=person_at,
            principal=self.principal,
            operator=self.operator,
            campaign=self.campaign.id if self.campaign is not None else None,
            agent=None,
            decision=None,
            call_ref=ref or None,
        )

    def objection_id(self, webhook: Webhook) -> str:
        """Return the id of a no said to it by this very request."""
        return id_for(Kind.OBJECTION, digest_of(f"{webhook.receipt}|{self.principal or self.operator}"))

    @property
    def sends_texts_only(self) -> bool:
        """Say whether its number is one that only ever texts."""
        return self.campaign is not None and self.campaign.channel in _TEXTS


def campaigns_reached(webhook: Webhook) -> tuple[Campaign, ...]:
    """Return the campaigns that show the number reached now, or the one our own signed address names."""
    configuration = webhook.parts.configuration.current()
    named = webhook.query.get("campaign")
    if named is not None:
        return tuple(c for c in (configuration.campaigns.get(named),) if c is not None)
    shown = (shown for sender in senders(webhook) for shown in configuration.campaigns_showing(sender))
    return tuple(dict.fromkeys(shown))


def reached(webhook: Webhook) -> tuple[Reached, ...]:
    """Return who is told of a no, one a principal; raises CannotKeep where nobody dials here at all."""
    campaigns = campaigns_reached(webhook)
    past = (c for sender in senders(webhook) for c in webhook.parts.past.campaigns_that_showed(sender))
    of_principal: dict[str | None, Campaign] = {}
    for campaign in (*campaigns, *(() if webhook.query.get("campaign") else past)):
        of_principal.setdefault(campaign.principal, campaign)
    return tuple(
        Reached(principal=principal, operator=campaign.operator, campaign=campaign)
        for principal, campaign in of_principal.items()
        if principal is not None
    ) or _everybody(webhook)


def senders(webhook: Webhook) -> tuple[str, ...]:
    """Return what the number reached goes by: itself, and the messaging service it belongs to."""
    found = (from_people.from_a_person(webhook.form).our_number, webhook.form.get("MessagingServiceSid"))
    return tuple(name for name in found if name is not None)


def campaign_of_call(webhook: Webhook) -> Campaign | None:
    """Return the campaign of a call we made: by our own address, its decision, or the number it showed."""
    campaigns = webhook.parts.configuration.believed().campaigns
    try:
        entry = webhook.parts.ledger.find(decision_of(webhook) or "")
    except CannotKeep:
        entry = None
    decided = campaigns.get(entry.fields.get("campaign") or "") if entry is not None else None
    our_number = from_people.from_a_person(webhook.form).our_number or ""
    showing = webhook.parts.configuration.believed().campaigns_showing(our_number)
    return campaigns.get(webhook.query.get("campaign") or "") or decided or next(iter(showing), None)


def _everybody(webhook: Webhook) -> tuple[Reached, ...]:
    campaigns = webhook.parts.configuration.current().campaigns.values()
    operators = {c.operator for c in campaigns if c.operator is not None}
    if not operators:
        raise CannotKeep("nobody dials here, so a no cannot be kept for anybody; keep a campaign first")
    return tuple(Reached(principal=None, operator=name, campaign=None) for name in sorted(operators))
