"""What an allowed call or message obliges whoever dials to do. Source: law.md 8.3, last paragraph."""

from collections.abc import Iterator

from dialer.calls.call import Channel
from dialer.law.asked import is_line
from dialer.law.codes import Code, Obligation
from dialer.law.consent import is_third_party
from dialer.law.matter import Matter
from dialer.law.rule import ELECTRONIC_MAIL, MARKETING, VOICE, Finding
from dialer.law.uk.ofcom import was_abandoned_lately, was_machine_lately


def obligations(matter: Matter, grounds: tuple[Finding, ...]) -> tuple[str, ...]:
    """Return the obligations that go with an allow on these grounds, in the order they fall due."""
    return tuple(_due(matter, {ground.code for ground in grounds}))


def _due(matter: Matter, grounds: set[Code]) -> Iterator[Obligation]:
    asked = matter.asked
    if asked.is_own_line:
        return
    if asked.channel in VOICE:
        yield Obligation.SHOW_CLI
        yield Obligation.SAY_NAME
    if asked.channel is Channel.LIVE_CALL and (was_abandoned_lately(matter) or was_machine_lately(matter)):
        yield Obligation.PREVIEW_DIAL
    if asked.purpose in MARKETING:
        yield from _due_in_marketing(matter, grounds)


def _due_in_marketing(matter: Matter, grounds: set[Code]) -> Iterator[Obligation]:
    channel = matter.asked.channel
    if channel is Channel.LIVE_CALL:
        yield Obligation.GIVE_CONTACT_ON_REQUEST
        yield Obligation.OFFER_OPTOUT
        if matter.asked.is_individual and matter.message_consent is None:
            yield Obligation.NO_MARKETING_VOICEMAIL
    if Code.UK_R21B_CLIENT_OK in grounds:
        yield Obligation.OFFER_REFUSAL_ON_CALL
    if channel is Channel.AUTOMATED_CALL:
        yield Obligation.OFFER_OPTOUT
    if channel in ELECTRONIC_MAIL:
        yield Obligation.IDENTIFY_SENDER
        yield Obligation.INCLUDE_OPTOUT_IN_MESSAGE
    if _is_first_contact(matter):
        yield Obligation.PRIVACY_NOTICE_FIRST_CONTACT


def _is_first_contact(matter: Matter) -> bool:
    """Say whether nothing shows that the person was told who we are: UK GDPR Art 14(3)(b), 21(4)."""
    asked = matter.asked
    if matter.case.conduct.attempts or matter.solicited is not None:
        return False
    has_met_us = any(
        held.consent.principal == asked.campaign.principal
        and (held.consent.last_interaction_at is not None or not is_third_party(held.consent))
        for held in matter.consents
    )
    is_known = any(
        held.principal == asked.campaign.principal and is_line(held.contact_point, asked)
        for held in matter.case.relationships
    )
    return not has_met_us and not is_known
