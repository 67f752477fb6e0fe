"""A network learns from lessons, and the same lessons teach the same."""

import random

import numpy as np

from dialer.objections.hearing.meaning.sight import Sight
from dialer.objections.hearing.training.learning import learn
from dialer.objections.hearing.training.lessons import Lesson, among_talk


def _lessons() -> list[Lesson]:
    draw = random.Random(1)
    things = ["kettle", "window", "boiler", "garden", "mother", "vicar", "car", "dog"]
    made = []
    for at in range(160):
        objects = at % 2 == 0
        words = (draw.choice(things), "halt" if objects else "carry", draw.choice(things))
        made.append(Lesson(Sight(words, ((),) * 3), "opt_out" if objects else "none", "", 1.0, not objects))
    return made


def test_a_word_that_tells_is_learned() -> None:
    learned = learn(_lessons(), seed=1, rounds=12)

    answers = learned.weights["words"] @ learned.weights["entry"]
    assert np.abs(answers[learned.words["halt"]] - answers[learned.words["carry"]]).max() > 0.2


def test_the_same_lessons_and_seed_teach_the_same() -> None:
    first, again = (learn(_lessons(), seed=2, rounds=1) for _ in range(2))

    assert first.words == again.words
    assert all(np.array_equal(weight, again.weights[name]) for name, weight in first.weights.items())


def test_among_talk_a_turn_keeps_its_label_and_its_words() -> None:
    lesson = Lesson(
        Sight(("please", "stop", "ringing", "my", "mother"), ((),) * 5), "opt_out", "", 1.0, False
    )
    talk = Lesson(Sight(("the", "kettle", "is", "on"), ((),) * 4), "none", "", 1.0, True)

    met = [among_talk([lesson, talk], random.Random(seed))[0] for seed in range(30)]

    assert {one.label for one in met} == {"opt_out"}
    assert all("please stop ringing my mother" in " ".join(one.sight.words) for one in met)
    assert len({one.sight for one in met}) > 1
