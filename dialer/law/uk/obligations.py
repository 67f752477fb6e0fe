"""What an allowed call or message obliges whoever dials to do. Source: law.md 8.3, last paragraph.

That a callee is told of recording and listening is SI 2018/356 reg 4.
"""

from dialer.calls.call import Channel
from dialer.law.asked import is_line
from dialer.law.codes import Code, Obligation
from dialer.law.consent import is_third_party
from dialer.law.matter import Matter
from dialer.law.rule import ELECTRONIC_MAIL, MARKETING, VOICE, Finding
from dialer.law.uk.ofcom import was_abandoned_lately, was_machine_lately


def obligations(matter: Matter, grounds: tuple[Finding, ...]) -> tuple[str, ...]:
    """Return the obligations that go with an allow on these grounds, in the order they fall due."""
    asked = matter.asked
    if asked.is_own_line:
        return ()
    due: list[str] = []
    if asked.channel in VOICE:
        due += (Obligation.SHOW_CLI, Obligation.SAY_NAME)
    if asked.channel is Channel.LIVE_CALL and asked.campaign.is_told_by_agent:
        due.append(Obligation.SAY_NOTICE)
    # Only preview gets this far: any other mode waits.
    if asked.channel is Channel.LIVE_CALL and (was_abandoned_lately(matter) or was_machine_lately(matter)):
        due.append(Obligation.PREVIEW_DIAL)
    if asked.purpose in MARKETING:
        due += _due_in_marketing(matter, grounds)
    return tuple(due)


def _due_in_marketing(matter: Matter, grounds: tuple[Finding, ...]) -> list[str]:
    channel = matter.asked.channel
    due: list[str] = []
    if channel is Channel.LIVE_CALL:
        due += (Obligation.GIVE_CONTACT_ON_REQUEST, Obligation.OFFER_OPTOUT)
        if matter.asked.is_individual and matter.message_consent is None:
            due.append(Obligation.NO_MARKETING_VOICEMAIL)
    if grounds[0].code is Code.UK_R21B_CLIENT_OK:
        due.append(Obligation.OFFER_REFUSAL_ON_CALL)
    if channel is Channel.AUTOMATED_CALL:
        due.append(Obligation.OFFER_OPTOUT)
    if channel in ELECTRONIC_MAIL:
        due += (Obligation.IDENTIFY_SENDER, Obligation.INCLUDE_OPTOUT_IN_MESSAGE)
    if _is_first_contact(matter):
        due.append(Obligation.PRIVACY_NOTICE_FIRST_CONTACT)
    return due


def _is_first_contact(matter: Matter) -> bool:
    """Say whether nothing shows that the person was told who we are: UK GDPR Art 14(3)(b), 21(4)."""
    asked = matter.asked
    if matter.case.conduct.attempts or matter.solicited is not None:
        return False
    for held in matter.consents:
        is_in_touch = held.consent.last_interaction_at is not None or not is_third_party(held.consent)
        if is_in_touch and held.consent.principal == asked.campaign.principal:
            return False
    for relationship in matter.case.relationships:
        if relationship.principal == asked.campaign.principal and is_line(relationship.contact_point, asked):
            return False
    return True
