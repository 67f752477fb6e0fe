"""Plain words for codes, times and ages, for pages and terminals alike."""

from datetime import date, datetime, timedelta
from typing import Final

from dialer.clock import LONDON
from dialer.law.codes import Code
from dialer.law.reasons import catalogue
from dialer.people.roles import NumbersShown
from dialer.people.shown_numbers import shown_number

# What the codes' stems abbreviate; everything else in a code is already a word.
_STEMS: Final = {
    "UK": "",
    "E": "",
    "POLICY": "",
    "R19": "automated calls:",
    "R20": "",
    "R21": "",
    "R21A": "claims calls:",
    "R21B": "pensions calls:",
    "R22": "texts and e-mail:",
    "R23": "",
    "R24": "",
    "1A": "",
    "1B": "",
    "A1": "",
    "ART21": "direct marketing",
    "TPS": "TPS",
    "CTPS": "CTPS",
    "CLI": "caller number",
    "FREQ": "attempts",
    "ACR": "abandoned-call rate",
    "AMD": "answering machine",
    "OPTIN": "opt-in",
    "OPTOUT": "opt-out",
    "FCA": "FCA",
    "OFCOM": "",
    "24H": "24 hours",
    "72H": "72 hours",
}

# Codes that read badly word by word.
_TITLES: Final = {
    "E_AUDIT_UNAVAILABLE": "Ledger unavailable",
    "E_ENGINE_UNAVAILABLE": "Records unavailable",
    "E_INPUT_INCOMPLETE": "Something needed was missing",
    "E_JURISDICTION_UNSUPPORTED": "Country not supported",
    "E_LOOKUP_NO_ANSWER": "Look-up service gave no clear answer",
    "E_NOT_ASSIGNED": "Agent not on this campaign",
    "E_PERMIT_DEAD": "Permit used up or out of date",
    "E_NUMBER_EMERGENCY_OR_SHORTCODE": "Emergency number or short code",
    "E_NUMBER_INVALID": "Not a valid number",
    "E_OWN_LINE": "One of our own lines",
    "E_PURPOSE_UNCLASSIFIED": "Campaign not classified yet",
    "E_PURPOSE_UNSUPPORTED": "Channel or purpose not supported yet",
    "POLICY_HOLD_REVIEW": "Possible objection waits for review",
    "UK_ART21_OBJECTED": "Objected to all direct marketing",
    "UK_FCA_COLD_CALL_BAN": "Product barred from cold calls",
    "UK_FREQ_CAP": "Called often enough",
    "UK_HOURS_HOLIDAY": "Bank holiday",
    "UK_HOURS_OUTSIDE": "Outside calling hours",
    "UK_OFCOM_72H_LIVE_AGENT_ONLY": "Abandoned call in the last 72 hours",
    "UK_OFCOM_AMD_24H": "Answering machine in the last 24 hours",
    "UK_R21_1A_OBJECTED": "Asked us to stop",
    "UK_R21_4_CONSENT_OVERRIDES": "Told us it does not object",
    "UK_R21_A1_CLI_MISSING": "No caller number shown",
    "UK_R21_CLEAR": "Nothing stands against it",
}
# What a call's obligations ask of whoever dials. Source: law.md 8.3, "Obligations attached to ALLOW".
_OBLIGATIONS: Final = {
    "SHOW_CLI": "show the campaign's own number",
    "SAY_NAME": "say whose call it is",
    "SAY_NOTICE": "say that the call is recorded or listened to, in the campaign's own words",
    "GIVE_CONTACT_ON_REQUEST": "give an address or a freephone number when asked",
    "OFFER_OPTOUT": "offer a way to say no to further calls",
    "OFFER_REFUSAL_ON_CALL": "offer to stop these calls, on this call",
    "NO_MARKETING_VOICEMAIL": "leave no marketing message on an answering machine",
    "INCLUDE_OPTOUT_IN_MESSAGE": "say in the message how to opt out",
    "IDENTIFY_SENDER": "say in the message who sends it",
    "PREVIEW_DIAL": "dial by hand, with an agent on the line from the first ring",
    "PRIVACY_NOTICE_FIRST_CONTACT": "give the privacy notice at this first contact",
}

# What the facts beside a finding are, where the name alone would not say it.
_FACTS: Final = {
    "tps": "TPS file of",
    "ctps": "CTPS file of",
    "extracted_on": "File extracted on",
    "first_seen_on": "Listed since",
    "age_days": "Age in days",
    "objection": "Objection",
    "effective_at": "In force since",
    "recorded_at": "Known to us since",
    "source": "How it was said",
    "given_at": "Consent given",
    "requested_at": "Call asked for",
    "collected_at": "Number collected",
    "abandoned_at": "Abandoned call",
    "local_time": "London time",
    "shut_for_holiday": "Bank holiday",
    "principal_fca": "Principal's FCA status",
    "operator_fca": "Operator's FCA status",
    "withheld": "Caller number withheld",
    "shown": "Caller number shown",
    "request": "The request named is",
}

# How somebody said no; the sources of an objection (contract section 5).
_SOURCES: Final = {
    "agent": "Told an agent",
    "speech": "Said on the call",
    "keypad": "Pressed a key",
    "sms": "Texted",
    "web": "On the web",
    "email": "By e-mail",
    "letter": "By letter",
    "api": "Through another system",
    "import": "Imported from a list",
}


def source_in_words(source: str | None) -> str:
    """Return how an objection was said."""
    return _SOURCES.get(source or "", in_words(source) if source else "Not recorded")


def fact_in_words(name: str) -> str:
    """Return what a fact is, as a label."""
    return _FACTS.get(name, name.replace("_", " ").capitalize())


def in_words(code: str) -> str:
    """Return a code read out: `UK_R21_1B_TPS_LISTED` becomes ‘TPS listed’."""
    if code in _TITLES:
        return _TITLES[code]
    read = (_STEMS.get(part, part.lower()) for part in code.split("_"))
    text = " ".join(part for part in read if part)
    return text[:1].upper() + text[1:]


def reason_text(code: str) -> str:
    """Return what a code means, in the catalogue's words; nothing for a code it does not hold."""
    found = catalogue().get(Code(code)) if code in set(Code) else None
    return found.text if found is not None else ""


def obligation_words(code: str) -> str:
    """Return what an obligation asks; its argument, where it has one, follows."""
    name, _, argument = code.partition("(")
    words = _OBLIGATIONS.get(name, in_words(name))
    return f"{words}: {argument.rstrip(')')}" if argument else words


def clock_time(at: datetime) -> str:
    """Return the time of day in London."""
    return f"{at.astimezone(LONDON):%H:%M:%S}"


def full_time(at: datetime) -> str:
    """Return day and time in London, with the zone's name."""
    there = at.astimezone(LONDON)
    return f"{there.day} {there:%b %Y}, {there:%H:%M:%S} {there.tzname()}"


def day_in_words(day: date) -> str:
    """Return a day as it is read: 23 November 2026."""
    return f"{day.day} {day:%B %Y}"


def short_day(day: date) -> str:
    """Return a day for a narrow column: Mon 23 Nov."""
    return f"{day:%a} {day.day} {day:%b}"


def span(length: timedelta) -> str:
    """Return a length of time by its largest unit: ‘3 days’, ‘1 hour’; under a minute is ‘moments’."""
    seconds = abs(length.total_seconds())
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        count = int(seconds // size)
        if count:
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return "moments"


def number_for(number: str, numbers: NumbersShown) -> str:
    """Return a callee's number as this reader may see it; an empty one could not be read."""
    return shown_number(number, numbers) if number else "unreadable"
