"""Stories of the return-call line: they ring back the number that called them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.at_the_door import DESK, NOTICE, Door, open_door


@pytest.fixture
def door(redis_url: str, tmp_path: Path) -> Iterator[Door]:
    """A centre whose campaign listens, and whose desk takes return calls."""
    with open_door(redis_url, tmp_path, hearing="live", notice=NOTICE) as opened:
        yield opened


def test_they_hear_who_it_was_and_press_nine(door: Door) -> None:
    story = door.rings_back({"wait_s": 2}, {"press": "9"}, {"stay": True})
    assert "You were called by Beck Contact Ltd, for Alder Energy." in str(story)
    assert "Your reference is" in str(story)
    assert (door.noes(), door.next_call()) == ([("keypad", None)], "refused")


def test_they_interrupt_and_say_it_in_their_own_words(door: Door) -> None:
    story = door.rings_back({"say": "don't you ever ring my mother again"}, {"stay": True})
    assert "Your reference is" in str(story)
    assert door.noes() == [("speech", "don't you ever ring my mother again")]
    assert door.next_call() == "refused"


def test_they_say_nothing_at_all_and_may_be_called(door: Door) -> None:
    story = door.rings_back({"stay": True})
    assert "I did not hear that" in str(story)
    assert "Goodbye" in str(story)
    assert (door.noes(), door.next_call()) == ([], "put through")


def test_they_mumble_twice_and_it_is_taken_for_a_no(door: Door) -> None:
    mumble = {"say": "nie rozumiem co pan do mnie mówi proszę nie"}
    story = door.rings_back(mumble, {"wait_s": 3}, mumble, {"stay": True})
    assert "I did not understand" in str(story)
    assert (len(door.noes()), door.next_call()) == (1, "refused")


def test_they_speak_to_us_and_have_agreed_to_nothing(door: Door) -> None:
    door.centre.standin.scripts(
        DESK, {"say": "Alder Energy, how can I help?"}, {"wait_s": 2}, {"hang_up": True}
    )
    story = door.rings_back({"press": "1"}, {"say": "what was it about"}, {"wait_s": 2}, {"hang_up": True})
    assert any(leg["to"] == DESK for leg in story["legs"])
    line = door.centre.house.parts.records.of_line("+442079460123")
    assert not (line.objections or line.consents or line.solicitations or line.holds)


def test_they_speak_to_us_and_say_stop_and_nobody_is_cut_off(door: Door) -> None:
    door.centre.standin.scripts(DESK, {"wait_s": 8}, {"say": "I have noted it"}, {"hang_up": True})
    story = door.rings_back(
        {"press": "1"},
        {"wait_s": 3},
        {"say": "just take me off your list"},
        {"wait_s": 20},
        {"hang_up": True},
    )
    assert NOTICE.wording is not None
    assert NOTICE.wording in str(story)
    assert door.noes() == [("speech", "just take me off your list")]
    assert "I have noted it" in str(story)
    assert door.next_call() == "refused"


def test_our_own_words_at_the_desk_are_never_the_callers(door: Door) -> None:
    door.centre.standin.scripts(
        DESK, {"say": "shall I take you off our list"}, {"wait_s": 2}, {"hang_up": True}
    )
    door.rings_back({"press": "1"}, {"say": "no thank you"}, {"wait_s": 6}, {"hang_up": True})
    assert door.noes() == []


def test_a_caller_without_a_number_keys_in_the_one_we_called(door: Door) -> None:
    keyed = [{"press": "9"}, {"wait_s": 3}, {"press": "02079460123#"}, {"stay": True}]
    story = door.rings_back(*keyed, caller="anonymous")
    assert "key in the number that we called" in str(story)
    assert "Your reference is" in str(story)
    assert (door.noes(), door.next_call()) == ([("keypad", None)], "refused")
