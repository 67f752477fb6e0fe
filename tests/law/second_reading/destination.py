"""Phase 1: where a call or message would go, and the one place that needs no more: our own phones."""

from datetime import timedelta

from dialer.calls.numbers import NumberKind
from tests.law.second_reading.answer import Answer
from tests.law.second_reading.asked import Asked, Record, instant, where
from tests.law.second_reading.calendar import civil_day, midnight_after

BARRED = {NumberKind.PREMIUM_RATE, NumberKind.SHARED_COST, NumberKind.PERSONAL_NUMBER, NumberKind.PAGER}
BARRED |= {NumberKind.UNKNOWN}
TEXTED = {NumberKind.MOBILE, NumberKind.FIXED_LINE_OR_MOBILE}


def is_our_own_phone(case: Record) -> bool:
    """Say whether a leg of ours rings a verified phone of ours; a callee's leg never does (contract 3)."""
    own = (case.get("line") or {}).get("own_line") or {}
    return bool(own.get("verified")) and (case.get("request") or {}).get("leg") in {
        "agent",
        "transfer",
        "test",
    }


def to_our_own_phone(case: Record, failures: list[str]) -> Answer:
    """Return the answer for such a leg: it needs the stores and a number that may be dialled, no more."""
    stores = case.get("stores") or {}
    request, campaign = case.get("request") or {}, case.get("campaign") or {}
    if request.get("to") is None:
        failures.append("E_INPUT_INCOMPLETE")
    if stores.get("ledger", "up") != "up":
        failures.append("E_AUDIT_UNAVAILABLE")
    failures += barred(
        request.get("channel") or campaign.get("channel"),
        where(case, request.get("channel") or campaign.get("channel")),
    )
    at = instant(case["at"])
    until = min(at + timedelta(seconds=60), midnight_after(civil_day(at)))
    codes = failures or ["E_OWN_LINE"]
    return Answer("block" if failures else "allow", codes[0], codes, valid_until=until)


def destination(asked: Asked) -> list[str]:
    """Phase 1 of a question."""
    place = {"problem": asked.problem, "kind": asked.kind, "country_code": asked.country_code}
    return barred(asked.channel, place)


def barred(channel: str | None, place: Record) -> list[str]:
    """Phase 1: emergency, invalid, barred, other countries."""
    if place["problem"]:
        return [place["problem"]]
    if channel == "email" or place["kind"] is None:
        return []
    failures = []
    if place["kind"] in BARRED or (channel == "sms" and place["kind"] not in TEXTED):
        failures.append("E_NUMBER_TYPE_BARRED")
    if place["country_code"] != 44:
        failures.append("E_JURISDICTION_UNSUPPORTED")
    return failures
