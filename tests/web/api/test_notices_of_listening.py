"""A campaign that records or listens is saved with its notice or not at all."""

import pytest

from tests.web.api.conftest import CAMPAIGN, Caller, pointers

TOLD = {"wording": "Our calls are recorded and a machine listens for a no.", "said_by": "agent"}


@pytest.mark.parametrize(
    "wanted", [{"recording": "full"}, {"recording": "opt_out_clip"}, {"hearing": "live"}]
)
def test_without_a_notice_it_is_refused_with_the_law(centre: Caller, wanted: dict[str, str]) -> None:
    refused = centre.put("/v1/campaigns/C1", CAMPAIGN | wanted)
    assert (refused.status_code, pointers(refused)) == (422, ["/notice/wording", "/notice/said_by"])
    text = refused.get_data(as_text=True)
    for law in ("Investigatory Powers Act 2016", "SI 2018/356 reg 4", "UK GDPR Art 13 and 14"):
        assert law in text
    kept = centre.get("/v1/campaigns/C1").json
    assert kept is not None
    assert (kept["recording"], kept["hearing"]) == (None, None)


@pytest.mark.parametrize(
    ("notice", "at"),
    [
        (TOLD | {"wording": "  "}, ["/notice/wording"]),
        (TOLD | {"said_by": None}, ["/notice/said_by"]),
        ({}, ["/notice/wording", "/notice/said_by"]),
    ],
)
def test_half_a_notice_is_none(centre: Caller, notice: dict[str, str | None], at: list[str]) -> None:
    refused = centre.put("/v1/campaigns/C1", CAMPAIGN | {"recording": "full", "notice": notice})
    assert (refused.status_code, pointers(refused)) == (422, at)


@pytest.mark.parametrize("said_by", ["agent", "message"])
def test_with_its_notice_it_is_saved_as_it_was_sent(centre: Caller, said_by: str) -> None:
    wanted = {"recording": "full", "hearing": "live", "notice": TOLD | {"said_by": said_by}}
    assert centre.put("/v1/campaigns/C1", CAMPAIGN | wanted).status_code == 200
    kept = centre.get("/v1/campaigns/C1").json
    assert kept is not None
    assert {name: kept[name] for name in wanted} == wanted


@pytest.mark.parametrize("quiet", [{"recording": "none"}, {"hearing": "off"}, {"hearing": "keypad"}, {}])
def test_what_neither_records_nor_listens_needs_none(centre: Caller, quiet: dict[str, str]) -> None:
    assert centre.put("/v1/campaigns/C1", CAMPAIGN | quiet).status_code == 200
