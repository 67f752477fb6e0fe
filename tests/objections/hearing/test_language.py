"""Text that is not English is never taken for silence, and English never for a foreign tongue."""

import pytest

from dialer.objections.hearing import FOREIGN_STOP, LANGUAGE_UNCLEAR, Label, Outcome, hear
from dialer.objections.hearing.language import language_of
from dialer.objections.hearing.vocabulary import table


@pytest.mark.parametrize(
    "said",
    [
        "nie mówię po angielsku",
        "je ne parle pas anglais",
        "我不会说英语",
        "mujhe english nahi aati",
        "أنا لا أتكلم الإنجليزية",
    ],
)
def test_another_language_is_possible_never_none(said: str) -> None:
    heard = hear(said)

    assert heard.outcome is Outcome.POSSIBLE
    assert LANGUAGE_UNCLEAR in heard.flags


@pytest.mark.parametrize(
    "said",
    [
        "yeah mm hello",
        "yeah",
        "Llanfairpwll Gwynedd",
        "it's spelt w r l b",
        "ok",
        "mo dot patel at eon dot co dot uk",
        "aye",
    ],
)
def test_short_or_odd_english_is_not_taken_for_another_language(said: str) -> None:
    assert not language_of(said).is_unclear


@pytest.mark.parametrize("tongue", ["welsh", "polish", "urdu", "punjabi", "bengali", "romanian", "arabic"])
def test_every_stop_phrase_of_the_table_is_possible_and_marked_unchecked(tongue: str) -> None:
    for phrase in table("words", "languages")["stop"][tongue]["phrases"]:
        heard = hear(f"{phrase}!")

        assert (heard.label, heard.outcome) == (Label.OPT_OUT, Outcome.POSSIBLE), phrase
        assert FOREIGN_STOP in heard.flags


def test_no_table_claims_to_be_checked_without_a_name() -> None:
    stops = table("words", "languages")["stop"]

    assert {entry["checked_by"] for entry in stops.values()} == {""}
