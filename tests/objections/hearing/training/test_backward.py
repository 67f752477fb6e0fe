"""The way back through the network is the slope of the way there, tried against small steps."""

import numpy as np
import pytest

from dialer.objections.hearing.meaning.layers import DEPTH, STEPS, WIDTH, LeftOut, forward
from dialer.objections.hearing.training.backward import backward

_TURNS, _LENGTH, _ANSWERS = 3, 7, 4
_STEP = 1e-5


def _weights(chance: np.random.Generator) -> dict[str, np.ndarray]:
    shapes = {
        "entry": (DEPTH, WIDTH),
        "entry_bias": (WIDTH,),
        "read": (2 * WIDTH, WIDTH),
        "read_bias": (WIDTH,),
        "answer": (WIDTH, _ANSWERS),
        "answer_bias": (_ANSWERS,),
        **{f"look{at}": (3, WIDTH, 2 * WIDTH) for at in range(len(STEPS))},
        **{f"look{at}_bias": (2 * WIDTH,) for at in range(len(STEPS))},
    }
    return {name: chance.normal(size=shape) * 0.08 for name, shape in shapes.items()}


@pytest.mark.parametrize("seed", range(3))
def test_slopes_are_those_of_small_steps(seed: int) -> None:
    chance = np.random.default_rng(seed)
    weights, entry = _weights(chance), chance.normal(size=(_TURNS, _LENGTH, DEPTH))
    mask = np.ones((_TURNS, _LENGTH))
    mask[0, 4:] = mask[2, 2:] = 0
    left_out = LeftOut(
        tuple((chance.random((_TURNS, _LENGTH, WIDTH)) < 0.8) / 0.8 for _ in STEPS),
        (chance.random((_TURNS, 2 * WIDTH)) < 0.7) / 0.7,
        (chance.random((_TURNS, WIDTH)) < 0.7) / 0.7,
    )
    wrong = chance.normal(size=(_TURNS, _ANSWERS))
    slopes, by_entry = backward(
        weights, forward(weights, entry, mask, left_out), entry, mask, left_out, wrong
    )

    for name, values in [*weights.items(), ("by entry", entry)]:
        place = tuple(int(chance.integers(size)) for size in values.shape)
        before = values[place]
        values[place] = before + _STEP
        above = (forward(weights, entry, mask, left_out).out * wrong).sum()
        values[place] = before - _STEP
        below = (forward(weights, entry, mask, left_out).out * wrong).sum()
        values[place] = before
        slope = (by_entry if name == "by entry" else slopes[name])[place]
        assert slope == pytest.approx((above - below) / (2 * _STEP), abs=1e-6), name
