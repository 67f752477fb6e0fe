"""After a no: calls that wait for the line are ended, and whoever said it aloud hears that it is done."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dialer.bell import TEND, notice_queue
from dialer.errors import Unanswered
from dialer.law.records import Reach, Scope
from dialer.objections.stop_calls import Stopping, confirm_aloud, stop_calls
from dialer.store.configuration import Section
from dialer.telephony.rest import Telephone
from dialer.telephony.texts import Texts
from tests.doubles.centre import Centre, running_centre
from tests.doubles.house import NUMBER, OTHER_NUMBER, campaign

WORDS = "please take me off your list"


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
        events=parts.calls,
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


def test_an_objection_nobody_knows_ends_nothing(centre: Centre) -> None:
    assert stop_calls("obj_nowhere", stopping(centre)) == 0
    assert confirm_aloud("obj_nowhere", stopping(centre)) is False


def test_who_says_it_in_the_call_hears_that_it_is_done(centre: Centre) -> None:
    centre.house.put(Section.CAMPAIGNS, "C1", campaign(hearing="live"))
    centre.standin.scripts(NUMBER, {"say": WORDS}, {"stay": True})
    _, told = centre.clicks()
    kept = centre.standin.until(lambda: centre.house.parts.records.of_line(NUMBER).objections)
    assert confirm_aloud(kept[0].id, stopping(centre)) is True
    story = centre.standin.story(told["call_ref"])
    callee = next(leg["sid"] for leg in story["legs"] if leg["to"] == NUMBER)
    said = [event for event in story["events"] if "You are off the list" in str(event)]
    assert callee in str(said)


def test_a_no_rings_for_a_worker_before_the_notices_that_wait(centre: Centre) -> None:
    kept = centre.house.object()
    waiting = [(job.func_name, job.args) for job in notice_queue(centre.house.parts.redis).jobs]
    assert waiting[0] == (TEND, [f"stop|{kept.id}"])


def test_an_unreachable_twilio_says_so_and_rings_nobody(centre: Centre) -> None:
    lost = Telephone(replace(centre.house.parts.settings, twilio_api_base_url="http://127.0.0.1:1"))
    assert lost.ring("client:a17", caller_id="+442079460100", decision="d", at=centre.house.clock()) is None
    with pytest.raises(Unanswered):
        lost.waiting_calls_to(NUMBER)
