"""What goes with an answer: details that explain what did not count, obligations of an allowed contact."""

from datetime import datetime

from tests.law.second_reading.asked import MAIL, VOICE, Asked
from tests.law.second_reading.conduct import was_a_machine, was_abandoned
from tests.law.second_reading.opening import relationships
from tests.law.second_reading.yes import consents_here, covering, faults, solicitation


def details_of(asked: Asked, dead_since: datetime | None) -> set[str]:
    """Return the warnings and why each held consent did not count."""
    found = set()
    if asked.region in {"JE", "GG", "IM"}:
        found.add("E_CROWN_DEPENDENCY")
    if asked.purpose != asked.campaign["purpose"]:
        found.add("UK_PURPOSE_RECLASSIFIED")
    if asked.purpose in {"service", "research"}:
        return found
    contact = asked.campaign.get("contact_address") or asked.campaign.get("freephone")
    if asked.channel == "live_call" and not contact:
        found.add("UK_R24_CONTACT_MISSING")
    needed = [asked.channel, *(["automated_call"] if asked.channel == "voicemail_drop" else [])]
    for channel in needed:
        for held in consents_here(asked):
            found |= faults(held, asked, channel, dead_since)
    return found


def obligations_of(asked: Asked, ground: str, dead_since: datetime | None) -> set[str]:
    """Return what whoever contacts has to do (8.3)."""
    found = set()
    marketing = asked.purpose not in {"service", "research"}
    if asked.channel in VOICE:
        found |= {"SHOW_CLI", "SAY_NAME"}
    if marketing and asked.channel == "live_call":
        found.add("GIVE_CONTACT_ON_REQUEST")
        if asked.individual and not covering(asked, "voicemail_drop", dead_since):
            found.add("NO_MARKETING_VOICEMAIL")
    if marketing and asked.channel in {"live_call", "automated_call"}:
        found.add("OFFER_OPTOUT")
    lately = was_abandoned(asked, asked.at) or was_a_machine(asked, asked.at)
    if asked.channel == "live_call" and lately:
        found.add("PREVIEW_DIAL")
    if marketing and is_first_contact(asked):
        found.add("PRIVACY_NOTICE_FIRST_CONTACT")
    if ground == "UK_R21B_CLIENT_OK":
        found.add("OFFER_REFUSAL_ON_CALL")
    if marketing and asked.channel in MAIL:
        found |= {"INCLUDE_OPTOUT_IN_MESSAGE", "IDENTIFY_SENDER"}
    return found


def is_first_contact(asked: Asked) -> bool:
    """Say whether nothing held shows that the person met the principal before (UK GDPR Art 14(3)(b))."""
    if (asked.case.get("conduct") or {}).get("attempts") or solicitation(asked) or relationships(asked):
        return False
    return not any(
        held["principal"] == asked.principal["id"]
        and (held.get("source") == "own" or held.get("last_interaction_at"))
        for held in consents_here(asked)
    )
