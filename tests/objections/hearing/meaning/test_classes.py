"""What words are about, and how an ending hides nothing."""

import pytest

from dialer.objections.hearing.meaning.classes import class_names, classes_of


def _about(word: str) -> set[str]:
    return {class_names()[at] for at in classes_of(word)}


@pytest.mark.parametrize("word", ["mither", "mithering", "mithered", "pestering", "nagging"])
def test_words_for_bothering_are_one_class_whatever_their_ending(word: str) -> None:
    assert "bother_act" in _about(word)


@pytest.mark.parametrize(
    ("word", "name"), [("RING", "contact_act"), ("vicar", "clergy"), ("boiler", "energy_thing")]
)
def test_a_word_is_about_what_its_class_says(word: str, name: str) -> None:
    assert name in _about(word)


def test_a_word_of_no_table_is_about_nothing() -> None:
    assert classes_of("zzyzx") == ()


def test_classes_are_broad() -> None:
    assert len(class_names()) > 80
