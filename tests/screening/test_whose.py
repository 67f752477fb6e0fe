"""Whose call it is: documented precedence, and nothing an agent could invent."""

import pytest

from dialer.calls.campaign import Campaign
from dialer.errors import NotAuthenticated, NotFound
from dialer.people.agents import Agent
from dialer.people.keys import Key
from dialer.people.roles import Role
from dialer.screening.configuration import Configuration
from dialer.screening.question import Binding, Question
from dialer.screening.whose import Placed, place

CLI = "+442079460100"
C1 = Campaign(id="C1", principal="alder", operator="beck", caller_id=CLI)
C2 = Campaign(id="C2", principal="alder", operator="beck", caller_id="+442079460101")
C3 = Campaign(id="C3", principal="birch", operator="beck", caller_id="+442079460102")
KEY = Key(
    id="key_1", name="dialer", role=Role.DIALER, digest="d1", principals=("alder",), default_campaign="C2"
)
AGENTS_KEY = Key(id="key_2", name="desk", role=Role.AGENT, digest="d2", agent="a17")
HOUSE = Configuration(
    epoch=1,
    campaigns={"C1": C1, "C2": C2, "C3": C3},
    agents={
        "a17": Agent(id="a17", endpoint="client:a17", campaigns=("C1",), default_campaign="C1"),
        "a18": Agent(id="a18", endpoint="sip:eve@acme.sip.twilio.com", campaigns=("C2", "C3")),
    },
    keys={"d1": KEY, "d2": AGENTS_KEY},
)


def ask(**asked: str) -> Placed:
    return place(Question(to="020 7946 0123", binding=Binding.DIALS, **asked), HOUSE)  # type: ignore[arg-type]


def test_the_query_of_our_own_address_wins_over_everything() -> None:
    placed = ask(campaign="C2", hinted_campaign="C3", endpoint="client:eve", caller_id=CLI)
    assert placed.campaign_id == "C2"


def test_a_hint_wins_over_the_agents_default_but_only_among_their_own() -> None:
    assert ask(hinted_campaign="C3", endpoint="sip:eve@acme.sip.twilio.com").assigned
    refused = ask(hinted_campaign="C3", endpoint="client:a17")
    assert (refused.campaign_id, refused.assigned) == ("C3", False)


def test_the_agents_default_comes_next() -> None:
    placed = ask(endpoint="client:a17", caller_id="+442079460101")
    assert (placed.campaign_id, placed.agent_id, placed.assigned) == ("C1", "a17", True)


def test_then_the_keys_default() -> None:
    assert ask(key="d1", caller_id=CLI).campaign_id == "C2"


def test_then_the_only_campaign_that_shows_the_number() -> None:
    assert ask(endpoint="sip:eve@acme.sip.twilio.com", caller_id="+442079460102").campaign_id == "C3"


def test_without_any_of_these_there_is_no_campaign() -> None:
    assert ask(endpoint="sip:eve@acme.sip.twilio.com", caller_id="+442079460199").campaign is None


def test_an_invented_campaign_is_not_even_kept() -> None:
    placed = ask(hinted_campaign="no|such", endpoint="client:a17")
    assert (placed.campaign, placed.campaign_id) == (None, None)


def test_an_agent_nobody_knows_is_not_assigned() -> None:
    assert not ask(campaign="C1", endpoint="client:mallory").assigned
    assert not ask(key="d1", campaign="C1", agent="mallory").assigned


def test_a_call_without_a_known_caller_needs_a_campaign_from_our_own_address() -> None:
    assert ask(campaign="C1").assigned
    assert not ask(hinted_campaign="C1").assigned
    assert not ask(caller_id=CLI).assigned


def test_an_agents_key_speaks_for_its_own_agent_whatever_it_says() -> None:
    placed = ask(key="d2", campaign="C1", agent="a18")
    assert (placed.agent_id, placed.assigned) == ("a17", True)
    assert not ask(key="d2", campaign="C2", agent="a18").assigned


def test_another_principals_campaign_is_not_there() -> None:
    with pytest.raises(NotFound):
        ask(key="d1", campaign="C3")
    with pytest.raises(NotFound):
        ask(key="d1", campaign="nowhere")


def test_a_key_no_longer_held_is_nobody() -> None:
    with pytest.raises(NotAuthenticated):
        ask(key="gone", campaign="C1")
