"""Who says no to a machine hears from it that it is done; while an agent is connected no machine speaks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dialer.calls.call import Channel
from dialer.objections.confirm_aloud import confirm_aloud
from dialer.store.configuration import Section
from tests.doubles.centre import Centre, running_centre
from tests.doubles.house import NUMBER, campaign
from tests.doubles.official import sdk
from tests.doubles.straight import agreed, dialled_straight
from tests.objections.test_stop_calls import stopping

WORDS = "please take me off your list"
MESSAGE = """<Response><Start><Transcription statusCallbackUrl="{url}" languageCode="en-GB"/></Start>
<Say>This is a message from Alder Energy.</Say><Pause length="900"/></Response>"""


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Iterator[Centre]:
    with running_centre(redis_url, tmp_path) as running:
        yield running


def said_no(centre: Centre) -> str:
    """Wait until the callee has said no; return the objection."""
    kept = centre.standin.until(lambda: centre.house.parts.records.of_line(NUMBER).objections)
    return str(kept[0].id)


def messaged(centre: Centre) -> str:
    """Ring the callee with a message of ours and no agent, as a dialer does with the official library."""
    centre.house.put(Section.CAMPAIGNS, "C1", campaign(channel=Channel.AUTOMATED_CALL, dial_mode=None))
    centre.house.parts.records.add(agreed(Channel.AUTOMATED_CALL))
    decision = dialled_straight(centre.house)
    heard = f"{centre.url}/twilio/voice/transcription?decision={decision}&amp;n=1"
    centre.standin.scripts(NUMBER, {"wait_s": 1}, {"say": WORDS}, {"stay": True})
    call = sdk(centre).calls.create(to=NUMBER, from_="+442079460100", twiml=MESSAGE.format(url=heard))
    return str(call.sid)


def test_who_says_it_to_a_message_of_ours_hears_that_it_is_done_and_goodbye(centre: Centre) -> None:
    call = messaged(centre)
    assert confirm_aloud(said_no(centre), stopping(centre)) is True
    story = centre.standin.story(call)
    assert "You are off the list. Alder Energy Ltd will not call you again." in str(story)
    assert story["legs"][0]["status"] == "completed"


def test_a_call_that_is_over_is_told_nothing(centre: Centre) -> None:
    call = messaged(centre)
    objection = said_no(centre)
    sdk(centre).calls(call).update(status="completed")
    centre.standin.story(call)
    assert confirm_aloud(objection, stopping(centre)) is False


def test_beside_an_agent_no_machine_speaks_and_none_hangs_up(centre: Centre) -> None:
    centre.house.put(Section.CAMPAIGNS, "C1", campaign(hearing="live"))
    centre.standin.scripts(NUMBER, {"wait_s": 1}, {"say": WORDS}, {"wait_s": 900}, {"hang_up": True})
    _, told = centre.clicks()
    assert confirm_aloud(said_no(centre), stopping(centre)) is False
    story = centre.standin.get(f"/sandbox/calls/{told['call_ref']}")[1]
    assert {leg["status"] for leg in story["legs"]} == {"in-progress"}
    assert "You are off the list" not in str(story)


def test_an_objection_nobody_knows_is_told_to_nobody(centre: Centre) -> None:
    assert confirm_aloud("obj_nowhere", stopping(centre)) is False


def test_a_no_that_names_no_call_is_told_to_nobody(centre: Centre) -> None:
    assert confirm_aloud(centre.house.object().id, stopping(centre)) is False
