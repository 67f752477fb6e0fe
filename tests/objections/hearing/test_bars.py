"""The bars that hearing must pass, on turns it was never trained on and on ordinary telephone talk."""

from pathlib import Path

import pytest

from dialer.objections.hearing import Outcome, hear
from dialer.objections.hearing.evaluate import Judged, figures, judge
from dialer.objections.hearing.labelled import read_labelled
from dialer.objections.hearing.templates import drawn, slots_in, templates_in

HERE = Path(__file__).parent / "data"
TRAINING = Path(hear.__code__.co_filename).parent / "training"
TURNS = 5_000


@pytest.fixture(scope="module")
def kept() -> list[Judged]:
    files = [HERE / "dev.jsonl", *sorted(HERE.glob("challenge_*.txt"))]
    return judge(item for place in files for item in read_labelled(place) if item.is_kept)


def test_the_kept_split_is_large_enough_to_mean_something(kept: list[Judged]) -> None:
    assert len(kept) > 400
    assert sum(one.item.label == "opt_out" for one in kept) > 200


def test_objections_are_heard_in_force_and_wide_enough(kept: list[Judged]) -> None:
    counted = figures(kept)

    assert counted.held is not None and counted.held >= 0.95
    assert counted.in_force is not None and counted.in_force >= 0.88
    assert counted.covered is not None and counted.covered >= 0.95


def test_confusable_turns_are_seldom_put_in_force(kept: list[Judged]) -> None:
    counted = figures(kept)

    assert counted.hard_in_force is not None and counted.hard_in_force <= 0.10


def test_ordinary_talk_is_left_alone() -> None:
    turns = drawn(
        templates_in(HERE / "ordinary.txt"), slots_in(TRAINING / "slots.txt"), count=TURNS, seed=20261123
    )

    outcomes = [hear(turn).outcome for turn in turns]

    assert outcomes.count(Outcome.IN_FORCE) * 10_000 / TURNS <= 10
    assert outcomes.count(Outcome.POSSIBLE) * 10_000 / TURNS <= 60


def test_a_talk_in_its_natural_order_is_left_alone() -> None:
    turns = templates_in(HERE / "ordinary_turns.txt")

    held = [turn for turn in turns if hear(turn).outcome is not Outcome.NONE]

    assert len(turns) > 90
    assert held == []
