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


@pytest.mark.parametrize("form", ["Ltd", "plc", "LLP", "LP", "CIC", "CIO", "Limited Partnership"])
def test_a_legal_form_may_be_left_out(form: str) -> None:
    assert is_own_name("Elm", Organisation(id="X", legal_name=f"Elm {form}"))
    assert not is_own_name(f"Elm {form}", Organisation(id="X", legal_name="Elm"))


@pytest.mark.parametrize("name", ["CIC", "Limited Partnership"])
def test_who_trades_by_the_word_for_a_legal_form_is_called_so(name: str) -> None:
    assert is_own_name(name, Organisation(id="X", trading_names=(name,)))


def test_who_has_no_name_is_not_called_by_signs_alone() -> None:
    assert not is_own_name("...", Organisation(id="X"))


@pytest.mark.parametrize("text", ["A Ltd,", ", A Ltd", "A Ltd, and "])
def test_a_list_that_breaks_off_names_nobody_after_it(text: str) -> None:
    assert names_listed(text) == ("A Ltd",)


def test_the_names_of_a_list_are_taken_apart() -> None:
    assert names_listed("A Ltd, B and C; D / E") == ("A Ltd", "B", "C", "D", "E")
