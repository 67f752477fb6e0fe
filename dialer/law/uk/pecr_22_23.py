"""PECR 2003 regs 22 and 23: texts, emails and stored voice messages.

Individuals must have consented, asked, or be covered by a complete soft opt-in; companies need not. To
both, the message must show who it is from and how to make it stop. The registers play no part.
"""

from typing import Final

from dialer.calls.call import Channel
from dialer.law.codes import Code
from dialer.law.consent import Assessed
from dialer.law.matter import Matter
from dialer.law.naming import is_own_name
from dialer.law.rule import ELECTRONIC_MAIL, MARKETING, Facts, Found, Phase, Rule, blocks, opens
from dialer.law.uk.asked_for import request_facts
from dialer.law.uk.caller_id import WITHHELD, takes_replies
from dialer.law.uk.soft_opt_in import asserted, failing_limbs

_SOFT_OPT_IN_CODES: Final = {
    "sale": Code.UK_R22_SOFT_OPTIN_OK,
    "charity": Code.UK_R22_CHARITY_OPTIN_OK,
}


def _conceals_sender(matter: Matter) -> Found:
    """Forbid marketing mail that disguises or conceals on whose behalf it is sent.

    Source: PECR 2003 reg 23(a); law.md 1.7, 8.7.22.
    """
    asked = matter.asked
    message, announced = asked.campaign.message, asked.campaign.announced_name
    is_shown = message is not None and message.identifies_sender and asked.campaign.caller_id != WITHHELD
    is_disguised = announced is not None and not is_own_name(announced, asked.principal)
    return None if is_shown and not is_disguised else blocks(Code.UK_R23_SENDER_CONCEALED, *_message(matter))


def _has_no_opt_out(matter: Matter) -> Found:
    """Forbid marketing mail without a valid address for opting out. Source: PECR 2003 reg 23(b)."""
    return None if has_working_opt_out(matter) else blocks(Code.UK_R23_NO_OPTOUT_ADDRESS, *_message(matter))


def has_working_opt_out(matter: Matter) -> bool:
    """Say whether a stop request has somewhere to go: nobody can reply to a name, nor to a voicemail."""
    message = matter.asked.campaign.message
    if message is None or message.opt_out_route is None:
        return False
    if message.opt_out_route != "reply_stop":
        return True
    return matter.asked.channel is not Channel.VOICEMAIL_DROP and takes_replies(
        matter.asked.campaign.caller_id
    )


def _mail_ground(matter: Matter) -> Found:
    """Forbid unsolicited mail to individuals without consent or a complete soft opt-in.

    Source: PECR 2003 reg 22(1)-(3A); law.md 8.3 rules 6.E1 to 6.E6.
    """
    if (held := message_consent(matter)) is not None:
        given = ("consent", held.consent.id), ("given_at", held.consent.given_at)
        return opens(Code.UK_R22_CONSENT_OK, *given, until=held.expires)
    if (request := matter.solicited) is not None:
        asked_for = ("solicitation", request.id), ("requested_at", request.requested_at)
        return opens(Code.UK_R22_SOLICITED, *asked_for, until=request.until)
    relationships = asserted(matter)
    for kind, code in _SOFT_OPT_IN_CODES.items():
        for held_one in relationships:
            if held_one.kind == kind and not failing_limbs(held_one, matter):
                return opens(code, ("collected_at", held_one.collected_at))
    if relationships:
        limbs = ", ".join(failing_limbs(relationships[0], matter))
        failed = ("kind", relationships[0].kind), ("failing_limbs", limbs)
        return blocks(Code.UK_R22_SOFT_OPTIN_FAIL, *failed, *request_facts(matter))
    return blocks(Code.UK_R22_NO_CONSENT, ("consents_held", len(matter.consents)), *request_facts(matter))


def message_consent(matter: Matter) -> Assessed | None:
    """Return the covering consent to a stored message: a voicemail drop has a channel of its own."""
    return matter.message_consent if matter.asked.channel is Channel.VOICEMAIL_DROP else matter.consent


def _is_corporate(_: Matter) -> Found:
    """Allow mail to a company's line or address: reg 22 is about individuals. Source: reg 22(1); rule 6.E."""
    return opens(Code.UK_R22_CORPORATE_OK, ("subscriber", "corporate"))


def _message(matter: Matter) -> Facts:
    message = matter.asked.campaign.message
    return (
        ("identifies_sender", message.identifies_sender if message is not None else None),
        ("announced_name", matter.asked.campaign.announced_name),
        ("opt_out_route", message.opt_out_route if message is not None else None),
    )


RULES = (
    Rule(
        name="message_shows_sender",
        phase=Phase.DISCLOSURE,
        codes=(Code.UK_R23_SENDER_CONCEALED,),
        check=_conceals_sender,
        uses=_message,
        channels=ELECTRONIC_MAIL,
        purposes=MARKETING,
    ),
    Rule(
        name="message_can_be_stopped",
        phase=Phase.DISCLOSURE,
        codes=(Code.UK_R23_NO_OPTOUT_ADDRESS,),
        check=_has_no_opt_out,
        uses=_message,
        channels=ELECTRONIC_MAIL,
        purposes=MARKETING,
    ),
    Rule(
        name="message_to_individual_has_ground",
        phase=Phase.CHANNEL,
        codes=(
            Code.UK_R22_CONSENT_OK,
            Code.UK_R22_SOLICITED,
            Code.UK_R22_SOFT_OPTIN_OK,
            Code.UK_R22_CHARITY_OPTIN_OK,
            Code.UK_R22_SOFT_OPTIN_FAIL,
            Code.UK_R22_NO_CONSENT,
        ),
        check=_mail_ground,
        channels=ELECTRONIC_MAIL,
        purposes=MARKETING,
        individual=True,
    ),
    Rule(
        name="message_to_company_is_open",
        phase=Phase.CHANNEL,
        codes=(Code.UK_R22_CORPORATE_OK,),
        check=_is_corporate,
        channels=ELECTRONIC_MAIL,
        purposes=MARKETING,
        individual=False,
    ),
)
