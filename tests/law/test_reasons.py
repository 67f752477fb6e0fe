"""The catalogue: every code has its words, and an agent can say them in one breath."""

import copy
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from dialer.errors import Misconfigured
from dialer.law.codes import Code
from dialer.law.reasons import RuleKind, catalogue, kind_of, read_catalogue


def table() -> dict[str, Any]:
    return copy.deepcopy(tomllib.loads((files("dialer.law") / "reasons.toml").read_text("utf-8")))


@pytest.mark.parametrize("code", list(Code))
def test_a_code_has_its_words(code: Code) -> None:
    words = catalogue()[code]
    assert words.text
    assert words.citation.provision
    assert 1 <= len(words.say.split()) <= 12


@pytest.mark.parametrize("code", [code for code in Code if catalogue()[code].kind == "law"])
def test_a_rule_of_law_links_to_its_text(code: Code) -> None:
    assert catalogue()[code].citation.url.startswith("https://")


@pytest.mark.parametrize(
    ("prefix", "kinds"), [("E_", {"engine"}), ("POLICY_", {"policy"}), ("UK_R", {"law"}), ("UK_O", {"code"})]
)
def test_a_code_begins_as_its_kind_does(prefix: str, kinds: set[str]) -> None:
    found = {words.kind for code, words in catalogue().items() if code.startswith(prefix)}
    assert found == kinds


def test_a_missing_code_is_named() -> None:
    bad = table()
    del bad["UK_R21_CLEAR"]
    with pytest.raises(Misconfigured, match="UK_R21_CLEAR"):
        read_catalogue(bad)


def test_an_unknown_code_is_named() -> None:
    with pytest.raises(Misconfigured, match="UK_R99"):
        read_catalogue({**table(), "UK_R99": {}})


@pytest.mark.parametrize("words", [1, 12])
def test_a_say_of_one_to_twelve_words_is_taken(words: int) -> None:
    good = table()
    good["UK_R21_CLEAR"]["say"] = " ".join(["word"] * words)
    assert read_catalogue(good)[Code.UK_R21_CLEAR].say.count("word") == words


def test_a_rule_is_the_laws_or_a_codes_or_policys_or_the_engines_own() -> None:
    bad = table()
    bad["UK_R21_CLEAR"]["kind"] = "custom"
    with pytest.raises(ValueError, match="custom"):
        read_catalogue(bad)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("UK_R21_CLEAR", RuleKind.LAW),
        ("UK_HOURS_OUTSIDE", RuleKind.CODE),
        ("UK_FREQ_CAP", RuleKind.POLICY),
        ("E_INPUT_INCOMPLETE", RuleKind.ENGINE),
        ("UK_R21_OF_AN_OLDER_RELEASE", None),
    ],
)
def test_a_code_says_whose_rule_it_is(code: str, kind: RuleKind | None) -> None:
    assert kind_of(code) is kind


@pytest.mark.parametrize("say", ["", " ".join(["word"] * 13)])
def test_a_say_nobody_can_say_is_refused(say: str) -> None:
    bad = table()
    bad["UK_R21_CLEAR"]["say"] = say
    with pytest.raises(Misconfigured, match="12 words"):
        read_catalogue(bad)


def test_a_supervisors_own_words_are_taken() -> None:
    own = table()
    own["UK_R21_CLEAR"]["say"] = "Fine to call."
    assert read_catalogue(own)[Code.UK_R21_CLEAR].say == "Fine to call."
