"""What the network says of a turn, and on which words it rests."""

import numpy as np
import pytest

from dialer.objections.hearing.heard import Label
from dialer.objections.hearing.meaning import LABELS, Meaning, meaning_of
from dialer.objections.hearing.meaning.sight import MAX_WORDS, sight_of
from dialer.objections.hearing.reading import reading_of


def _meaning(said: str) -> Meaning:
    return meaning_of(sight_of(reading_of(said)))


@pytest.mark.parametrize(
    ("objection", "likeness"),
    [
        ("stop ringing my mother", "my mother keeps ringing the doctor"),
        ("take me off your list", "take the shed off the quote"),
        ("you lot never stop", "the rain never stops up here"),
    ],
)
def test_an_objection_scores_above_its_likeness(objection: str, likeness: str) -> None:
    assert _meaning(objection).score > 0 > _meaning(likeness).score


def test_labels_are_shares_of_one() -> None:
    likely = _meaning("she passed away in march").labels

    assert sum(likely) == pytest.approx(1)
    assert LABELS[int(np.argmax(likely))] is Label.DECEASED


def test_the_words_that_told_have_the_greatest_shares() -> None:
    said = "it is a lovely morning and the kettle is on but stop ringing me"

    sight = sight_of(reading_of(said))
    shares = dict(zip(sight.words, meaning_of(sight).shares, strict=True))

    assert max(shares["STOP"], shares["RINGING"]) > max(shares["kettle"], shares["lovely"])


def test_a_turn_without_words_means_nothing() -> None:
    meaning = _meaning("...")

    assert meaning.score < -5
    assert meaning.labels[LABELS.index(Label.NONE)] == 1


def test_the_same_turn_always_means_the_same() -> None:
    assert _meaning("give it a rest will you") == _meaning("give it a rest will you")


def test_of_a_long_turn_both_ends_are_seen() -> None:
    sight = sight_of(reading_of("first word " + "so the man came and went " * 60 + "very last"))

    assert len(sight.words) == len(sight.findings) == MAX_WORDS
    assert (sight.words[0], sight.words[-1]) == ("first", "last")
