"""One sound request a door, so that nothing but the store can be what is wrong."""

from typing import Any

from tests.web.api.conftest import CAMPAIGN, NUMBER, ORGANISATION, Form

BODIES: dict[str, Any] = {
    "screen_call": {"to": NUMBER, "campaign": "C1"},
    "put_organisation": ORGANISATION,
    "put_policy": {"tps_grace": "statutory"},
    "put_campaign": CAMPAIGN,
    "put_agent": {"name": "Ann"},
    "post_objection": {"contact_point": NUMBER, "principal": "ORG_A"},
    "post_consent": {
        "contact_point": NUMBER,
        "principal": "ORG_A",
        "channels": ["live_call"],
        "purposes": ["general"],
        "given_at": "2026-10-01T09:00:00Z",
    },
    "post_solicitation": {
        "contact_point": NUMBER,
        "principal": "ORG_A",
        "topic": "solar",
        "channels": ["live_call"],
        "requested_at": "2026-11-20T09:00:00Z",
    },
    "post_relationship": {"contact_point": NUMBER, "principal": "ORG_A", "kind": "sale"},
    "look_up_line": {"number": NUMBER},
    "retry_destination": {},
    "put_destination": {"name": "CRM", "url": "https://crm.example/hooks"},
    "redeem_permit": {"permit": "rfk_x", "call_ref": "CA1"},
    "judge_case": {"at": "2026-11-23T10:00:00Z"},
    "place_call": {"agent": "a1", "to": NUMBER, "campaign": "C1"},
    "post_call_back": {"decision_id": "dec_x", "at": "2026-11-24T10:00:00Z", "topic": "solar"},
    "post_correction": {"why": "misheard", "note": "they said shop"},
    "post_mark_correction": {"why": "misreported", "note": "it was her neighbour"},
    "settle_review": {"outcome": "approve", "note": "heard the clip"},
    "put_line_facts": {"principal": "ORG_A", "subscriber": "individual", "persons": ["P1"]},
    "post_report": {"contact_point": NUMBER, "kind": "wrong_person", "person": "P1", "principal": "ORG_A"},
    "post_outcome": {"decision": "dec_x", "outcome": "answered", "at": "2026-11-23T10:00:00Z"},
    "post_wrap_up": {"decision": "dec_x", "code": "SALE", "raw": {"text": "sold"}},
    "put_wrap_up_codes": {"codes": {"NI": "refusal"}},
    "put_list": {"principal": "ORG_A", "supplier": "Lists Ltd", "say": "From Lists Ltd."},
    "put_own_line": {"kind": "staff", "owner": "Ann"},
    "post_own_line_code": {},
    "post_own_line_verification": {"code": "123456"},
    "begin_register_import": Form(extracted_on="2026-11-20", file=b"02079460123\n"),
    "begin_scrub": Form(campaign="C1", file=b"Phone\n02079460123\n"),
}
