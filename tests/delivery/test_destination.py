"""Which withdrawals a destination is told of."""

import pytest

from dialer.delivery.destination import channels_named
from dialer.delivery.notice import notices_for
from tests.delivery.notices import NOW, destination, withdrawal

ALL = frozenset({"calls", "texts", "email", "post"})


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("all", ALL),
        (None, ALL),
        ([], ALL),
        ("voice", {"calls"}),
        ("text", {"texts", "email"}),
        (["calls", "post"], {"calls", "post"}),
        ("what is this", ALL),
        (["calls", "fax"], ALL),
    ],
)
def test_words_of_a_scope_stand_for_channels_and_doubt_for_all(named: object, meant: set[str]) -> None:
    assert channels_named(named) == meant


@pytest.mark.parametrize(
    ("channels", "scope", "is_told"),
    [
        (("calls",), {"reach": "principal", "channels": "all"}, True),
        (("calls",), {"reach": "principal", "channels": "voice"}, True),
        (("calls",), {"reach": "principal", "channels": "text"}, False),
        (("email", "texts"), {"reach": "principal", "channels": ["email"]}, True),
        (("texts",), {"reach": "principal", "channels": ["calls"]}, False),
        (("texts",), {}, True),
    ],
)
def test_a_destination_hears_of_its_channels(
    channels: tuple[str, ...], scope: dict[str, object], is_told: bool
) -> None:
    there = destination(channels=channels)
    assert bool(notices_for(withdrawal(scope=scope), destinations=[there], at=NOW)) is is_told


@pytest.mark.parametrize(
    ("reaches", "reach", "is_told"),
    [
        (("principal", "no_contact"), "principal", True),
        (("principal",), None, True),
        (("principal",), "campaign", False),
        (("campaign",), "campaign", True),
        (("campaign",), "something new", True),
    ],
)
def test_a_destination_hears_of_its_reaches(
    reaches: tuple[str, ...], reach: str | None, is_told: bool
) -> None:
    scope = {"reach": reach, "channels": "all"}
    there = destination(reaches=reaches)
    assert bool(notices_for(withdrawal(scope=scope), destinations=[there], at=NOW)) is is_told
