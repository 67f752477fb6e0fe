"""Stories of our own messages, where no agent is there to ask: before a call is put through, or instead."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.doubles.house import NUMBER
from tests.journeys.at_the_door import OURS, Door, open_door


@pytest.fixture
def door(redis_url: str, tmp_path: Path) -> Iterator[Door]:
    """A centre whose campaign says who calls, and asks, before it puts anybody through."""
    with open_door(redis_url, tmp_path, hearing="keypad") as opened:
        yield opened


def is_rung_with_nobody_free(door: Door, *script: dict[str, object]) -> Any:
    """A dialer rings ahead through Twilio's own library, and no agent is free when they pick up."""
    door.centre.standin.scripts(NUMBER, *script)
    url = f"{door.centre.url}/twilio/voice/unattended?campaign=C1"
    made = door.sdk().calls.create(to=NUMBER, from_=OURS, url=url)
    return door.centre.standin.story(str(made.sid))


def test_they_press_nine_before_they_are_put_through(door: Door) -> None:
    story = door.dials({"press": "9"}, {"stay": True})
    assert "To stop these calls, press 9 or say stop" in str(story)
    assert "Your reference is" in str(story)
    assert (door.noes(), door.next_call()) == ([("keypad", None)], "refused")


def test_they_say_it_and_the_agent_never_speaks(door: Door) -> None:
    story = door.dials({"say": "take me off your list please"}, {"stay": True})
    assert "Your reference is" in str(story)
    assert door.noes() == [("speech", "take me off your list please")]


def test_they_say_nothing_and_are_put_through(door: Door) -> None:
    door.dials({"wait_s": 8}, {"hang_up": True})
    assert (door.noes(), door.next_call()) == ([], "put through")


def test_nobody_is_free_so_they_hear_who_it_was_and_stop_it(door: Door) -> None:
    story = is_rung_with_nobody_free(door, {"wait_s": 4}, {"press": "9"}, {"stay": True})
    assert "This was a call from Alder Energy" in str(story)
    assert "Your reference is" in str(story)
    assert (door.noes(), door.next_call()) == ([("keypad", None)], "refused")


def test_nobody_is_free_and_they_hang_up_and_the_call_counts_as_abandoned(door: Door) -> None:
    is_rung_with_nobody_free(door, {"wait_s": 1}, {"hang_up": True})
    house = door.centre.house
    told = house.parts.records.of_line(NUMBER).abandoned
    assert (door.noes(), list(told)) == ([], ["alder"])


def test_nobody_is_free_and_they_say_it_in_polish_twice(door: Door) -> None:
    polish = {"say": "proszę więcej nie dzwonić"}
    story = is_rung_with_nobody_free(door, polish, {"wait_s": 3}, polish, {"stay": True})
    assert "I did not understand" in str(story)
    assert (len(door.noes()), door.next_call()) == (1, "refused")
