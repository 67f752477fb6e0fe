"""Phase 6: what opens the gate for each channel and purpose, or which codes keep it shut."""

from dataclasses import dataclass, field
from datetime import date, datetime

from tests.law.second_reading.asked import RECORDED, Asked, Record, instant
from tests.law.second_reading.calendar import civil_day
from tests.law.second_reading.yes import covering

CHARITIES_SINCE = date(2026, 2, 5)


@dataclass
class Opening:
    """A ground and no failures, or failures in order."""

    ground: str | None = None
    failures: list[str] = field(default_factory=list)


def opening(asked: Asked, solicited: bool, dead_since: datetime | None) -> Opening:
    """Return what phase 6 says of a marketing request."""
    if asked.channel == "fax":
        return Opening(None, ["UK_R20_FAX_BARRED"])
    if asked.channel in RECORDED:
        return recorded(asked, solicited, dead_since)
    if asked.channel in {"sms", "email"}:
        return mail(asked, solicited, dead_since)
    if asked.purpose == "claims":
        return claims(asked, solicited, dead_since)
    if asked.purpose == "pensions" and asked.individual:
        return pensions(asked, solicited, dead_since)
    return live(asked, solicited, dead_since)


def recorded(asked: Asked, solicited: bool, dead_since: datetime | None) -> Opening:
    """6.A: consent to automated calls, whoever answers; a stored message to an individual is mail too."""
    failures = []
    if not covering(asked, "automated_call", dead_since):
        failures.append("UK_R19_NO_AUTOMATED_CONSENT")
        if asked.purpose == "claims":
            failures += claims(asked, solicited, dead_since).failures
    if asked.purpose == "pensions" and asked.individual:
        with_consent = not failures
        said = pensions(asked, solicited, dead_since).failures
        failures += [code for code in said if not (with_consent and code == "UK_R21B_NO_CONSENT_OR_CLIENT")]
    if asked.channel == "voicemail_drop" and asked.individual:
        failures += mail(asked, solicited, dead_since).failures
    return Opening(None if failures else "UK_R19_CONSENT_OK", failures)


def called(asked: Asked) -> str:
    """Return the channel a consent to the call needs: a voicemail drop is an automated call (8.7.7)."""
    return "automated_call" if asked.channel == "voicemail_drop" else asked.channel


def claims(asked: Asked, solicited: bool, dead_since: datetime | None) -> Opening:
    """6.B: consent to claims calls; the register plays no part."""
    if solicited:
        return Opening("UK_R21_SOLICITED")
    if covering(asked, called(asked), dead_since):
        return Opening("UK_R21A_CONSENT_OK")
    return Opening(None, ["UK_R21A_NO_CONSENT"])


def pensions(asked: Asked, solicited: bool, dead_since: datetime | None) -> Opening:
    """6.C: status first, of both parties, then consent or the client route."""
    if solicited:
        return Opening("UK_R21_SOLICITED")
    if not (has_status(asked.principal) and has_status(asked.operator)):
        return Opening(None, ["UK_R21B_NOT_AUTHORISED"])
    if covering(asked, called(asked), dead_since):
        return Opening("UK_R21B_CONSENT_OK")
    if any(is_client(held, asked) for held in relationships(asked)):
        return Opening("UK_R21B_CLIENT_OK")
    return Opening(None, ["UK_R21B_NO_CONSENT_OR_CLIENT"])


def has_status(party: Record) -> bool:
    """Say whether a party is authorised, or trustee or manager of a scheme; a representative is neither."""
    return party.get("fca") == "authorised" or bool(party.get("pension_trustee"))


def relationships(asked: Asked) -> list[Record]:
    """Return the principal's relationships with this contact point."""
    return [
        held
        for held in asked.case.get("relationships") or []
        if held["contact_point"] == asked.point and held["principal"] == asked.principal["id"]
    ]


