"""Imagined cases to vary: a plain lawful live call, and the records that change the answer.

Every number is one of Ofcom's drama numbers, every name invented.
"""

import json
from datetime import datetime
from typing import Any, Final

from dialer.law.statute_book import StatuteBook
from dialer.screening.judge import judge
from dialer.screening.verdict import Verdict
from dialer.screening.what_if import read_case

LINE: Final = "+442079460123"
MOBILE: Final = "+447700900123"
ADDRESS: Final = "jo@example.com"
MONDAY: Final = "2026-11-23T10:00:00+00:00"
BOOK: Final = StatuteBook.shipped()
POINTS: Final = {"sms": MOBILE, "email": ADDRESS, "voicemail_drop": MOBILE}

ALDER: Final = {
    "id": "ORG_A",
    "legal_name": "Alder Energy Ltd",
    "trading_names": ["Alder"],
    "group": "GRP_1",
    "fca": "none",
    "address": "1 High St, Leeds",
}
BIRCH: Final = {"id": "ORG_B", "legal_name": "Birch Home Services Ltd", "group": "GRP_1"}
PENROSE: Final = {"id": "ORG_P", "legal_name": "Penrose Pensions Ltd", "fca": "authorised"}
HARBOUR: Final = {"id": "ORG_H", "legal_name": "Harbour Lights Trust", "charity": True}
BECK: Final = {"id": "OP_1", "legal_name": "Beck Contact Ltd", "fca": "none"}
NAMES: Final = {"ORG_A": "Alder Energy", "ORG_P": "Penrose Pensions Ltd", "ORG_H": "Harbour Lights Trust"}
FRESH: Final = {"extracted_on": "2026-11-20", "listed": False}


def a_case(
    *,
    at: str | None = MONDAY,
    channel: str = "live_call",
    to: str | None = None,
    campaign: dict[str, Any] | None = None,
    request: dict[str, Any] | None = None,
    line: dict[str, Any] | None = None,
    registers: dict[str, Any] | None = None,
    **rest: Any,
) -> dict[str, Any]:
    """Return a case as JSON values: a plain lawful request, with what is given set over it."""
    point = to or POINTS.get(channel, LINE)
    return {
        "at": at,
        "organisations": [ALDER, BIRCH, PENROSE, HARBOUR, BECK],
        "campaign": {**a_campaign(channel), **(campaign or {})},
        "request": {"to": point, "channel": channel, **(request or {})},
        "line": {
            "subscriber": "individual",
            "person": "P1",
            "number_type": "mobile" if point == MOBILE else None,
            **(line or {}),
        },
        "registers": {"tps": FRESH, "ctps": FRESH, **(registers or {})},
        **rest,
    }


def a_campaign(channel: str = "live_call", principal: str = "ORG_A") -> dict[str, Any]:
    """Return a lawful general campaign."""
    return {
        "id": "C1",
        "principal": principal,
        "operator": "OP_1",
        "purpose": "general",
        "topic": "solar",
        "channel": channel,
        "dial_mode": "preview" if channel == "live_call" else None,
        "caller_id": "+442079460100",
        "announced_name": NAMES[principal],
        "contact_address": "1 High St, Leeds",
        "freephone": "+448081570123",
        "classification": {"by": "J. Reviewer", "promotional": True, "lead_gathering": False},
        "message": {
            "identifies_sender": True,
            "opt_out_route": "url",
            "product_category": "solar",
            "states_name": True,
            "states_contact": True,
        },
    }


def a_consent(**changes: Any) -> dict[str, Any]:
    """Return a complete own consent to live general calls; its line follows its first channel."""
    channels = changes.get("channels", ["live_call"])
    return {
        "id": "con_1",
        "contact_point": POINTS.get(channels[-1] if channels else "", LINE),
        "principal": "ORG_A",
        "named_as": "Alder Energy Ltd",
        "channels": channels,
        "purposes": ["general"],
        "given_at": "2026-10-01T12:00:00Z",
        "recorded_at": "2026-10-01T12:00:02Z",
        "method": "web_form",
        "wording": {"version": "w3"},
        "proof": {"kind": "form_log", "ref": "forms/1", "sha256": "7c" * 32},
        "given_by": "subscriber",
        "source": "own",
        "specific": True,
        **changes,
    }


def an_objection(*, scope: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """Return an objection to calls by the principal, three weeks old."""
    return {
        "id": "obj_1",
        "contact_point": LINE,
        "person": "P1",
        "principal": "ORG_A",
        "operator": "OP_1",
        "kind": "objection",
        "scope": {"reach": "principal", "channels": "voice", **(scope or {})},
        "effective_at": "2026-11-01T12:00:00Z",
        "recorded_at": "2026-11-01T12:00:01Z",
        "source": "agent",
        **changes,
    }


def a_solicitation(**changes: Any) -> dict[str, Any]:
    """Return yesterday's request to be rung about solar."""
    return {
        "id": "sol_1",
        "contact_point": LINE,
        "principal": "ORG_A",
        "topic": "solar",
        "channels": ["live_call"],
        "requested_at": "2026-11-22T12:00:00Z",
        **changes,
    }


def a_relationship(kind: str = "sale", **changes: Any) -> dict[str, Any]:
    """Return a complete relationship of one kind with the line it is usually about."""
    return {
        "contact_point": LINE if kind == "pension_client" else MOBILE,
        "principal": {"sale": "ORG_A", "charity": "ORG_H", "pension_client": "ORG_P"}[kind],
        "kind": kind,
        "product_category": "solar",
        "own_sale": True,
        "collected_at": "2026-03-10T12:00:00Z",
        "refusal_offered_at_collection": True,
        "refusal_offered_since": True,
        "reasonably_envisaged": True,
        "contrived": False,
        **changes,
    }


def judged(record: dict[str, Any], book: StatuteBook = BOOK) -> Verdict:
    """Return the verdict on a case given as JSON values, read as the doors read it."""
    return judge(read_case(json.dumps(record)), book)


def codes_of(verdict: Verdict) -> set[str]:
    """Return every code a verdict carries, reasons, details and obligations alike."""
    return {*(reason.code for reason in verdict.reasons), *verdict.details, *verdict.obligations}


def instant(text: str) -> datetime:
    """Return the aware instant of an RFC 3339 text."""
    return datetime.fromisoformat(text)


def built(row: dict[str, Any]) -> dict[str, Any]:
    """Return the case of one row of `cases/*.jsonl`: what it changes, set over the plain case."""
    makers = {
        "consents": a_consent,
        "objections": an_objection,
        "solicitations": a_solicitation,
        "relationships": a_relationship,
    }
    given = dict(row["given"])
    for name, make in makers.items():
        if name in given:
            given[name] = [make(**changes) for changes in given[name]]
    if given.get("principal"):
        principal = given.pop("principal")
        given["campaign"] = {
            "principal": principal,
            "announced_name": NAMES[principal],
            **given.get("campaign", {}),
        }
    return a_case(**given)
