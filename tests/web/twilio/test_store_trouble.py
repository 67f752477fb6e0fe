"""The store away, late, read-only or forgetful: nobody is dialled, the refusal is spoken, all comes back."""

import re
from pathlib import Path

import pytest

from dialer.errors import CannotKeep
from dialer.screening.gathered import Gathered
from dialer.screening.screen import Gate, screen
from dialer.store import keys
from dialer.web import make_app
from dialer.web.twilio import calls, events, return_calls, texts, unattended
from dialer.wiring import wire
from tests.doubles.house import NUMBER, House, StandingClock, settings_for
from tests.doubles.twilio_client import Twilio
from tests.lines import Line
from tests.servers import RunningServer

DOORS = [door for room in (calls, return_calls, unattended, texts, events) for door in room.DOORS]
RINGING = {
    "CallSid": "CA1",
    "From": "client:a17",
    "To": NUMBER,
    "rf_campaign": "C1",
    "Digits": "9",
    "Body": "STOP",
}


def twilio_of(redis_url: str, folder: Path, clock: StandingClock | None = None) -> Twilio:
    """Doors of a process that has not asked the store anything yet."""
    settings = settings_for(redis_url, folder)
    return Twilio(make_app(settings, parts=wire(settings, clock=clock or StandingClock())).test_client())


def test_every_door_answers_without_a_store_and_dials_nobody(tmp_path: Path) -> None:
    twilio = twilio_of("unix:///nowhere/at/all", tmp_path)
    for door in DOORS:
        answer = twilio.post(f"{door.route}?decision=dec_1&campaign=C1&n=1", RINGING)
        assert answer.status_code in (200, 503), door.route
        assert answer.mimetype == "text/xml", door.route
        assert not re.search("<Dial|<Redirect|<Number", answer.text), door.route


def test_every_door_answers_the_same_request_the_same_way_twice(house: House, twilio: Twilio) -> None:
    for door in DOORS:
        route = f"{door.route}?campaign=C1&n=1"
        form = {**RINGING, "From": "client:a17" if door.route == "voice/outgoing" else "+442079460177"}
        first, second = twilio.post(route, form), twilio.post(route, form)
        assert (first.status_code, first.data) == (second.status_code, second.data), door.route


@pytest.mark.parametrize("trouble", ["forgetful_redis", "evicting_redis", "read_only_redis"])
def test_an_unsafe_store_dials_nobody(trouble: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    server: RunningServer = request.getfixturevalue(trouble)
    answer = twilio_of(server.url, tmp_path).call()
    assert answer.status_code == 200
    assert "checks could not be made" in answer.text


def test_a_slow_store_dials_nobody_and_all_comes_back_by_itself(house: House, line: Line) -> None:
    slow = twilio_of(line.url, house.data_dir)
    assert "<Dial" in slow.call(sid="CA1").text
    line.delay_seconds = 0.5
    assert "checks could not be made" in slow.call(sid="CA2").text
    line.delay_seconds = 0.0
    assert "<Dial" in slow.call(sid="CA3").text
    assert house.parts.redis.zcard(keys.attempts(NUMBER)) == 2


def test_a_store_that_dies_between_gather_and_commit_dials_nobody(
    own_server: RunningServer, tmp_path: Path
) -> None:
    house = House(own_server.url, tmp_path)
    house.load_register("tps")
    house.load_register("ctps")
    gate = house.parts.gate

    class Dying:
        def gather(self, *asked: object) -> Gathered:
            found = gate.facts.gather(*asked)  # type: ignore[arg-type]
            own_server.kill()
            return found

    dying = Gate(
        facts=Dying(),  # type: ignore[arg-type]
        ledger=gate.ledger,
        persons=gate.persons,
        configurations=gate.configurations,
        book=gate.book,
        clock=gate.clock,
    )
    with pytest.raises(CannotKeep):
        screen(house.outgoing(), dying)
    own_server.start()
    assert house.parts.redis.exists(keys.attempts(NUMBER), keys.LEDGER) == 0
    house.screen(house.outgoing())
    assert house.parts.redis.xlen(keys.LEDGER) == 1


def test_a_no_survives_the_store_being_killed_the_moment_it_was_acknowledged(
    own_server: RunningServer, tmp_path: Path
) -> None:
    house = House(own_server.url, tmp_path)
    kept = house.object()
    own_server.kill()
    own_server.start()
    (standing,) = house.parts.records.of_line(NUMBER).objections
    assert standing.id == kept.id
    assert house.parts.redis.exists(*(keys.notice(notice) for notice in kept.notices)) == 1


def test_a_no_that_could_not_be_kept_is_not_acknowledged(house: House, line: Line) -> None:
    slow = twilio_of(line.url, house.data_dir)
    decision = re.search(r"dec_\w{26}", slow.call().text)
    assert decision is not None
    line.answers_until_cut = 0
    answer = slow.post(f"voice/opt-out?decision={decision.group()}&n=1", {"CallSid": "CA2", "Digits": "9"})
    assert "could not write that down" in answer.text
    assert "reference" not in answer.text