def is_begun(held: Record, asked: Asked) -> bool:
    """Say whether the details were collected before this request, with refusal offered then and since."""
    return bool(
        held.get("collected_at")
        and instant(held["collected_at"]) < asked.at
        and held.get("refusal_offered_at_collection")
        and held.get("refusal_offered_since")
    )


def is_client(held: Record, asked: Asked) -> bool:
    """Say whether every limb of reg 21B(3) is met."""
    return (
        held["kind"] == "pension_client"
        and asked.operator["id"] == asked.principal["id"]
        and is_begun(held, asked)
        and bool(held.get("reasonably_envisaged"))
        and not held.get("contrived")
    )


def live(asked: Asked, solicited: bool, dead_since: datetime | None) -> Opening:
    """6.D: solicited, then consent, then both registers."""
    if solicited:
        return Opening("UK_R21_SOLICITED")
    registers = asked.case.get("registers") or {}
    listed, waiting, grace = [], [], False
    for name in ("tps", "ctps"):
        held = registers.get(name) or {}
        if held.get("listed"):
            if is_in_grace(held, asked):
                grace = True
            else:
                listed.append(f"UK_R21_1B_{name.upper()}_LISTED")
        if (
            not held.get("extracted_on")
            or held.get("listed") is None
            or asked.today < date.fromisoformat(held["extracted_on"])
        ):
            waiting.append("UK_R21_REGISTER_MISSING")
        elif (asked.today - date.fromisoformat(held["extracted_on"])).days >= 28:
            waiting.append("UK_R21_REGISTER_STALE")
    if covering(asked, "live_call", dead_since):
        return Opening("UK_R21_4_CONSENT_OVERRIDES" if listed or waiting or grace else "UK_R21_CLEAR")
    if listed or waiting:
        return Opening(None, listed + waiting)
    return Opening("UK_R21_3_GRACE_USED" if grace else "UK_R21_CLEAR")


def is_in_grace(held: Record, asked: Asked) -> bool:
    """Say whether statutory grace is on and less than 28 days listed can be shown (1.10)."""
    if (asked.case.get("policy") or {}).get("tps_grace") != "statutory" or not held.get("last_absent_on"):
        return False
    return (asked.today - date.fromisoformat(held["last_absent_on"])).days <= 27


def mail(asked: Asked, solicited: bool, dead_since: datetime | None) -> Opening:
    """6.E: corporate, consent, solicited, soft opt-ins limb by limb."""
    if not asked.individual:
        return Opening("UK_R22_CORPORATE_OK")
    if covering(asked, asked.channel, dead_since):
        return Opening("UK_R22_CONSENT_OK")
    if solicited:
        return Opening("UK_R22_SOLICITED")
    held = relationships(asked)
    if any(is_own_similar_sale(one, asked) for one in held):
        return Opening("UK_R22_SOFT_OPTIN_OK")
    if any(is_support_of_the_charity(one, asked) for one in held):
        return Opening("UK_R22_CHARITY_OPTIN_OK")
    asserted = any(one["kind"] in {"sale", "charity"} for one in held)
    return Opening(None, ["UK_R22_SOFT_OPTIN_FAIL" if asserted else "UK_R22_NO_CONSENT"])


def is_own_similar_sale(held: Record, asked: Asked) -> bool:
    """Say whether the four limbs of reg 22(3) are met."""
    promoted = (asked.campaign.get("message") or {}).get("product_category")
    return (
        held["kind"] == "sale"
        and bool(held.get("own_sale"))
        and promoted is not None
        and held.get("product_category") == promoted
        and is_begun(held, asked)
    )


def is_support_of_the_charity(held: Record, asked: Asked) -> bool:
    """Say whether the limbs of reg 22(3A) are met, and the details collected since it is in force."""
    return (
        held["kind"] == "charity"
        and bool(asked.principal.get("charity"))
        and bool((asked.campaign.get("message") or {}).get("sole_charitable_purpose"))
        and is_begun(held, asked)
        and civil_day(instant(held["collected_at"])) >= CHARITIES_SINCE
    )
