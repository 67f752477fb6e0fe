"""The line itself, checked against the code's own table; needs nothing that is fetched."""

import numpy as np
import pytest

from tests.interop.spoken.telephone import (
    LINE_RATE,
    SPEECH_LEVEL,
    compressed,
    expanded,
    over_the_line,
    resampled,
)
from tests.interop.spoken.turns import Kind, turns

EVERY_CODE = np.arange(256, dtype=np.uint8)


def tone(hertz: float, *, rate: int = 16_000, seconds: float = 1.0) -> np.ndarray:
    return 10_000 * np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate)


def loudness(sound: np.ndarray) -> float:
    return float(np.sqrt(np.mean(sound**2)))


@pytest.mark.parametrize(
    ("sample", "code"),
    [(0, 0xFF), (-1, 0x7F), (32_767, 0x80), (-32_768, 0x00), (1_000, 0xCE), (-1_000, 0x4E)],
)
def test_mu_law_is_that_of_g711(sample: int, code: int) -> None:
    assert compressed(np.array([float(sample)]))[0] == code


def test_every_code_but_the_second_nought_comes_back_as_itself() -> None:
    again = compressed(expanded(EVERY_CODE))
    assert set(EVERY_CODE[again != EVERY_CODE]) == {0x7F}
    assert len(set(expanded(EVERY_CODE))) == 255


def test_a_step_is_never_wider_than_a_sixteenth_of_the_sample() -> None:
    samples = np.arange(-32_000, 32_000, dtype=float)
    error = np.abs(expanded(compressed(samples)) - samples)
    assert (error <= np.maximum(8, np.abs(samples) / 16 + 4)).all()


def test_a_tone_survives_another_rate_and_one_outside_the_band_does_not() -> None:
    for hertz, is_heard in ((1_000.0, True), (150.0, False), (3_900.0, False)):
        heard = resampled(tone(hertz), rate=16_000, to=LINE_RATE, band=(300, 3_400))
        expected = tone(hertz, rate=LINE_RATE) if is_heard else np.zeros(LINE_RATE)
        assert np.abs(heard - expected).max() < 1


def test_noise_lies_as_far_below_the_voice_as_was_asked_and_is_the_same_again() -> None:
    quiet = over_the_line(tone(1_000), rate=16_000, noise_decibels=None, seed=1)
    noisy = [over_the_line(tone(1_000), rate=16_000, noise_decibels=20, seed=1) for _ in range(2)]
    assert np.array_equal(*noisy)
    assert loudness(quiet) == pytest.approx(SPEECH_LEVEL, rel=0.05)
    assert loudness(noisy[0] - quiet) == pytest.approx(SPEECH_LEVEL / 10, rel=0.1)


def test_the_turns_are_of_every_kind_and_none_comes_twice() -> None:
    counts = {kind: sum(turn.kind is kind for turn in turns()) for kind in Kind}
    assert counts[Kind.OBJECTION] >= 20
    assert min(counts.values()) >= 8
    assert len({turn.words for turn in turns()}) == len(turns())
