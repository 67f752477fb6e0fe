"""PECR 2003 regs 21(A1), 19(2)(b) and 24: every marketing call shows a number and says who it is.

Asked-for calls, too (law.md 1.3). A live call gives an address or a freephone number on request, so its
lack is only a warning; a recorded one must carry it in the message.
"""

from dialer.calls.call import Channel
from dialer.calls.numbers import masked
from dialer.law.codes import Code
from dialer.law.matter import Matter
from dialer.law.naming import is_own_name
from dialer.law.rule import MARKETING, RECORDED, VOICE, Facts, Found, Phase, Rule, blocks, explains
from dialer.law.uk.caller_id import WITHHELD, is_free_to_call, may_be_shown

_LIVE = frozenset({Channel.LIVE_CALL})


def _hides_number(matter: Matter) -> Found:
    """Forbid marketing calls that withhold the number or show one nobody can ring back.

    An absent number is an incomplete campaign, not a hidden one. Source: PECR 2003 reg 21(A1), 19(2)(b).
    """
    shown = matter.asked.campaign.caller_id
    if not shown or _is_showable(shown, matter):
        return None
    is_live = matter.asked.channel is Channel.LIVE_CALL
    code = Code.UK_R21_A1_CLI_MISSING if is_live else Code.UK_R19_CLI_WITHHELD
    return blocks(code, *_shown(matter))


def _is_showable(shown: str, matter: Matter) -> bool:
    asked = matter.asked
    return may_be_shown(shown, asked.default_region, drama_mobiles=asked.takes_drama_numbers)


def _has_no_name(matter: Matter) -> Found:
    """Forbid calls without the caller's own legal or trading name; a recorded message must say it itself.

    Source: PECR 2003 reg 24(2)(a); law.md 1.8, 8.7.22.
    """
    campaign, message = matter.asked.campaign, matter.asked.campaign.message
    is_named = is_own_name(campaign.announced_name, matter.asked.principal)
    is_said = matter.asked.channel is Channel.LIVE_CALL or (message is not None and message.states_name)
    return None if is_named and is_said else blocks(Code.UK_R24_IDENTITY_MISSING, *_name(matter))


def _recorded_without_contact(matter: Matter) -> Found:
    """Forbid recorded calls whose message gives no address or freephone number. Source: reg 24(2)(b)."""
    message = matter.asked.campaign.message
    is_said = message is not None and message.states_contact
    return None if is_said and has_contact(matter) else blocks(Code.UK_R24_CONTACT_MISSING)


def _live_without_contact(matter: Matter) -> Found:
    """Warn of a live call with nothing to give to who asks. Source: PECR 2003 reg 24(2)(b); law.md 8.7.16."""
    return None if has_contact(matter) else explains(Code.UK_R24_CONTACT_MISSING)


def has_contact(matter: Matter) -> bool:
    """Say whether the campaign holds an address, or a number that is free to call."""
    campaign = matter.asked.campaign
    if campaign.contact_address and campaign.contact_address.strip():
        return True
    return bool(campaign.freephone) and is_free_to_call(campaign.freephone or "", matter.asked.default_region)


def _shown(matter: Matter) -> Facts:
    shown = matter.asked.campaign.caller_id
    is_withheld = shown == WITHHELD
    return ("withheld", is_withheld), ("shown", masked(shown) if shown and not is_withheld else None)


def _name(matter: Matter) -> Facts:
    return (("announced_name", matter.asked.campaign.announced_name),)


def _contact(matter: Matter) -> Facts:
    return (("has_contact", has_contact(matter)),)


RULES = (
    Rule(
        name="call_shows_its_number",
        phase=Phase.DISCLOSURE,
        codes=(Code.UK_R21_A1_CLI_MISSING, Code.UK_R19_CLI_WITHHELD),
        check=_hides_number,
        uses=_shown,
        channels=VOICE,
        purposes=MARKETING,
    ),
    Rule(
        name="caller_says_own_name",
        phase=Phase.DISCLOSURE,
        codes=(Code.UK_R24_IDENTITY_MISSING,),
        check=_has_no_name,
        uses=_name,
        channels=VOICE,
        purposes=MARKETING,
    ),
    Rule(
        name="recorded_call_gives_contact",
        phase=Phase.DISCLOSURE,
        codes=(Code.UK_R24_CONTACT_MISSING,),
        check=_recorded_without_contact,
        uses=_contact,
        channels=RECORDED,
        purposes=MARKETING,
    ),
    Rule(
        name="live_call_can_give_contact",
        phase=Phase.DISCLOSURE,
        codes=(Code.UK_R24_CONTACT_MISSING,),
        check=_live_without_contact,
        uses=_contact,
        channels=_LIVE,
        purposes=MARKETING,
    ),
)
