"""A house with both registers loaded and nobody listed."""

from pathlib import Path

import pytest

from tests.doubles.house import House


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    """A wired house on the shared store, emptied."""
    made = House(redis_url, tmp_path)
    made.load_register("tps")
    made.load_register("ctps")
    return made
