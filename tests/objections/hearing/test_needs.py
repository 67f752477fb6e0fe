"""The quick look before a pattern must never hide a match."""

from pathlib import Path

import pytest

from dialer.objections.hearing.labelled import read_labelled
from dialer.objections.hearing.needs import words_needed
from dialer.objections.hearing.rulebook import rulebook
from dialer.objections.hearing.spoken import listen

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("stop it", {"stop it"}),
        ("(?:stop|quit) (?:now )?", {"stop", "quit"}),
        (r"(?:\w+ )?list", {"list"}),
        (r"(?<!do )(?:never|not) x", {"never", "not"}),
        ("alpha|beta", {"alpha", "beta"}),
        (r"\w+", None),
        ("(?:optional )?", None),
    ],
)
def test_what_a_pattern_needs_is_read_from_it(pattern: str, needed: set[str] | None) -> None:
    assert words_needed(pattern) == needed


def test_no_rule_loses_a_match_to_the_quick_look() -> None:
    book = rulebook()
    sayings = [saying for rule in (*book.rules, *book.frames) for saying in rule.says]

    for item in read_labelled(DATA / "challenge_objections.txt"):
        read = listen(item.text).read
        tried = book.worth_trying(read)

        lost = [saying for saying in sayings if saying not in tried and saying.pattern.search(read)]

        assert lost == [], item.text
