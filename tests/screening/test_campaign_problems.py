"""What forbids saving a campaign: what its calls would be refused for, whoever is called."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from dialer.calls.campaign import Campaign
from dialer.calls.organisation import Organisation
from dialer.screening.campaign_problems import campaign_problems
from tests.law.building import BOOK, a_campaign

ORGANISATIONS = (
    Organisation(id="ORG_A", legal_name="Alder Energy Ltd", trading_names=("Alder",)),
    Organisation(id="OP_1", legal_name="Beck Contact Ltd"),
)


def pointers(channel: str = "live_call", **changes: Any) -> list[str]:
    shape = {name: value for name, value in {**a_campaign(channel), **changes}.items() if value is not None}
    campaign = TypeAdapter(Campaign).validate_json(TypeAdapter(Any).dump_json(shape))
    return [fault.pointer for fault in campaign_problems(campaign, ORGANISATIONS, BOOK)]


@pytest.mark.parametrize("channel", ["live_call", "automated_call", "voicemail_drop", "sms", "email"])
def test_a_lawful_campaign_may_be_saved(channel: str) -> None:
    assert pointers(channel) == []


@pytest.mark.parametrize(
    ("channel", "changes", "found"),
    [
        ("live_call", {"announced_name": "Best Deals"}, ["/announced_name"]),
        ("live_call", {"announced_name": None}, ["/announced_name"]),
        ("sms", {"announced_name": "Best Deals"}, ["/announced_name", "/message/identifies_sender"]),
        ("live_call", {"caller_id": None}, ["/caller_id"]),
        ("live_call", {"caller_id": "withheld"}, ["/caller_id"]),
        ("automated_call", {"caller_id": "09012345678"}, ["/caller_id"]),
        ("live_call", {"classification": None}, ["/classification/by"]),
        ("automated_call", {"contact_address": None, "freephone": None}, ["/contact_address"]),
        ("sms", {"message": {"identifies_sender": True}}, ["/message/opt_out_route"]),
        ("live_call", {"principal": "ORG_Z"}, ["/principal", "/announced_name"]),
        ("live_call", {"operator": "ORG_Z"}, ["/operator"]),
        ("live_call", {"purpose": None}, ["/purpose"]),
    ],
)
def test_an_unlawful_campaign_is_pointed_at(channel: str, changes: dict[str, Any], found: list[str]) -> None:
    assert sorted(pointers(channel, **changes)) == sorted(found)


def test_a_live_campaign_without_contact_may_be_saved() -> None:
    assert pointers(contact_address=None, freephone=None) == []


def test_a_service_campaign_need_not_show_what_marketing_must() -> None:
    assert pointers(purpose="service", classification={"by": "J"}, announced_name=None, message=None) == []
