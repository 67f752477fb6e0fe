"""Pausing: written down before the carrier is asked, and said plainly where the carrier did not do it."""

from dataclasses import dataclass, field, replace

import pytest

from dialer.consents.approval import Person
from dialer.errors import Unanswered
from dialer.objections.pausing import Listening, PausedCall, PauseDesk, pause, resume
from tests.doubles.house import NUMBER, House

AGENT = Person(kind="key", id="key_1", name="amira", agent="a17")
CALL = PausedCall(
    decision="dec_1",
    call_ref="CA1",
    contact_point=NUMBER,
    principal="alder",
    records=True,
    listens=True,
    language="en-GB",
)


@dataclass
class Carrier:
    """Notes what it was asked; asked for anything in `fails`, it gives no answer."""

    fails: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def _does(self, what: str) -> bool:
        self.asked.append(what)
        if what in self.fails:
            raise Unanswered("Twilio did not say")
        return True

    def pause_recording(self, call_ref: str) -> bool:
        return self._does("pause")

    def resume_recording(self, call_ref: str) -> bool:
        return self._does("record")

    def stop_listening(self, call: PausedCall, *, session: int) -> bool:
        return self._does("stop")

    def start_listening(self, call: PausedCall, *, session: int) -> bool:
        return self._does(f"listen {session}")


def desk_of(house: House, carrier: Carrier) -> PauseDesk:
    return replace(house.parts.listening.pausing, carrier=carrier)


def test_where_the_recording_may_go_on_the_agent_is_told_to_take_no_card(house: House) -> None:
    desk = desk_of(house, Carrier(fails={"pause"}))
    with pytest.raises(Unanswered, match="take no card details"):
        pause(CALL, desk, by=AGENT)
    assert desk.states.of("dec_1").is_paused
    assert not desk.states.of("dec_1").hears(1)


def test_one_that_fails_does_not_keep_the_other_from_being_stopped(house: House) -> None:
    carrier = Carrier(fails={"pause"})
    with pytest.raises(Unanswered):
        pause(CALL, desk_of(house, carrier), by=AGENT)
    assert carrier.asked == ["pause", "stop"]


def test_pressed_again_it_asks_the_carrier_again(house: House) -> None:
    carrier = Carrier(fails={"pause"})
    with pytest.raises(Unanswered):
        pause(CALL, desk_of(house, carrier), by=AGENT)
    carrier.fails.clear()
    kept = pause(CALL, desk_of(house, carrier), by=AGENT)
    assert (kept.listening, kept.say) == (Listening.PAUSED, "Not listening: use the button.")


def test_the_session_that_was_ended_is_never_read_again(house: House) -> None:
    desk = desk_of(house, Carrier())
    pause(CALL, desk, by=AGENT)
    assert resume(CALL, desk, by=AGENT).listening is Listening.ON
    state = desk.states.of("dec_1")
    assert (state.hears(1), state.hears(2)) == (False, True)


def test_where_listening_does_not_begin_again_the_call_stays_paused(house: House) -> None:
    carrier = Carrier(fails={"listen 2"})
    desk = desk_of(house, carrier)
    pause(CALL, desk, by=AGENT)
    with pytest.raises(Unanswered, match="press again"):
        resume(CALL, desk, by=AGENT)
    assert desk.states.of("dec_1").is_paused
    assert resume(CALL, desk, by=AGENT).listening is Listening.ON
    assert carrier.asked[-1] == "listen 3"


def test_what_a_campaign_does_not_do_is_not_asked_for(house: House) -> None:
    carrier = Carrier()
    quiet = replace(CALL, records=False, listens=False)
    assert pause(quiet, desk_of(house, carrier), by=AGENT).listening is Listening.PAUSED
    assert resume(quiet, desk_of(house, carrier), by=AGENT).listening is Listening.OFF
    assert carrier.asked == []
