"""An organisation's own name: the legal form may be left out, never exchanged."""

import pytest

from dialer.calls.organisation import Organisation
from dialer.law.naming import is_own_name, names_listed

ALDER = Organisation(id="ORG_A", legal_name="Alder Energy Ltd", trading_names=("Alder", "Alder & Sons LLP"))


@pytest.mark.parametrize(
    "name",
    [
        "Alder Energy Ltd",
        "alder energy limited",
        "Alder Energy",
        "Ａlder",
        "Alder & Sons",
        "Alder  Energy, Ltd.",
    ],
)
def test_a_name_is_its_own(name: str) -> None:
    assert is_own_name(name, ALDER)


@pytest.mark.parametrize(
    "name",
    [None, "", "Ltd", "...", "Alder Energy LLP", "Alder Ltd", "Alder Energy plc", "Best Deals", "Alders"],
)
def test_a_name_is_not_its_own(name: str | None) -> None:
    assert not is_own_name(name, ALDER)


def test_nobody_has_no_name() -> None:
    assert not is_own_name("Alder", None)


def test_an_organisation_without_a_legal_name_has_its_trading_names() -> None:
    assert is_own_name("Alder", Organisation(id="X", trading_names=("Alder",)))


def test_a_plc_may_write_itself_out() -> None:
    assert is_own_name("Alder Public Limited Company", Organisation(id="X", legal_name="Alder plc"))


def test_the_names_of_a_list_are_taken_apart() -> None:
    assert names_listed("A Ltd, B and C; D / E") == ("A Ltd", "B", "C", "D", "E")
