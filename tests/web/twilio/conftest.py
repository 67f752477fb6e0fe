"""A house behind its doors, and somebody who signs as Twilio does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dialer.web import make_app
from tests.doubles.house import House
from tests.doubles.twilio_client import Twilio


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    """A wired house with both registers loaded and nobody listed."""
    made = House(redis_url, tmp_path)
    made.load_register("tps")
    made.load_register("ctps")
    return made


@pytest.fixture
def twilio(house: House) -> Iterator[Twilio]:
    """Twilio, asking this house."""
    app = make_app(house.parts.settings, parts=house.parts)
    with app.test_client() as client:
        yield Twilio(client)
