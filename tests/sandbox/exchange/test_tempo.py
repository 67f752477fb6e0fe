"""Story time beside real time."""

import pytest

from dialer.sandbox.exchange.tempo import Tempo


@pytest.mark.parametrize(("speed", "story", "real"), [(1, 10, 10), (40, 10, 0.25), (0.5, 1, 2), (1, -5, 0)])
def test_a_wait_in_the_story_is_a_wait_in_earnest(speed: float, story: float, real: float) -> None:
    assert Tempo(speed).real_seconds(story) == real


def test_a_change_of_speed_neither_jumps_nor_goes_back() -> None:
    tempo = Tempo(1_000)
    before = tempo.now()

    tempo.run_at(0.01)

    after = tempo.now()
    assert before <= after
    assert tempo.now() - after < 1
