"""Objections, withdrawals and holds: which cover this request, since when, and their codes (phase 5)."""

from dataclasses import dataclass
from datetime import datetime

from tests.law.second_reading.asked import RECORDED, VOICE, Asked, Record, instant, is_recorded, organisation
from tests.law.second_reading.yes import consents_here, faults

ALL_MARKETING = {"calls", "texts", "email"}
CARRIED = {"live_call": {"calls"}, "automated_call": {"calls"}, "voicemail_drop": {"calls", "texts"}}
CARRIED |= {"sms": {"texts"}, "email": {"email"}, "fax": {"fax"}}


@dataclass
class Refusal:
    """One standing no: since when, and whether it is for all marketing or takes a consent back."""

    since: datetime
    is_all: bool
    is_withdrawal: bool


def channels_of(scope: Record) -> set[str]:
    """Return the families a scope covers; `fax` falls under all only."""
    named = scope.get("channels") or "all"
    if isinstance(named, list):
        return {*named, *({"fax"} if set(named) >= ALL_MARKETING else ())}
    return {"voice": {"calls"}, "text": {"texts", "email"}, "all": {*ALL_MARKETING, "post", "fax"}}[named]


def is_in_reach(objection: Record, asked: Asked) -> bool:
    """Say whether the objection binds this principal, brand, campaign, group or operator."""
    scope = objection.get("scope") or {}
    reach = scope.get("reach") or "principal"
    same: bool = objection.get("principal") == asked.principal["id"]
    if reach == "brand":
        return same and scope.get("brand") in {None, asked.brand}
    if reach == "campaign":
        return same and scope.get("campaign") in {None, asked.campaign["id"]}
    if reach == "group":
        theirs = organisation(asked.case, objection.get("principal")) or {}
        group = theirs.get("group")
        return same or (group is not None and group == asked.principal.get("group"))
    if reach == "operator":
        return same or objection.get("operator") == asked.operator["id"]
    return same


def is_on_this_line(objection: Record, asked: Asked) -> bool:
    """Say whether the line is covered: itself, the person's others (8.7.1), or the company's."""
    scope = objection.get("scope") or {}
    is_of_nobody = objection.get("contact_point") is None and objection.get("person") is None
    if is_of_nobody or objection.get("contact_point") == asked.point:
        return True
    if scope.get("reach") == "no_contact":
        scope = {**scope, "channels": "all"}
    if scope.get("this_line_only"):
        return False
    if scope.get("company") and asked.line.get("company"):
        return True
    families = channels_of(scope)
    if not (families >= ALL_MARKETING or ("calls" in families and asked.channel in VOICE)):
        return False
    others = asked.line.get("other_lines_of_person") or []
    person = asked.line.get("person")
    return objection.get("contact_point") in others or (
        person is not None and objection.get("person") == person
    )


def objections(asked: Asked) -> list[Refusal]:
    """Return the covering objections, withdrawn consents and ripened holds; the future is now (8.3)."""
    found = []
    for record in asked.known("objections"):
        scope = record.get("scope") or {}
        families = channels_of(scope)
        if scope.get("reach") == "no_contact":
            families = {*ALL_MARKETING, "fax"}
        covered = CARRIED[asked.channel] & families and is_in_reach(record, asked)
        if covered and is_on_this_line(record, asked):
            since = instant(record["effective_at"]) if record.get("effective_at") else asked.at
            is_all = families >= ALL_MARKETING
            found.append(Refusal(min(since, asked.at), is_all, record.get("kind") == "withdrawal"))
    for consent in consents_here(asked):
        if not is_recorded(consent, asked):
            continue
        if consent.get("withdrawn_at") and consent["principal"] == asked.principal["id"]:
            wanted = asked.channel in consent["channels"] or (
                asked.channel == "voicemail_drop" and "automated_call" in consent["channels"]
            )
            if wanted and asked.purpose in consent["purposes"]:
                found.append(Refusal(min(instant(consent["withdrawn_at"]), asked.at), False, True))
    for hold in holds(asked):
        ripe = hold.get("becomes_objection_at")
        if hold["kind"] == "possible_objection" and ripe and instant(ripe) <= asked.at:
            found.append(Refusal(instant(ripe), True, False))
    return found


def holds(asked: Asked) -> list[Record]:
    """Return the holds that stand on this line for this principal and campaign."""
    return [
        hold
        for hold in asked.known("holds")
        if hold.get("contact_point") in {None, asked.point, *(asked.line.get("other_lines_of_person") or [])}
        and hold["principal"] == asked.principal["id"]
        and (hold["kind"] != "campaign_refusal" or hold.get("campaign") in {None, asked.campaign["id"]})
    ]


def wants_no_contact(asked: Asked) -> bool:
    """Say whether the person said: no contact of any kind (2.1)."""
    return any(
        (record.get("scope") or {}).get("reach") == "no_contact"
        and record.get("principal") == asked.principal["id"]
        and is_on_this_line(record, asked)
        for record in asked.known("objections")
    )


def refusal_code(refusal: Refusal, asked: Asked) -> str | None:
    """Return the code of 5.1a to 5.1f, first match; None for fax, which needs none."""
    if refusal.is_all:
        return "UK_ART21_OBJECTED"
    if refusal.is_withdrawal:
        return "UK_CONSENT_WITHDRAWN"
    if asked.channel in {"sms", "email", "voicemail_drop"}:
        return "UK_R22_REFUSED"
    if asked.purpose == "pensions" and asked.individual and asked.channel in VOICE:
        return "UK_R21B_REFUSED"
    if asked.channel in RECORDED or (asked.channel == "live_call" and asked.purpose == "claims"):
        if had_consent(refusal, asked):
            return "UK_CONSENT_WITHDRAWN"
        return "UK_R19_NO_AUTOMATED_CONSENT" if asked.channel in RECORDED else "UK_R21A_NO_CONSENT"
    return "UK_R21_1A_OBJECTED" if asked.channel == "live_call" else None


def had_consent(refusal: Refusal, asked: Asked) -> bool:
    """Say whether a consent to this had been given by then, proven and in scope, whatever became of it."""
    channel = "automated_call" if asked.channel == "voicemail_drop" else asked.channel
    since = {"UK_CONSENT_WITHDRAWN", "UK_CONSENT_EXPIRED"}
    return any(
        faults(held, asked, channel, None) <= since and instant(held["given_at"]) <= refusal.since
        for held in consents_here(asked)
    )
