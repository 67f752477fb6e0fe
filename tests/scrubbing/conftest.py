"""A house with both registers loaded, and a folder for lists."""

from pathlib import Path

import pytest

from tests.doubles.house import House


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    """A house whose registers list 020 7946 0001 (TPS), 0002 (CTPS) and 0003 (both)."""
    made = House(redis_url, tmp_path)
    made.load_register("tps", "02079460001", "02079460003")
    made.load_register("ctps", "02079460002", "02079460003")
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for lists."""
    made = tmp_path / "lists"
    made.mkdir()
    return made
