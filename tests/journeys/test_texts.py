"""Stories of a text to the number that called: a stop word, a sentence, and somebody who thinks again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dialer.calls.call import Channel
from dialer.people.roles import Role
from tests.doubles.house import NUMBER
from tests.journeys.at_the_door import Door, open_door


@pytest.fixture
def door(redis_url: str, tmp_path: Path) -> Iterator[Door]:
    """A plain centre."""
    with open_door(redis_url, tmp_path) as opened:
        yield opened


def may_be_texted(door: Door) -> bool:
    asked = {"to": NUMBER, "campaign": "C1", "channel": Channel.SMS}
    status, decision = door.api(Role.DIALER, "POST", "/v1/screen?advisory=true", asked)
    assert status == 200, decision
    return "UK_ART21_OBJECTED" not in str(decision)


def test_stop_stops_texts_and_calls(door: Door) -> None:
    assert may_be_texted(door)
    door.texts("Stop.")
    assert door.noes() == [("sms", "Stop.")]
    assert (may_be_texted(door), door.next_call()) == (False, "refused")


def test_a_sentence_is_read_as_it_would_be_heard(door: Door) -> None:
    door.texts("pls dont ring this number any more thx")
    assert (len(door.noes()), door.next_call()) == (1, "refused")


def test_a_question_is_no_objection_and_no_yes(door: Door) -> None:
    door.texts("Who is this?")
    assert (door.noes(), door.next_call()) == ([], "put through")


def test_they_think_again_and_only_texts_can_come_back_when_two_people_agree(door: Door) -> None:
    door.texts("STOP", opt_out_type="STOP")
    door.centre.house.clock.advance(minutes=5)
    door.texts("START", opt_out_type="START")
    assert (may_be_texted(door), door.next_call()) == (False, "refused")
    _, queue = door.api(Role.SUPERVISOR, "GET", "/v1/reviews?kind=consent")
    (review,) = queue["items"]
    path, body = f"/v1/reviews/{review['id']}", {"outcome": "approve", "note": "their own text"}
    status, told = door.api(Role.SUPERVISOR, "POST", path, body)
    assert status == 200, told
    door.centre.house.clock.advance(minutes=5)
    assert (may_be_texted(door), door.next_call()) == (True, "refused")
