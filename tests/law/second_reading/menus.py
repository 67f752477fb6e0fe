"""What may change in each kind of record, in the campaign and about the line; and what may be missing."""

from datetime import timedelta

from tests.law.second_reading.edits import CALLERS, DAY, NUMBERS, Change, moved, put, put_each

CONSENT_CHANGES: list[Change] = [
    put_each("consents", "principal", "ORG_B", "ORG_A", "ORG_C"),
    put_each(
        "consents",
        "named_as",
        None,
        "Birch Home Services Ltd",
        "Alder",
        "Penrose Pensions Ltd",
        "our partners",
    ),
    put_each(
        "consents",
        "channels",
        ["live_call"],
        ["automated_call"],
        ["voicemail_drop"],
        ["sms"],
        ["email"],
        ["live_call", "automated_call", "voicemail_drop", "sms", "email"],
        [],
    ),
    put_each(
        "consents", "purposes", ["general"], ["claims"], ["pensions"], ["general", "claims", "pensions"], []
    ),
    put_each("consents", "method", None),
    put_each("consents", "wording", None, {}),
    put_each(
        "consents",
        "proof",
        None,
        {"kind": "form_log", "ref": "forms/1"},
        {"kind": "form_log", "sha256": "7c" * 32},
    ),
    put_each("consents", "given_by", None, "user"),
    put_each("consents", "specific", False, None),
    put_each("consents", "obtained_in_breach", True),
    put_each("consents", "source", "third_party", None),
    put_each("consents", "contact_point", "+442079460124"),
    moved("consents", "given_at", timedelta(), -DAY, DAY, 182 * DAY, 730 * DAY, 731 * DAY),
    moved("consents", "recorded_at", timedelta(), -DAY),
    moved("consents", "withdrawn_at", timedelta(), DAY, 40 * DAY, 60 * DAY),
    moved("consents", "expires_at", timedelta(), DAY, -DAY),
    moved("consents", "last_interaction_at", timedelta(), DAY, 40 * DAY, 300 * DAY, 730 * DAY),
]
RELATIONSHIP_CHANGES: list[Change] = [
    put_each("relationships", "principal", "ORG_B"),
    put_each("relationships", "contact_point", "+442079460124"),
    put_each("relationships", "product_category", "holidays", None),
    *(
        put_each("relationships", name, False, None)
        for name in (
            "own_sale",
            "refusal_offered_at_collection",
            "refusal_offered_since",
            "reasonably_envisaged",
        )
    ),
    put_each("relationships", "contrived", True, None),
    put_each("relationships", "collected_at", None, "2026-02-04T23:59:59+00:00", "2026-02-05T00:00:00+00:00"),
    moved("relationships", "collected_at", timedelta(), DAY),
    put("campaign.message", "sole_charitable_purpose", True, False),
    put("campaign.message", "product_category", "holidays", None),
]
CAMPAIGN_CHANGES: list[Change] = [
    put("campaign", "purpose", "general", "claims", "pensions", "service", "research"),
    put("campaign", "topic", "windows", None),
    put("campaign", "brand", "Brand Y", "Brand Z"),
    put("campaign", "operator", "OP_1", "ORG_P", "ORG_A"),
    put("campaign", "caller_id", *CALLERS),
    put("campaign", "announced_name", None, "Alder", "Alder Energy", "Cedar Windows Ltd", ""),
    put("campaign", "contact_address", None),
    put("campaign", "freephone", None),
    put("campaign", "sector", "funeral_plans", "cars"),
    put("campaign.classification", "promotional", True, False),
    put("campaign.classification", "lead_gathering", True, False),
    put("campaign.classification", "by", None),
    put("campaign.message", "identifies_sender", False, None),
    put("campaign.message", "opt_out_route", None, "reply_stop", "email", "url"),
    put("campaign.message", "states_name", False, None),
    put("campaign.message", "states_contact", False, None),
    put("request", "channel", "live_call", "automated_call", "voicemail_drop", "sms", "email", "fax"),
    put("request", "brand", "Brand Y", None),
    put("request", "dial_mode", "preview", "predictive"),
]
LINE_CHANGES: list[Change] = [
    put("request", "to", *NUMBERS),
    put("line", "subscriber", "corporate", "unknown", None),
    put("line", "wrong_person", True),
    put("line", "no_contact", "deceased", "vulnerable", "legal"),
    put("line", "company", "CO_1"),
    put("line", "person", None, "P2"),
    put("policy", "tps_grace", "statutory"),
    put("policy", "holidays", ["ENG", "WLS"], ["SCT"], ["NIR"], [], None),
    put("policy", "consent_shelf_life_months", 1, 6, 12, 24),
    put("stores", "objections", "down"),
    put("stores", "ledger", "down"),
    *(
        put(f"organisations.{index}", "fca", "authorised", "appointed_representative", "none")
        for index in (0, 5)
    ),
    put("organisations.5", "pension_trustee", True),
]
REMOVABLE: list[tuple[str | None, str]] = [
    (None, "at"),
    (None, "organisations"),
    (None, "line"),
    (None, "registers"),
    (None, "conduct"),
    (None, "stores"),
    ("campaign", "principal"),
    ("campaign", "operator"),
    ("campaign", "purpose"),
    ("campaign", "caller_id"),
    ("campaign", "classification"),
    ("campaign", "message"),
    ("request", "to"),
    ("registers", "tps"),
    ("registers", "ctps"),
]
