"""Stories of messages on the return-call line: a stop left after the tone is a stop, silence is nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dialer.people.roles import Role
from tests.doubles.house import NUMBER
from tests.doubles.recorded import NO, OURS, Recorded, recorded_centre

# So long both questions take, with the wait for an answer to each; whoever speaks then meets the tone.
BOTH_QUESTIONS_S = 31
SILENT = ({"wait_s": 30},)


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> Iterator[Recorded]:
    """A centre whose number somebody rings back."""
    with recorded_centre(redis_url, tmp_path) as served:
        yield served


def rings_back(house: Recorded, *script: dict[str, Any], sender: str = NUMBER) -> Any:
    """Somebody rings our number, hears both questions out, and behaves so after the tone."""
    standin = house.centre.standin
    return standin.story(standin.rings_in(sender, OURS, script=[{"wait_s": BOTH_QUESTIONS_S}, *script]))


def test_a_stop_left_after_the_tone_is_in_force_with_its_recording(house: Recorded) -> None:
    rings_back(house, {"say": NO}, {"wait_s": 3}, {"hang_up": True})
    assert house.works() == 1
    (objection,) = house.objections()
    told = house.asks(Role.SUPERVISOR, "GET", f"/v1/objections/{objection}").body
    assert (told["objection"]["words"], told["proof"]["place"]["via"]) == (NO, "voicemail")
    assert told["clip"]["recording"] == told["proof"]["place"]["recording"]
    assert house.asks(Role.SUPERVISOR, "GET", f"/v1/objections/{objection}/clip").status == 200


def test_a_message_that_is_no_no_leaves_nothing_behind(house: Recorded) -> None:
    rings_back(house, {"say": "hello it is about my gas meter"}, {"wait_s": 3}, {"hang_up": True})
    assert (house.works(), house.objections(), house.reviews()) == (0, [], [])


def test_who_says_nothing_at_all_is_no_doubt(house: Recorded) -> None:
    story = rings_back(house, *SILENT)
    assert "leave a message" in str(story)
    assert (house.works(), house.objections(), house.reviews()) == (0, [], [])


def test_a_message_whose_words_never_come_waits_for_a_person_with_its_sound(house: Recorded) -> None:
    house.centre.standin.post("/sandbox/faults", {"drop": 1.0})
    rings_back(house, {"say": NO}, {"wait_s": 3}, {"hang_up": True})
    assert (house.works(), house.reviews()) == (0, [])
    house.centre.house.clock.advance(minutes=61)
    assert house.works() == 1
    (review,) = house.reviews()
    assert (review["possible"]["words"], review["contact_point"]) == (None, NUMBER)
    assert house.asks(Role.SUPERVISOR, "GET", f"/v1/reviews/{review['id']}/clip").status == 200
    assert house.centre.screens()["verdict"] == "defer"


def test_the_same_words_told_twice_are_one_no(house: Recorded) -> None:
    house.centre.standin.post("/sandbox/faults", {"twice": True})
    rings_back(house, {"say": NO}, {"wait_s": 3}, {"hang_up": True})
    assert (house.works(), len(house.objections())) == (1, 1)
