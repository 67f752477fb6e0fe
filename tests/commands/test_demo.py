"""Invented data stays out of a store that holds anybody else's records, whatever folder asks."""

from pathlib import Path

import pytest

from dialer.commands.demo import _stamp_store
from dialer.errors import Misconfigured
from dialer.store import keys
from dialer.wiring import wire
from tests.doubles.house import House, settings_for


def test_an_empty_store_is_marked_and_known_again(redis_url: str, tmp_path: Path) -> None:
    parts = wire(settings_for(redis_url, tmp_path, demo=True))
    _stamp_store(parts)
    _stamp_store(parts)
    assert parts.redis.get(keys.STAMP) == b"demo"


def test_a_store_with_other_records_is_refused_and_left_as_it_was(redis_url: str, tmp_path: Path) -> None:
    house = House(redis_url, tmp_path)
    with pytest.raises(Misconfigured, match="not a demo's"):
        _stamp_store(house.parts)
    assert house.parts.redis.exists(keys.STAMP) == 0
