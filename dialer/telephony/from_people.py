"""Twilio's forms of people who ring or text a number of ours, read into our words.

Caller ID is what the network passed on; it can be withheld or faked. Source: twilio.md sections 1.1 and 7.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dialer.calls.contact_point import read_contact_point
from dialer.telephony.inbound import Form, number_in

_NOBODY: Final = frozenset({"anonymous", "unknown", "restricted", "unavailable", "private", ""})
# Placeholders that withheld callers have been seen with; they look like numbers (twilio.md 1.1).
_PLACEHOLDERS: Final = frozenset({"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"})
_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_MESSENGERS: Final = ("whatsapp:", "rcs:")
_UNSUBSCRIBED: Final = "21610"


class Keyword(StrEnum):
    """What a whole text may be, beside words: Twilio's three kinds of keyword."""

    STOP = "STOP"
    START = "START"
    HELP = "HELP"


# Twilio's own (Advanced Opt-Out, default English keywords, 2026), and how people misspell them.
_KEYWORDS: Final = {
    **dict.fromkeys(("stop", "stopall", "unsubscribe", "end", "quit", "revoke", "optout"), Keyword.STOP),
    **dict.fromkeys(("cancel", "stopp", "unsub", "unsubscibe"), Keyword.STOP),
    **dict.fromkeys(("start", "unstop"), Keyword.START),
    **dict.fromkeys(("help", "info"), Keyword.HELP),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FromAPerson:
    """Somebody rings or texts one of our numbers. `person_at` is None when their number is withheld.

    `keyword` is what Twilio took a text for, where it says so.
    """

    ref: str
    person_at: str | None
    our_number: str | None
    body: str | None
    keyword: Keyword | None


def from_a_person(form: Form) -> FromAPerson:
    """Return who reaches us at which number; a withheld or odd caller is nobody we could look up.

    On a call or text that we made, the person is whom we reached.
    """
    is_ours = (form.get("Direction") or "").startswith("outbound") or form.get("MessageStatus") is not None
    caller, reached = (form.get(name) or "" for name in (("To", "From") if is_ours else ("From", "To")))
    return FromAPerson(
        ref=form.get("MessageSid") or form.get("CallSid") or "",
        person_at=_line_of(caller),
        our_number=_line_of(reached),
        body=form.get("Body"),
        keyword=next((word for word in Keyword if word == form.get("OptOutType")), None),
    )


def keyword_of(message: FromAPerson) -> Keyword | None:
    """Return what a whole text is, in any case, with or without punctuation; None for a sentence."""
    return message.keyword or _KEYWORDS.get(re.sub(r"[^a-z]", "", (message.body or "").lower()))


def would_not_be_delivered(form: Form) -> bool:
    """Say whether a text of ours stayed undelivered since its receiver told Twilio to stop.

    Source: Twilio, error 21610, told with the status of the text (twilio.md 7.7).
    """
    return form.get("ErrorCode") == _UNSUBSCRIBED


def number_keyed(keys: str, *, region: str, drama_mobiles: bool) -> str:
    """Return the number that somebody keyed in, in E.164; raises Unreadable."""
    return read_contact_point(keys, default_region=region, drama_mobiles=drama_mobiles)


def _line_of(address: str) -> str | None:
    """Return whose telephone an address of Twilio's is, None for one that is withheld or none.

    What is E.164 is taken though no library knows it: a no is not lost because a number is new.
    """
    for messenger in _MESSENGERS:
        address = address.removeprefix(messenger)
    if address.lower() in _NOBODY or address in _PLACEHOLDERS:
        return None
    return number_in(address) or (address if _E164.fullmatch(address) else None)
