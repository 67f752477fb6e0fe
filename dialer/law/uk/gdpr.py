"""UK GDPR and the objections of every instrument: the person said no, or took a yes back.

One rule, because the code depends on the no itself and on what is asked (law.md 8.3 rules 5.1a to 5.1f).
"""

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.law.codes import Code
from dialer.law.consent import had_existed
from dialer.law.matter import Matter
from dialer.law.refusal import Refusal
from dialer.law.rule import MARKETING, Facts, Finding, Found, Phase, Rule, blocks, explains
from dialer.law.uk.asked_for import request_facts

_CALLS = (Channel.LIVE_CALL, Channel.AUTOMATED_CALL)


def _has_objected(matter: Matter) -> Found:
    """Forbid marketing to who said no, unless a yes or a request came strictly later.

    Each standing no is listed once a code, the latest first. Source: UK GDPR Art 7(3), 21(2)-(3); PECR 2003
    reg 21(1)(a), 21(5), 21B(3)(c), 22(2); law.md 8.3 phase 5, 8.7.5.
    """
    by_code: dict[Code, list[Refusal]] = {}
    for no in matter.standing:
        by_code.setdefault(code_of(no, matter), []).append(no)
    if not by_code:
        return None
    request = request_facts(matter)
    return tuple(_finding(code, refusals, request) for code, refusals in by_code.items())


def code_of(no: Refusal, matter: Matter) -> Code:
    """Return the code one standing no answers with; the first that fits, in the table's order."""
    asked = matter.asked
    is_call = asked.channel in _CALLS
    if no.is_all_marketing:
        return Code.UK_ART21_OBJECTED
    if no.is_withdrawal:
        return Code.UK_CONSENT_WITHDRAWN
    if is_call and asked.purpose is Purpose.PENSIONS and asked.is_individual:
        return Code.UK_R21B_REFUSED
    if is_call and (asked.channel is Channel.AUTOMATED_CALL or asked.purpose is Purpose.CLAIMS):
        return _code_without_consent(no, matter)
    return Code.UK_R21_1A_OBJECTED if is_call else Code.UK_R22_REFUSED


def _code_without_consent(no: Refusal, matter: Matter) -> Code:
    """Where only consent opens the gate, a no takes it back, or there never was one (rule 5.1d)."""
    if had_existed(matter.consents, no):
        return Code.UK_CONSENT_WITHDRAWN
    if matter.asked.channel is Channel.AUTOMATED_CALL:
        return Code.UK_R19_NO_AUTOMATED_CONSENT
    return Code.UK_R21A_NO_CONSENT


def _finding(code: Code, refusals: list[Refusal], request: Facts) -> Finding:
    latest, *others = refusals
    also = ", ".join(no.id for no in others if no.id is not None)
    return blocks(
        code,
        ("objection", latest.id),
        ("effective_at", latest.at),
        ("recorded_at", latest.recorded_at),
        ("source", latest.source),
        *((("also", also),) if also else ()),
        *request,
    )


def _is_wrong_person(matter: Matter) -> Found:
    """Do not ring a person on a line that is somebody else's. Source: UK GDPR Art 5(1)(d); rule 2.2."""
    return blocks(Code.UK_CONSENT_WRONG_PERSON) if matter.asked.line.wrong_person else None


def _uncounted(matter: Matter) -> Found:
    """Say why each consent held was not counted; decides nothing. Source: UK GDPR Art 7(1); law.md 8.3."""
    held = (*matter.consents, *matter.message_consents) if _is_drop(matter) else matter.consents
    if not held:
        return None
    faults = {(fault, assessed.consent.id) for assessed in held for fault in assessed.faults}
    ordered = sorted(faults, key=lambda found: (found[0].value, found[1] or ""))
    return tuple(explain(code, identity) for code, identity in ordered)


def _is_drop(matter: Matter) -> bool:
    return matter.asked.channel is Channel.VOICEMAIL_DROP


def explain(code: Code, consent: str | None) -> Finding:
    """Return the detail that one consent has one fault."""
    return explains(code, ("consent", consent))


def _objections(matter: Matter) -> Facts:
    return ("in_scope", len(matter.refusals)), ("standing", len(matter.standing))


def _line(matter: Matter) -> Facts:
    return (("wrong_person", matter.asked.line.wrong_person),)


def _consents(matter: Matter) -> Facts:
    return (("held", len(matter.consents)),)


RULES = (
    Rule(
        name="line_is_the_persons",
        phase=Phase.NO_CONTACT,
        codes=(Code.UK_CONSENT_WRONG_PERSON,),
        check=_is_wrong_person,
        uses=_line,
    ),
    Rule(
        name="objection_is_kept",
        phase=Phase.OBJECTIONS,
        codes=(
            Code.UK_ART21_OBJECTED,
            Code.UK_CONSENT_WITHDRAWN,
            Code.UK_R21B_REFUSED,
            Code.UK_R21_1A_OBJECTED,
            Code.UK_R22_REFUSED,
            Code.UK_R19_NO_AUTOMATED_CONSENT,
            Code.UK_R21A_NO_CONSENT,
        ),
        check=_has_objected,
        uses=_objections,
        purposes=MARKETING,
    ),
    Rule(
        name="uncounted_consents_are_explained",
        phase=Phase.CHANNEL,
        codes=(
            Code.UK_CONSENT_WRONG_ORG,
            Code.UK_CONSENT_WRONG_CHANNEL,
            Code.UK_CONSENT_WRONG_PURPOSE,
            Code.UK_CONSENT_EXPIRED,
            Code.UK_CONSENT_UNPROVEN,
            Code.UK_CONSENT_NOT_YET_EFFECTIVE,
            Code.UK_CONSENT_WITHDRAWN,
            Code.UK_CONSENT_WRONG_PERSON,
        ),
        check=_uncounted,
        uses=_consents,
        purposes=MARKETING,
    ),
)
