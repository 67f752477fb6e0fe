"""Stories of the seconds after a no: nobody else reaches that person, and nobody who talks is cut off.

The house is served over HTTP next to the stand-in for Twilio, which people reach with Twilio's own library; a
worker's tasks run in this process when the story says that a worker comes by.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dialer.people.agents import Agent
from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.store.configuration import Section
from dialer.telephony.rest import Telephone
from tests.doubles.centre import Centre, running_centre
from tests.doubles.house import FAR, NUMBER, OTHER_NUMBER, campaign
from tests.doubles.official import sdk
from tests.journeys.conftest import ask
from workers import tasks
from workers.parts import worker_parts

STOP = "please take me off your list"
OURS = "+442079460100"
Said = dict[str, object]


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Iterator[Centre]:
    """A centre with two agents on one campaign that a machine listens to, and a person with two lines."""
    with running_centre(redis_url, tmp_path, speed=20.0) as served:
        house = served.house
        house.put(Section.CAMPAIGNS, "C1", campaign(hearing="live"))
        for agent in ("a17", "b21"):
            endpoint = f"client:{agent}"
            house.put(Section.AGENTS, agent, Agent(id=agent, endpoint=endpoint, campaigns=("C1",)))
            keys = Key(id=f"key_{agent}", name=agent, role=Role.AGENT, digest=digest_of(agent), agent=agent)
            house.put(Section.KEYS, agent, keys)
        sue = Key(id="key_sue", name="sue", role=Role.SUPERVISOR, digest=digest_of("sue"))
        house.put(Section.KEYS, "sue", sue)
        for line in (NUMBER, OTHER_NUMBER):
            house.parts.lines.link(line, "alder", "P1", by="test", at=house.clock())
        house.parts.configuration.current()
        tasks.furnish(worker_parts(house.parts, should_stop=lambda: False))
        yield served


def dials(centre: Centre, agent: str, number: str, *script: Said) -> str:
    """An agent dials in their browser; returns their call."""
    centre.standin.scripts(number, *script)
    typed = number.replace("+44", "0")
    return centre.standin.rings_in(f"client:{agent}", typed, params={"To": typed, "rf_campaign": "C1"})


def story(centre: Centre, call: str) -> Any:
    return centre.standin.get(f"/sandbox/calls/{call}")[1]


def leg_to(centre: Centre, call: str, number: str) -> Any:
    """The leg that the agent's call has to this number, None while there is none."""
    return next((leg for leg in story(centre, call)["legs"] if leg["to"] == number), None)


def until(centre: Centre, call: str, event: str) -> None:
    centre.standin.until(lambda: any(e["event"] == event for e in story(centre, call)["events"]))


def comes_to_be(centre: Centre, call: str, number: str, status: str) -> Callable[[], bool]:
    return lambda: (leg_to(centre, call, number) or {}).get("status") == status


def worker_comes_by(centre: Centre) -> None:
    """Carry out each order to the telephone, as the timetable would have it within five seconds."""
    orders = centre.house.parts.call_orders
    for order in orders.due(FAR):
        tasks.tend_calls(order.id)


def desk(centre: Centre, agent: str, call: str) -> Any:
    status, shown = ask(
        "GET", f"{centre.url}/v1/calls/{call}/noes", None, {"Authorization": f"Bearer {agent}"}
    )
    assert status == 200, shown
    return shown


def noes(centre: Centre, number: str = NUMBER) -> Any:
    return centre.house.parts.records.of_line(number).objections


def test_the_callee_says_stop_and_only_the_agent_answers_and_ends_the_call(centre: Centre) -> None:
    call = dials(centre, "a17", NUMBER, {"wait_s": 2}, {"say": STOP}, {"wait_s": 600}, {"hang_up": True})
    centre.standin.until(lambda: noes(centre))
    worker_comes_by(centre)
    (no,) = desk(centre, "a17", call)["noes"]
    assert (no["words"], no["reference"] in no["say"]) == (STOP, True)
    told = story(centre, call)
    assert {leg["status"] for leg in told["legs"]} == {"in-progress"}
    assert "You are off the list" not in str(told)
    sdk(centre).calls(call).update(status="completed")
    assert {leg["status"] for leg in centre.standin.story(call)["legs"]} == {"completed"}


def test_another_agents_call_to_the_same_persons_mobile_stops_ringing(centre: Centre) -> None:
    other = dials(centre, "b21", OTHER_NUMBER, {"wait_s": 900}, {"no_answer": True})
    centre.standin.until(comes_to_be(centre, other, OTHER_NUMBER, "ringing"))
    call = dials(centre, "a17", NUMBER, {"wait_s": 2}, {"say": STOP}, {"wait_s": 600}, {"hang_up": True})
    centre.standin.until(lambda: noes(centre))
    worker_comes_by(centre)
    centre.standin.until(
        lambda: leg_to(centre, other, OTHER_NUMBER)["status"] not in ("ringing", "initiated")
    )
    assert not any(event["event"] == "bridged" for event in story(centre, other)["events"])
    assert leg_to(centre, call, NUMBER)["status"] == "in-progress"


