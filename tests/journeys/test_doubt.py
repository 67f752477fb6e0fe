"""Stories of a doubt: an agent rings, the callee says something unclear, and what people do settles it.

The house is served over HTTP next to the stand-in for Twilio; the hour stands where the story puts it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dialer.calls.dispositions import Disposition
from dialer.people.agents import Agent
from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.store.configuration import Section
from tests.doubles.centre import Centre, running_centre
from tests.doubles.house import NUMBER, campaign
from tests.journeys.conftest import ask
from workers.timed_tasks import timed_tasks

OURS = "+442079460100"
TYPED = "020 7946 0123"
HOSTILE = "oh just get lost"


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Iterator[Centre]:
    """A centre that listens to its calls, with codes mapped and a key for each role of the stories."""
    with running_centre(redis_url, tmp_path) as served:
        house = served.house
        house.put(Section.CAMPAIGNS, "C1", campaign(hearing="live"))
        house.put(Section.CAMPAIGNS, "C2", campaign("C2", topic="windows", caller_id="+442079460101"))
        house.put(
            Section.AGENTS,
            "a17",
            Agent(id="a17", endpoint="client:a17", campaigns=("C1", "C2"), default_campaign="C1"),
        )
        for role in (Role.AGENT, Role.SUPERVISOR):
            agent = "a17" if role is Role.AGENT else None
            key = Key(id=f"key_{role}", name=role, role=role, digest=digest_of(role), agent=agent)
            house.put(Section.KEYS, key.id, key)
        codes = {"asked": "opt_out", "fine": "fine_to_call", "not asked": "did_not_ask"}
        means = {code: Disposition(meant) for code, meant in codes.items()}
        house.parts.conduct.put_codes("alder", means, by="test", at="2026-11-23T09:00:00+00:00")
        yield served


def api(centre: Centre, role: Role, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    return ask(method, centre.url + path, body, {"Authorization": f"Bearer {role}"})


def rings(centre: Centre, *script: dict[str, object], in_campaign: str = "C1") -> Any:
    """An agent dials in their browser and the callee behaves so; returns the whole story."""
    centre.standin.scripts(NUMBER, *script)
    params = {"To": TYPED, "rf_campaign": in_campaign}
    return centre.standin.story(centre.standin.rings_in("client:a17", TYPED, params=params))


def prompted(centre: Centre, story: Any) -> list[str]:
    status, told = api(centre, Role.AGENT, "GET", f"/v1/calls/{story['sid']}/prompts")
    assert status == 200, told
    return [item["kind"] for item in told["items"]]


def wraps_up(centre: Centre, story: Any, code: str) -> None:
    body = {"call_ref": story["sid"], "code": code}
    status, kept = api(centre, Role.AGENT, "POST", "/v1/wrap-ups", body)
    assert status == 201, kept


def queue(centre: Centre) -> list[Any]:
    return list(api(centre, Role.SUPERVISOR, "GET", "/v1/reviews?kind=opt_out")[1]["items"])


def dials_again(centre: Centre, **where: str) -> str:
    """The next call to that line: what the agent hears, or that it was put through."""
    story = rings(centre, {"hang_up": True}, **where)
    is_rung = any(leg["to"] == NUMBER for leg in story["legs"])
    assert is_rung is not ("Not dialled." in str(story))
    return "put through" if is_rung else "refused"


def test_get_lost_is_asked_about_and_they_want_us_to_stop(centre: Centre) -> None:
    story = rings(centre, {"say": HOSTILE}, {"hang_up": True})
    assert prompted(centre, story) == ["possible_opt_out"]
    wraps_up(centre, story, "asked")
    assert (dials_again(centre), dials_again(centre, in_campaign="C2"), queue(centre)) == (
        "refused",
        "refused",
        [],
    )


def test_get_lost_was_for_the_dog_and_they_are_fine_with_calls(centre: Centre) -> None:
    story = rings(centre, {"say": HOSTILE}, {"hang_up": True})
    assert dials_again(centre) == "refused"
    wraps_up(centre, story, "fine")
    assert (dials_again(centre), queue(centre)) == ("put through", [])


def test_nobody_asked_so_a_supervisor_reads_it_and_lets_it_go_with_a_reason(centre: Centre) -> None:
    wraps_up(centre, rings(centre, {"say": HOSTILE}, {"hang_up": True}), "not asked")
    (review,) = queue(centre)
    assert (review["possible"]["words"], dials_again(centre)) == (HOSTILE, "refused")
    path = f"/v1/reviews/{review['id']}"
    assert api(centre, Role.SUPERVISOR, "POST", path, {"outcome": "not_an_opt_out"})[0] == 400
    body = {"outcome": "not_an_opt_out", "note": "they spoke to their dog"}
    assert api(centre, Role.SUPERVISOR, "POST", path, body)[0] == 200
    assert dials_again(centre) == "put through"


def test_nobody_looks_so_it_is_in_force_two_evenings_later(centre: Centre) -> None:
    rings(centre, {"say": HOSTILE}, {"hang_up": True})
    centre.house.clock.advance(days=2)
    assert dials_again(centre) == "refused"
    (task,) = [t for t in timed_tasks(centre.house.parts) if t.name == "settle_possible_opt_outs"]
    task.run(centre.house.clock())
    (no,) = centre.house.parts.records.of_line(NUMBER).objections
    assert (no.words, queue(centre), dials_again(centre)) == (HOSTILE, [], "refused")


def test_not_interested_bars_that_campaign_and_the_second_time_all_of_them(centre: Centre) -> None:
    story = rings(centre, {"say": "no thanks not interested"}, {"hang_up": True})
    assert (prompted(centre, story), queue(centre)) == (["refusal"], [])
    assert dials_again(centre) == "refused"
    assert dials_again(centre, in_campaign="C2") == "put through"
    centre.house.put(
        Section.CAMPAIGNS, "C2", campaign("C2", topic="windows", caller_id="+442079460101", hearing="live")
    )
    rings(centre, {"say": "still not interested"}, {"hang_up": True}, in_campaign="C2")
    (no,) = centre.house.parts.records.of_line(NUMBER).objections
    assert (no.words, dials_again(centre, in_campaign="C2")) == (None, "refused")


def test_somebody_died_and_only_the_agent_can_say_so(centre: Centre) -> None:
    story = rings(centre, {"say": "I'm afraid he died in March"}, {"hang_up": True})
    assert prompted(centre, story) == ["deceased"]
    assert dials_again(centre) == "put through"
    _, screened = api(centre, Role.AGENT, "GET", f"/v1/calls/{story['sid']}/prompts")
    body = {"kind": "deceased", "decision": screened["decision"]}
    assert api(centre, Role.AGENT, "POST", "/v1/reports", body)[0] == 201
    assert dials_again(centre) == "refused"


def test_the_return_call_line_asks_once_more_and_then_takes_it_for_a_no(centre: Centre) -> None:
    script = [{"say": HOSTILE}, {"wait_s": 3}, {"say": HOSTILE}, {"stay": True}]
    story = centre.standin.story(centre.standin.rings_in(NUMBER, OURS, script=script))
    assert "I did not understand" in str(story)
    assert "Your reference is" in str(story)
    assert dials_again(centre) == "refused"


def test_a_callee_of_our_own_message_is_asked_once_more(centre: Centre) -> None:
    centre.house.put(Section.CAMPAIGNS, "C1", campaign(hearing="keypad"))
    story = rings(centre, {"say": HOSTILE}, {"wait_s": 3}, {"say": HOSTILE}, {"stay": True})
    assert "I did not understand" in str(story)
    assert "Your reference is" in str(story)
    assert len(centre.house.parts.records.of_line(NUMBER).objections) == 1
