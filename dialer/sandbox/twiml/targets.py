"""Whom a Dial rings, and whose number it may show. Source: twilio.md section 2.1."""

import re
from dataclasses import dataclass

from dialer.sandbox.exchange.addresses import is_number, is_sip
from dialer.sandbox.exchange.leg import Detection, Fetch, Subscription
from dialer.sandbox.twiml.document import Document, TwimlFault, Verb
from dialer.sandbox.twiml.walker import Walker

MOST_TARGETS = 10
UNDIALLABLE = "Dial: Twilio does not support calling this number or the number is invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One noun of a Dial; `is_dialable` is false for what is no E.164 number or SIP address (13224)."""

    address: str
    is_dialable: bool
    whisper: Fetch | None
    subscription: Subscription | None
    detection: Detection | None


def read_targets(verb: Verb, document: Document) -> tuple[Target, ...]:
    """Return whom to ring, in order; plain text inside Dial is a number too. Raises `TwimlFault`."""
    nouns = list(verb.children)
    if verb.text:
        nouns.insert(0, Verb(name="Number", attributes={}, text=verb.text))
    if not nouns:
        raise TwimlFault(13201, "a Dial with nobody to ring")
    if len(nouns) > MOST_TARGETS:
        raise TwimlFault(13201, f"a Dial rings at most {MOST_TARGETS} at once")
    return tuple(_target(noun, document) for noun in nouns)


def caller_id(walker: Walker, verb: Verb, *, rings_numbers: bool) -> str:
    """Return the number to show; raises `TwimlFault` 13214 for one Twilio would not let this call show.

    A number may be shown if it is the account's own, or the call's own From or To; that last not for calls
    from SIP. A browser has no number, so it must be given one.
    """
    leg = walker.leg
    shown = verb.attributes.get("callerId", leg.sender)
    if not rings_numbers:
        return shown
    own = walker.world.setup.numbers
    is_ours = is_number(shown) and (not own or shown in own)
    is_the_calls = not leg.sender.startswith(("sip:", "client:")) and shown in {leg.sender, leg.to}
    if not (is_ours or is_the_calls):
        raise TwimlFault(
            13214, f"Dial: invalid callerId {'missing' if 'callerId' not in verb.attributes else 'given'}"
        )
    return shown


def _target(noun: Verb, document: Document) -> Target:
    address = _address(noun)
    whisper = document.fetch(noun, "url") if noun.attributes.get("url") else None
    return Target(
        address=address,
        is_dialable=noun.name == "Client" or is_number(address) or (noun.name == "Sip" and is_sip(address)),
        whisper=whisper,
        subscription=_subscription(noun, document),
        detection=_detection(noun, document),
    )


def _address(noun: Verb) -> str:
    if noun.name == "Client":
        named = next((child.text for child in noun.children if child.name == "Identity"), noun.text)
        return f"client:{named.removeprefix('client:')}"
    if noun.name == "Sip":
        return noun.text.partition("?")[0]
    return re.sub(r"[\s().-]", "", noun.text)


def _subscription(noun: Verb, document: Document) -> Subscription | None:
    url = noun.attributes.get("statusCallback")
    if not url:
        return None
    return Subscription(
        url=document.absolute(url),
        method=noun.attributes.get("statusCallbackMethod", "POST").upper(),
        events=frozenset(noun.attributes.get("statusCallbackEvent", "completed").split()),
    )


def _detection(noun: Verb, document: Document) -> Detection | None:
    wanted = noun.attributes.get("machineDetection")
    if wanted not in {"Enable", "DetectMessageEnd"}:
        return None
    url = noun.attributes.get("amdStatusCallback")
    callback = document.fetch(noun, "amdStatusCallback", method="amdStatusCallbackMethod") if url else None
    return Detection(waits_for_greeting_end=wanted == "DetectMessageEnd", callback=callback)
