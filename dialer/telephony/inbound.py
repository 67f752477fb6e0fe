"""Twilio's forms, read into our words; its vocabulary goes no further in.

A form may carry more fields than are documented, and fields that are there but empty; both are ordinary.
What an agent's browser can put into a form is only ever a hint. Source: twilio.md sections 1, 3 and 4.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dialer.calls.contact_point import read_contact_point
from dialer.errors import Unreadable

_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]+")
# "Press 9" is answered aloud as often as not.
_SPOKEN_KEYS: Final = {
    f"{before}{digit}": key
    for key, digits in {"1": ("one", "1"), "9": ("nine", "9")}.items()
    for digit in digits
    for before in ("", "number ", "press ", "pressing ", "option ", "key ")
}
_HEADER: Final = "SipHeader_X-Ringfence-"


class Form:
    """One form's fields; of a repeated field the first value counts, an empty one is absent."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._first: dict[str, str] = {}
        for name, value in pairs:
            self._first.setdefault(name, value)

    def get(self, name: str) -> str | None:
        """Return a field, None if it is absent or empty."""
        return self._first.get(name) or None

    def hint(self, name: str) -> str | None:
        """Return one of our own hints, as a parameter (`rf_campaign`) or as a SIP header."""
        return self.get(f"rf_{name}") or self.get(_HEADER + name.capitalize())


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingCall:
    """An agent dials out. `endpoint` is who Twilio authenticated, None for a trunk known only by address."""

    call_ref: str
    endpoint: str | None
    dialled: str
    caller_id: str | None
    campaign_hint: str | None
    person_hint: str | None
    solicitation_hint: str | None
    permit: str | None


def outgoing_call(form: Form) -> OutgoingCall:
    """Return the call in our words; the number dialled is left as it was typed."""
    return OutgoingCall(
        call_ref=form.get("CallSid") or "",
        endpoint=_endpoint(form),
        dialled=form.get("To") or "",
        caller_id=number_in(form.get("rf_caller_id") or form.get("From")),
        campaign_hint=form.hint("campaign"),
        person_hint=form.hint("person"),
        solicitation_hint=form.hint("solicitation"),
        permit=form.hint("permit"),
    )


def _endpoint(form: Form) -> str | None:
    """Return who is calling: the token's identity, or the SIP user of a credential list.

    A SIP call admitted by its address alone has no user: its From header is whatever the PBX put there.
    """
    caller = form.get("From") or ""
    if caller.startswith("client:"):
        return caller
    user, domain = form.get("SipUsername"), form.get("SipDomain")
    return f"sip:{user}@{domain}" if user and domain else None


def number_in(text: str | None) -> str | None:
    """Return the number in an address of Twilio's, None where it holds none that is in use."""
    if text is None or text.startswith("client:"):
        return None
    try:
        return read_contact_point(text)
    except Unreadable:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one person said or keyed; a key said alone ("nine") is that key, and no words.

    `confidence` None is not given, which is not zero.
    """

    call_ref: str
    words: str | None
    keys: str | None
    confidence: float | None


def said(form: Form) -> Said:
    """Return what a Gather heard; both parts None when nobody said anything."""
    words, keys = form.get("SpeechResult"), form.get("Digits")
    spoken = _SPOKEN_KEYS.get(_NOT_LETTERS.sub(" ", (words or "").lower()).strip())
    return Said(
        call_ref=form.get("CallSid") or "",
        words=words if spoken is None else None,
        keys=keys or spoken,
        confidence=_fraction(form.get("Confidence")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcribed:
    """One piece of a live transcription; only a final piece may be acted on."""

    call_ref: str
    session: str
    ordinal: str
    track: str
    words: str
    confidence: float | None
    is_final: bool


def transcribed(form: Form) -> Transcribed | None:
    """Return the piece, None for an event without words (started, stopped, error) or an unreadable one."""
    if form.get("TranscriptionEvent") != "transcription-content":
        return None
    try:
        piece = json.loads(form.get("TranscriptionData") or "{}")
    except ValueError:
        return None
    words = piece.get("transcript") if isinstance(piece, dict) else None
    if not isinstance(words, str) or not words.strip():
        return None
    return Transcribed(
        call_ref=form.get("CallSid") or "",
        session=form.get("TranscriptionSid") or "",
        ordinal=form.get("SequenceId") or "",
        track=form.get("Track") or "",
        words=words,
        confidence=_fraction(piece.get("confidence")),
        is_final=(form.get("Final") or "").lower() == "true",
    )


def _fraction(text: object) -> float | None:
    if not isinstance(text, str | float | int) or isinstance(text, bool):
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0.0 <= value <= 1.0 else None
