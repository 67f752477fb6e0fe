"""What one case asks: the request's own words, the parties, the number, and records known by then."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dialer.calls.numbers import NumberKind, NumberProblem, UnreadableNumber, read_number

LONDON = ZoneInfo("Europe/London")
VOICE = {"live_call", "automated_call", "voicemail_drop"}
MAIL = {"sms", "email", "voicemail_drop"}
RECORDED = {"automated_call", "voicemail_drop"}
Record = dict[str, Any]


@dataclass
class Asked:
    """One case, its request resolved; `point` is None where the destination cannot be read."""

    case: Record
    at: datetime
    channel: str
    purpose: str
    campaign: Record
    principal: Record
    operator: Record
    line: Record
    point: str | None
    kind: NumberKind | None
    country_code: int | None
    region: str | None
    problem: str | None

    @property
    def today(self) -> date:
        """Return the civil day in London."""
        return self.at.astimezone(LONDON).date()

    @property
    def brand(self) -> str | None:
        """Return the brand shown: the request's wins over the campaign's."""
        return self.case["request"].get("brand") or self.campaign.get("brand")

    @property
    def dial_mode(self) -> str | None:
        """Return the dialling mode: the request's wins over the campaign's."""
        return self.case["request"].get("dial_mode") or self.campaign.get("dial_mode")

    @property
    def individual(self) -> bool:
        """Not known is an individual (section 1)."""
        return self.line.get("subscriber") != "corporate"

    def known(self, kind: str) -> list[Record]:
        """Return the records of a kind that were recorded by then (contract 5)."""
        return [record for record in self.case.get(kind) or [] if is_recorded(record, self)]


def is_recorded(record: Record, asked: Asked) -> bool:
    """Say whether a record was known at the case's instant."""
    return not record.get("recorded_at") or instant(record["recorded_at"]) <= asked.at


def instant(text: str) -> datetime:
    """Return an RFC 3339 instant in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def organisation(case: Record, name: str | None) -> Record | None:
    """Return the organisation of that id among the case's."""
    return next((found for found in case.get("organisations") or [] if found["id"] == name), None)


def where(case: Record, channel: str | None) -> Record:
    """Return point, kind, country code, region and problem of the request's destination (8.2)."""
    nothing = {"point": None, "kind": None, "country_code": None, "region": None, "problem": None}
    text = (case.get("request") or {}).get("to")
    if text is None:
        return nothing
    if channel == "email":
        if "@" in text:
            return {**nothing, "point": text}
        return {**nothing, "problem": "E_NUMBER_INVALID"}
    drama = (case.get("line") or {}).get("number_type") == "mobile"
    try:
        number = read_number(text, drama_mobiles=drama)
    except UnreadableNumber as failure:
        short = failure.problem == NumberProblem.EMERGENCY_OR_SHORT_CODE
        return {**nothing, "problem": "E_NUMBER_EMERGENCY_OR_SHORTCODE" if short else "E_NUMBER_INVALID"}
    return {
        "point": number.e164,
        "kind": number.kind,
        "country_code": number.country_code,
        "region": number.region,
        "problem": None,
    }


def asked(case: Record) -> Asked | None:
    """Return what the case asks, or None where a thing that 0.2 names is missing."""
    campaign, request = case.get("campaign") or {}, case.get("request") or {}
    channel = request.get("channel") or campaign.get("channel")
    principal = organisation(case, campaign.get("principal"))
    operator = organisation(case, campaign.get("operator"))
    needed = (case.get("at"), channel, principal, operator, request.get("to"))
    if any(thing is None for thing in needed) or principal is None or operator is None:
        return None
    if any(not campaign.get(name) for name in ("id", "purpose", "caller_id")):
        return None
    classified = campaign.get("classification") or {}
    purpose = campaign["purpose"]
    if purpose in {"service", "research"} and (
        classified.get("promotional") or classified.get("lead_gathering")
    ):
        purpose = "general"
    return Asked(
        case=case,
        at=instant(case["at"]),
        channel=str(channel),
        purpose=purpose,
        campaign=campaign,
        principal=principal,
        operator=operator,
        line=case.get("line") or {},
        **where(case, channel),
    )
