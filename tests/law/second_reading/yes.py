"""Consents and requests: which count for this call, and which detail explains one that does not."""

from datetime import datetime, timedelta

from tests.law.second_reading.asked import Asked, Record, instant
from tests.law.second_reading.calendar import civil_day, midnight_after, months_after


def names_of(organisation: Record) -> set[str]:
    """Return the legal and trading names of an organisation."""
    return {organisation.get("legal_name"), *(organisation.get("trading_names") or [])} - {None}


def is_complete(consent: Record, asked: Asked) -> bool:
    """Say whether the evidence of 2.2 and 2.3 is whole."""
    proof, wording = consent.get("proof") or {}, consent.get("wording") or {}
    held = (
        consent.get("method"),
        wording.get("version") or wording.get("text"),
        proof.get("ref"),
        proof.get("sha256"),
        consent.get("given_by"),
        consent.get("recorded_at"),
        consent.get("given_at"),
        consent.get("named_as"),
    )
    if not all(held) or not consent.get("specific"):
        return False
    if consent.get("source") != "own" and not (consent.get("source_chain") or {}).get("evidence_complete"):
        return False
    return consent["principal"] != asked.principal["id"] or names_the_caller(consent, asked)


def names_the_caller(consent: Record, asked: Asked) -> bool:
    """Say whether the wording named who calls: for pensions the dialling entity (8.7.8)."""
    if (
        asked.individual
        and asked.channel not in {"sms", "email"}
        and asked.purpose == "pensions"
        and asked.operator["id"] != asked.principal["id"]
    ):
        return consent.get("named_as") in names_of(asked.operator)
    return consent.get("named_as") in names_of(asked.principal)


def is_expired(consent: Record, asked: Asked) -> bool:
    """Say whether shelf life, first contact or the consent's own end has passed (2.4, 8.7.14)."""
    given = instant(consent["given_at"])
    ends = consent.get("expires_at")
    if ends and instant(ends) <= asked.at:
        return True
    last = consent.get("last_interaction_at")
    touched = instant(last) if last and instant(last) <= asked.at else None
    months = (asked.case.get("policy") or {}).get("consent_shelf_life_months") or 24
    if consent.get("source") != "own":
        first_by = months_after(civil_day(given), 6)
        in_time = touched is not None and given <= touched and civil_day(touched) <= first_by
        if not in_time and asked.today > first_by:
            return True
    newest = max(given, touched) if touched else given
    return asked.today > months_after(civil_day(newest), months)


def faults(consent: Record, asked: Asked, channel: str, dead_since: datetime | None) -> set[str]:
    """Return every detail that says why a consent for this line does not count; empty if it covers."""
    given, recorded = consent.get("given_at"), consent.get("recorded_at")
    found = {
        "UK_CONSENT_WRONG_ORG": consent.get("principal") != asked.principal["id"],
        "UK_CONSENT_WRONG_PERSON": bool(asked.line.get("wrong_person")),
        "UK_CONSENT_WRONG_CHANNEL": channel not in (consent.get("channels") or []),
        "UK_CONSENT_WRONG_PURPOSE": asked.purpose not in (consent.get("purposes") or []),
        "UK_CONSENT_NOT_YET_EFFECTIVE": any(when and instant(when) > asked.at for when in (given, recorded))
        or bool(given and instant(given) == asked.at),
        "UK_CONSENT_WITHDRAWN": bool(consent.get("withdrawn_at"))
        or bool(dead_since and given and channel in consent["channels"] and instant(given) <= dead_since),
        "UK_CONSENT_UNPROVEN": not is_complete(consent, asked) or bool(consent.get("obtained_in_breach")),
        "UK_CONSENT_EXPIRED": bool(given) and is_expired(consent, asked),
    }
    codes = {code for code, is_at_fault in found.items() if is_at_fault}
    if consent.get("named_as") and not names_the_caller(consent, asked):
        codes.add("UK_CONSENT_WRONG_ORG")
    if any("_WRONG_" in code for code in codes) and not consent.get("withdrawn_at"):
        # What was never given for this call is not taken back by an objection to it.
        codes.discard("UK_CONSENT_WITHDRAWN")
    return codes


def consents_here(asked: Asked) -> list[Record]:
    """Return the consents held for this contact point, those recorded later too: they are explained."""
    return [
        consent for consent in asked.case.get("consents") or [] if consent["contact_point"] == asked.point
    ]


def covering(asked: Asked, channel: str, dead_since: datetime | None) -> list[Record]:
    """Return the consents that cover this request on a channel."""
    return [held for held in consents_here(asked) if not faults(held, asked, channel, dead_since)]


def solicitation(asked: Asked) -> Record | None:
    """Return the request for this call that counts: named, on its topic and channel, in its time (2.7)."""
    name = asked.case["request"].get("solicitation")
    attempts = [instant(text) for text in (asked.case.get("conduct") or {}).get("attempts") or []]
    candidates: list[Record] = asked.case.get("solicitations") or []
    for held in candidates:
        if name is None or held["id"] != name or held["contact_point"] != asked.point:
            continue
        if held["principal"] != asked.principal["id"] or asked.channel not in held["channels"]:
            continue
        requested = instant(held["requested_at"])
        topic = held.get("topic")
        if not topic or topic != asked.campaign.get("topic") or requested >= asked.at:
            continue
        if asked.at >= ends(held):
            continue
        used_up = sum(attempt >= requested for attempt in attempts) >= 3
        if used_up and not is_at_the_time_asked_for(asked.at, held):
            continue
        return held
    return None


def ends(solicitation: Record) -> datetime:
    """Return when a request ends: as asked, or the end of its seventh day (8.7.12)."""
    if solicitation.get("valid_until"):
        return instant(solicitation["valid_until"])
    seventh = civil_day(instant(solicitation["requested_at"])) + timedelta(days=7)
    end = midnight_after(seventh)
    until = (solicitation.get("window") or {}).get("until")
    return max(end, instant(until)) if until else end


def is_at_the_time_asked_for(at: datetime, solicitation: Record | None) -> bool:
    """Say whether the call lies in the window its request names: outside hours and caps then."""
    asked_for = (solicitation or {}).get("window") or {}
    if not asked_for.get("from") or not asked_for.get("until"):
        return False
    return instant(asked_for["from"]) <= at < instant(asked_for["until"])
