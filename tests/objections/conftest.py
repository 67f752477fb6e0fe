"""A house in which calls are allowed, so that a no makes a difference."""

from pathlib import Path

import pytest

from tests.doubles.house import House


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    """A wired house with both registers loaded and nobody listed."""
    made = House(redis_url, tmp_path)
    made.load_register("tps")
    made.load_register("ctps")
    return made