def test_who_talks_to_another_agent_is_not_cut_off_and_that_agent_is_warned(centre: Centre) -> None:
    other = dials(centre, "b21", OTHER_NUMBER, {"wait_s": 600}, {"hang_up": True})
    until(centre, other, "bridged")
    dials(centre, "a17", NUMBER, {"wait_s": 2}, {"say": STOP}, {"hang_up": True})
    centre.standin.until(lambda: noes(centre))
    worker_comes_by(centre)
    (warning,) = desk(centre, "b21", other)["warnings"]
    assert warning["say"].startswith("They asked us to stop")
    assert leg_to(centre, other, OTHER_NUMBER)["status"] == "in-progress"


def test_who_picks_up_after_they_said_no_elsewhere_is_not_put_through(centre: Centre) -> None:
    centre.standin.post("/sandbox/clock", {"speed": 4})
    call = dials(centre, "a17", NUMBER, {"answer_after_s": 24}, {"say": "hello"}, {"wait_s": 600})
    centre.standin.until(comes_to_be(centre, call, NUMBER, "ringing"))
    text = {"from": NUMBER, "to": OURS, "body": "STOP calling me, all of you"}
    centre.standin.post("/sandbox/messages", text)
    centre.standin.until(lambda: noes(centre))
    told = centre.standin.story(call)
    assert not any(event["event"] == "bridged" for event in told["events"])
    assert leg_to(centre, call, NUMBER)["status"] in ("completed", "canceled")


def test_a_call_a_dialer_had_queued_at_twilio_is_cancelled(centre: Centre) -> None:
    centre.standin.post("/sandbox/clock", {"queue_s": 3_000})
    queued = sdk(centre).calls.create(to=NUMBER, from_=OURS, url="https://dialer.example/answer").sid
    centre.house.object(source="agent")
    worker_comes_by(centre)
    centre.standin.until(lambda: sdk(centre).calls(str(queued)).fetch().status == "canceled")


def test_with_twilio_away_the_order_waits_on_disk_until_it_is_done(centre: Centre) -> None:
    centre.standin.post("/sandbox/clock", {"queue_s": 3_000})
    call = str(sdk(centre).calls.create(to=NUMBER, from_=OURS, url="https://dialer.example/answer").sid)
    parts = centre.house.parts
    away = running_away(centre)
    tasks.furnish(worker_parts(away, should_stop=lambda: False))
    centre.house.object(source="agent")
    worker_comes_by(centre)
    assert sdk(centre).calls(call).fetch().status == "queued"
    assert len(parts.call_orders.due(FAR)) == 1
    tasks.furnish(worker_parts(parts, should_stop=lambda: False))
    worker_comes_by(centre)
    centre.standin.until(lambda: sdk(centre).calls(call).fetch().status == "canceled")


def running_away(centre: Centre) -> Any:
    """The same parts, of a house that cannot reach Twilio."""
    settings = replace(centre.house.parts.settings, twilio_api_base_url="http://127.0.0.1:1")
    return replace(centre.house.parts, settings=settings, telephone=Telephone(settings))


def test_not_what_they_said_is_put_right_by_a_second_person(centre: Centre) -> None:
    call = dials(centre, "a17", NUMBER, {"wait_s": 2}, {"say": STOP}, {"hang_up": True})
    centre.standin.until(lambda: noes(centre))
    (no,) = desk(centre, "a17", call)["noes"]
    path = f"{centre.url}/v1/objections/{no['objection']}/correction"
    marked = ask("POST", path, {"why": "misheard"}, {"Authorization": "Bearer a17"})
    assert (marked[0], marked[1]["state"], centre.screens()["verdict"]) == (201, "open", "block")
    agreed = ask("POST", path, {"why": "misheard"}, {"Authorization": "Bearer sue"})
    assert (agreed[1]["state"], centre.screens()["verdict"]) == ("approved", "allow")


def test_the_callees_own_leg_may_be_listened_to_instead(centre: Centre) -> None:
    centre.house.put(Section.CAMPAIGNS, "C1", campaign(hearing="off"))
    call = dials(centre, "a17", NUMBER, {"wait_s": 60}, {"say": STOP}, {"hang_up": True})
    until(centre, call, "bridged")
    child = leg_to(centre, call, NUMBER)["sid"]
    decision = centre.house.parts.ledger.decision_of_call(call)
    heard = f"{centre.url}/twilio/voice/transcription?decision={decision}&n=1&leg=callee"
    sdk(centre).calls(child).transcriptions.create(status_callback_url=heard, track="both_tracks")
    centre.standin.until(lambda: noes(centre), within_seconds=30)
    assert noes(centre)[0].words == STOP
