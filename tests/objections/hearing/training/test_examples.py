"""What is learnt from: complete, the same each time, and without the kept third."""

from pathlib import Path

import pytest

from dialer.objections.hearing.labelled import read_labelled
from dialer.objections.hearing.training.examples import HERE, Example, Sources, all_examples

DATA = Path(__file__).parent.parent / "data"
LABELLED = [DATA / "dev.jsonl", DATA / "challenge_objections.txt"]
SOURCES = Sources(LABELLED, whole=[DATA / "voices.jsonl"])


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return all_examples(SOURCES)


def test_the_examples_are_the_same_each_time(examples: list[Example]) -> None:
    assert all_examples(SOURCES) == examples


def test_no_turn_of_the_kept_third_is_learnt_from(examples: list[Example]) -> None:
    learnt = {example.text.lower() for example in examples}
    kept = [item.text for path in LABELLED for item in read_labelled(path) if item.is_kept]

    assert len(kept) > 150
    assert not [text for text in kept if text.lower() in learnt]


def test_no_template_is_left_unfilled(examples: list[Example]) -> None:
    slots = {line.split(" = ")[0] for line in (HERE / "slots.txt").read_text().splitlines() if "_" in line}

    assert not [example.text for example in examples if "{" in example.text or "}" in example.text]
    assert not [example.text for example in examples if slots & set(example.text.split())]


def test_there_is_far_more_talk_than_objection(examples: list[Example]) -> None:
    objecting = sum(example.objects for example in examples)

    assert len(examples) > 40_000
    assert objecting < len(examples) / 2


def test_a_file_learnt_from_wholly_keeps_nothing_back(examples: list[Example]) -> None:
    learnt = {example.text for example in examples}
    usable = [item for item in read_labelled(SOURCES.whole[0]) if item.label == "opt_out"]

    assert [item.text for item in usable if item.is_kept]
    assert not [item.text for item in usable if item.text not in learnt]
