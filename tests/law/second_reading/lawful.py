"""Lawful cases to start from, one for each way the gate opens; every name is invented, every number drama."""

import copy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.law.second_reading.asked import Record

LINE, MOBILE, OTHER, ADDRESS = "+442079460123", "+447700900123", "+441132496000", "jo@example.com"
POINTS = {"sms": MOBILE, "voicemail_drop": MOBILE, "email": ADDRESS}

ALDER = {
    "id": "ORG_A",
    "legal_name": "Alder Energy Ltd",
    "trading_names": ["Alder"],
    "group": "GRP_1",
    "fca": "none",
    "pension_trustee": False,
    "charity": False,
    "address": "1 High St, Leeds",
    "freephone": "+448081570123",
}
BIRCH = {**ALDER, "id": "ORG_B", "legal_name": "Birch Home Services Ltd", "trading_names": ["Birch"]}
CEDAR = {**ALDER, "id": "ORG_C", "legal_name": "Cedar Windows Ltd", "trading_names": [], "group": None}
PENROSE = {**CEDAR, "id": "ORG_P", "legal_name": "Penrose Pensions Ltd", "fca": "authorised"}
HARBOUR = {**CEDAR, "id": "ORG_H", "legal_name": "Harbour Lights Trust", "charity": True}
BECK = {**CEDAR, "id": "OP_1", "legal_name": "Beck Contact Ltd"}
PARTIES = [ALDER, BIRCH, CEDAR, PENROSE, HARBOUR, BECK]


def stamp(moment: datetime) -> str:
    """Return an instant as RFC 3339 in UTC."""
    return moment.astimezone(UTC).isoformat()


def plain(
    at: datetime, channel: str = "live_call", purpose: str = "general", principal: str = "ORG_A"
) -> Record:
    """Return a case of this kind with nothing held about the line."""
    day = at.date().isoformat()
    return {
        "at": stamp(at),
        "policy": {"tps_grace": "off", "hours": None, "holidays": ["ENG", "WLS", "SCT", "NIR"]},
        "organisations": copy.deepcopy(PARTIES),
        "campaign": _campaign(channel, purpose, principal),
        "request": {"to": POINTS.get(channel, LINE), "channel": channel, "solicitation": None},
        "line": {
            "subscriber": "individual",
            "person": "P1",
            "wrong_person": False,
            "number_type": "mobile" if channel in {"sms", "voicemail_drop"} else None,
            "other_lines_of_person": [OTHER],
        },
        "registers": {
            "tps": {"extracted_on": day, "listed": False},
            "ctps": {"extracted_on": day, "listed": False},
        },
        "consents": [],
        "objections": [],
        "holds": [],
        "solicitations": [],
        "relationships": [],
        "conduct": {"attempts": []},
        "stores": {"objections": "up", "ledger": "up"},
    }


def _campaign(channel: str, purpose: str, principal: str) -> Record:
    party = next(party for party in PARTIES if party["id"] == principal)
    return {
        "id": "C1",
        "principal": principal,
        "operator": "ORG_P" if principal == "ORG_P" else "OP_1",
        "brand": None,
        "purpose": purpose,
        "topic": "solar",
        "channel": channel,
        "dial_mode": "preview" if channel == "live_call" else None,
        "caller_id": "+442079460100",
        "announced_name": party["legal_name"],
        "contact_address": "1 High St, Leeds",
        "freephone": "+448081570123",
        "classification": {
            "by": "J. Reviewer",
            "promotional": purpose not in {"service", "research"},
            "lead_gathering": False,
        },
        "sector": None,
        "machine_detection": None,
        "message": {
            "identifies_sender": True,
            "opt_out_route": "url",
            "product_category": "solar",
            "sole_charitable_purpose": principal == "ORG_H",
            "states_name": True,
            "states_contact": True,
        },
    }


def point_of(case: Record) -> str:
    """Return the contact point as records name it."""
    return POINTS.get(case["request"]["channel"], LINE)


def consent(case: Record, **changes: Any) -> Record:
    """Return a complete own consent to this very request, 40 days old."""
    given = datetime.fromisoformat(case["at"]) - timedelta(days=40)
    campaign = case["campaign"]
    operator = next(party for party in PARTIES if party["id"] == campaign["operator"])
    principal = next(party for party in PARTIES if party["id"] == campaign["principal"])
    named = operator if campaign["purpose"] == "pensions" else principal
    channel = case["request"]["channel"]
    return {
        "id": "con_1",
        "contact_point": point_of(case),
        "principal": campaign["principal"],
        "named_as": named["legal_name"],
        "channels": ["automated_call", "voicemail_drop"] if channel == "voicemail_drop" else [channel],
        "purposes": [campaign["purpose"]],
        "given_at": stamp(given),
        "recorded_at": stamp(given + timedelta(seconds=2)),
        "method": "web_form",
        "wording": {"version": "w3", "text": "yes"},
        "proof": {"kind": "form_log", "ref": "forms/1", "sha256": "7c" * 32},
        "given_by": "subscriber",
        "source": "own",
        "specific": True,
        **changes,
    }


def objection(case: Record, **changes: Any) -> Record:
    """Return an objection to calls and texts of this kind, ten days old."""
    since = datetime.fromisoformat(case["at"]) - timedelta(days=10)
    voice = case["request"]["channel"] in {"live_call", "automated_call"}
    return {
        "id": "obj_1",
        "contact_point": point_of(case),
        "person": "P1",
        "principal": case["campaign"]["principal"],
        "operator": case["campaign"]["operator"],
        "kind": "objection",
        "scope": {"reach": "principal", "channels": "voice" if voice else "text"},
        "effective_at": stamp(since),
        "recorded_at": stamp(since + timedelta(seconds=1)),
        "source": "agent",
        **changes,
    }


def solicitation(case: Record, **changes: Any) -> Record:
    """Return yesterday's request for this very contact."""
    return {
        "id": "sol_1",
        "contact_point": point_of(case),
        "principal": case["campaign"]["principal"],
        "topic": case["campaign"]["topic"],
        "channels": [case["request"]["channel"]],
        "requested_at": stamp(datetime.fromisoformat(case["at"]) - timedelta(days=1)),
        **changes,
    }


def relationship(case: Record, kind: str, **changes: Any) -> Record:
    """Return a complete relationship of one kind, 90 days old."""
    return {
        "contact_point": point_of(case),
        "principal": case["campaign"]["principal"],
        "kind": kind,
        "product_category": "solar",
        "own_sale": True,
        "collected_at": stamp(datetime.fromisoformat(case["at"]) - timedelta(days=90)),
        "refusal_offered_at_collection": True,
        "refusal_offered_since": True,
        "reasonably_envisaged": True,
        "contrived": False,
        **changes,
    }


Maker = Callable[[datetime], Record]


def made(channel: str, purpose: str, principal: str, *, with_consent: bool) -> Maker:
    """Return a maker of one kind of case."""

    def make(at: datetime) -> Record:
        case = plain(at, channel, purpose, principal)
        if with_consent:
            case["consents"] = [consent(case)]
        return case

    return make
