"""After a no: calls and texts that wait for its lines are ended, others go on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dialer.bell import TEND, notice_queue
from dialer.errors import Unanswered
from dialer.law.records import Reach, Scope
from dialer.objections.stop_calls import Stopping, stop_calls
from dialer.store.configuration import Section
from dialer.telephony.rest import Telephone
from dialer.telephony.texts import Texts
from tests.doubles.centre import Centre, running_centre
from tests.doubles.house import NUMBER, OTHER_NUMBER, campaign
from tests.doubles.official import sdk


@pytest.fixture
def centre(redis_url: str, tmp_path: Path) -> Iterator[Centre]:
    with running_centre(redis_url, tmp_path) as running:
        yield running


def stopping(centre: Centre) -> Stopping:
    parts = centre.house.parts
    return Stopping(
        telephone=parts.telephone,
        texts=Texts(parts.settings),
        records=parts.objections,
        decided=parts.ledger,
        gate=parts.gate,
    )


def ringing(centre: Centre, number: str = NUMBER) -> str:
    """A call that somebody placed by REST, and nobody answers."""
    centre.standin.scripts(number, {"wait_s": 500}, {"no_answer": True})
    rung = centre.house.parts.telephone.ring(
        number, caller_id="+442079460100", decision="dec_x", at=centre.house.clock()
    )
    assert rung is not None
    return rung.call_ref


def test_a_call_that_rings_is_ended_and_another_lines_goes_on(centre: Centre) -> None:
    ours, other = ringing(centre), ringing(centre, OTHER_NUMBER)
    kept = centre.house.object()
    assert stop_calls(kept.id, stopping(centre)) == 1
    centre.standin.until(lambda: centre.standin.get(f"/sandbox/calls/{ours}")[1]["status"] == "canceled")
    assert centre.standin.get(f"/sandbox/calls/{other}")[1]["status"] != "canceled"


def test_stopping_again_does_nothing_more(centre: Centre) -> None:
    ours = ringing(centre)
    kept = centre.house.object()
    assert stop_calls(kept.id, stopping(centre)) == 1
    centre.standin.until(lambda: centre.standin.get(f"/sandbox/calls/{ours}")[1]["status"] == "canceled")
    assert stop_calls(kept.id, stopping(centre)) == 0


def test_a_no_to_texts_ends_no_call(centre: Centre) -> None:
    ringing(centre)
    kept = centre.house.object(scope=Scope(reach=Reach.PRINCIPAL, channels="text"))
    assert stop_calls(kept.id, stopping(centre)) == 0


def scheduled(centre: Centre, sender: str) -> str:
    """A text that a campaign has put off to another day."""
    text = sdk(centre).messages.create(
        to=NUMBER,
        from_=sender,
        messaging_service_sid="MG" + "0" * 32,
        body="Solar for less",
        schedule_type="fixed",
        send_at=datetime(2026, 11, 30, 10, tzinfo=UTC),
    )
    return str(text.sid)


def test_a_text_put_off_to_another_day_is_called_off_and_another_principals_is_not(centre: Centre) -> None:
    centre.house.put(Section.CAMPAIGNS, "B1", campaign("B1", principal="birch", caller_id="+442079460199"))
    centre.house.parts.configuration.current()
    ours, theirs = scheduled(centre, "+442079460100"), scheduled(centre, "+442079460199")
    kept = centre.house.object(scope=Scope(reach=Reach.PRINCIPAL, channels="all"))
    stop_calls(kept.id, stopping(centre))
    assert sdk(centre).messages(ours).fetch().status == "canceled"
    assert sdk(centre).messages(theirs).fetch().status == "scheduled"


def test_nobody_who_talks_is_cut_off(centre: Centre) -> None:
    centre.standin.scripts(NUMBER, {"wait_s": 600}, {"hang_up": True})
    _, told = centre.clicks()
    centre.standin.until_answered(told["call_ref"])
    story = centre.standin.until(lambda: bridged(centre, told["call_ref"]))
    callee = next(leg for leg in story["legs"] if leg["to"] == NUMBER)
    assert stop_calls(centre.house.object().id, stopping(centre)) == 0
    assert centre.house.parts.telephone.give_up(callee["sid"]) is False
    assert centre.standin.get(f"/sandbox/calls/{callee['sid']}")[1]["status"] == "in-progress"


def bridged(centre: Centre, call: str) -> Any:
    story = centre.standin.get(f"/sandbox/calls/{call}")[1]
    return story if any(event["event"] == "bridged" for event in story["events"]) else None


def test_an_objection_nobody_knows_ends_nothing(centre: Centre) -> None:
    assert stop_calls("obj_nowhere", stopping(centre)) == 0


def test_a_no_rings_for_a_worker_before_the_notices_that_wait(centre: Centre) -> None:
    kept = centre.house.object()
    waiting = [(job.func_name, job.args) for job in notice_queue(centre.house.parts.redis).jobs]
    assert waiting[0] == (TEND, [f"stop|{kept.id}"])


def test_an_unreachable_twilio_says_so_and_rings_nobody(centre: Centre) -> None:
    lost = Telephone(replace(centre.house.parts.settings, twilio_api_base_url="http://127.0.0.1:1"))
    assert lost.ring("client:a17", caller_id="+442079460100", decision="d", at=centre.house.clock()) is None
    with pytest.raises(Unanswered):
        lost.waiting_calls_to(NUMBER)
