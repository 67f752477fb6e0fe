"""Asking for a permit and spending it, as the doors do."""

from dataclasses import replace
from typing import Any

from dialer.people.keys import Key, digest_of
from dialer.screening.decision import Decision
from dialer.screening.question import Binding, Question
from dialer.screening.screen import Screened
from tests.doubles.house import NUMBER, House


def dialer_of(house: House) -> Key:
    return house.parts.configuration.current().keys[digest_of(house.key)]


def permitted(house: House, to: str = NUMBER, **changed: Any) -> Decision:
    """Ask as a dialer does, for an agent; the allow carries a permit."""
    asked = Question(to=to, binding=Binding.PERMIT, campaign="C1", key=digest_of(house.key), agent="a17")
    screened = house.screen(replace(asked, **changed))
    assert isinstance(screened, Screened)
    assert screened.decision.permit is not None
    return screened.decision


def spend(house: House, permit: str | None, to: str = NUMBER, **changed: Any) -> Decision:
    """Let the agent's call name the permit, as the voice webhook asks."""
    answered = house.screen(replace(house.outgoing(to), permit=permit, **changed))
    assert isinstance(answered, Screened)
    return answered.decision


def redeem(house: House, permit: str | None, key: Key | None = None) -> str:
    return house.parts.permits.redeem(permit or "", "T1", key=key or dialer_of(house))
