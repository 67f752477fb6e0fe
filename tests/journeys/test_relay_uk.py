"""Stories of calls to a text user, through an assistant who types and speaks between the two."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.at_the_door import NOTICE, Door, open_door

BY_RELAY = "18002 020 7946 0123"
GREETING = {"say": "Hello, this is Relay UK, you have a call from a text user. Go ahead."}


@pytest.fixture
def door(redis_url: str, tmp_path: Path) -> Iterator[Door]:
    """A centre that listens, and says so."""
    with open_door(redis_url, tmp_path, hearing="live", notice=NOTICE) as opened:
        yield opened


def by_relay(door: Door, *said: str) -> None:
    talk = [{"say": words} for words in said]
    door.dials({"wait_s": 1}, GREETING, *talk, {"hang_up": True}, typed=BY_RELAY)


def test_the_assistants_greeting_is_no_objection(door: Door) -> None:
    by_relay(door, "she says yes I would like to hear more go ahead")
    assert (door.noes(), door.next_call()) == ([], "put through")


def test_what_the_assistant_passes_on_is_the_callees_own_no(door: Door) -> None:
    by_relay(door, "he says please take me off your list and don't ring again go ahead")
    ((source, _words),) = door.noes()
    assert (source, door.next_call()) == ("speech", "refused")


def test_a_no_by_relay_is_a_no_to_the_line_however_it_is_dialled(door: Door) -> None:
    by_relay(door, "he says please take me off your list go ahead")
    again = door.dials({"hang_up": True}, typed=BY_RELAY)
    assert "Not dialled." in str(again)
