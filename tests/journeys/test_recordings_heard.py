"""Stories of a recording read after the call: Twilio makes the transcript, a worker hears the callee."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pytest_httpserver import HTTPServer
from twilio.request_validator import RequestValidator

from dialer.objections.transcripts import hear_transcript
from dialer.store.configuration import Section
from dialer.web import make_app
from dialer.wiring import wire
from dialer.wiring.clips import transcript_reading
from tests.doubles.house import ACCOUNT, NUMBER, PUBLIC_URL, TOKEN, House, campaign, settings_for
from tests.doubles.recorded import NO, TOLD
from tests.doubles.twilio_client import Twilio

RECORDING, TRANSCRIPT = "RE" + "a" * 32, "GT" + "b" * 32
READY = {
    "account_sid": ACCOUNT,
    "service_sid": "GA" + "c" * 32,
    "transcript_sid": TRANSCRIPT,
    "event_type": "voice_intelligence_transcript_available",
}


def sentence(at: int, words: str, *, channel: int = 2, confidence: str = "0.94") -> dict[str, Any]:
    """One sentence as the API gives it."""
    return {
        "sid": "GX" + f"{at:032x}",
        "media_channel": channel,
        "sentence_index": at,
        "start_time": f"{10 * at}.5",
        "end_time": f"{10 * at + 2}.25",
        "transcript": words,
        "confidence": confidence,
    }


@pytest.fixture
def house(redis_url: str, tmp_path: Path, httpserver: HTTPServer) -> House:
    """A house whose campaign records whole calls; no machine listens to them live."""
    made = House(redis_url, tmp_path)
    made.load_register("tps")
    made.load_register("ctps")
    made.put(Section.CAMPAIGNS, "C1", campaign(recording="full", hearing="off", notice=TOLD))
    address = httpserver.url_for("").rstrip("/")
    made.parts = wire(settings_for(redis_url, tmp_path, twilio_api_base_url=address), clock=made.clock)
    return made


@pytest.fixture
def client(house: House) -> Iterator[FlaskClient]:
    with make_app(house.parts.settings, parts=house.parts).test_client() as made:
        yield made


def was_recorded(client: FlaskClient, house: House) -> str:
    """An agent's call took place and was recorded; returns its decision."""
    twilio = Twilio(client)
    assert "<Dial" in twilio.call(sid="CA1").text
    decision = house.parts.ledger.decision_of_call("CA1")
    assert decision is not None
    told = {
        "CallSid": "CA1",
        "RecordingSid": RECORDING,
        "RecordingStatus": "completed",
        "RecordingDuration": "60",
        "RecordingChannels": "2",
        "RecordingStartTime": "Mon, 23 Nov 2026 09:58:00 +0000",
    }
    assert twilio.post(f"voice/recording?decision={decision}", told).status_code == 200
    return decision


def is_ready(client: FlaskClient, **changed: Any) -> int:
    """Twilio tells that the transcript is ready, with the body's digest signed in the address."""
    body = json.dumps(READY | changed)
    address = f"/twilio/voice/transcript?bodySHA256={hashlib.sha256(body.encode()).hexdigest()}"
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC_URL + address, {})
    headers = {"X-Twilio-Signature": signature, "Content-Type": "application/json"}
    return client.post(address, data=body, headers=headers).status_code


def gives(httpserver: HTTPServer, *sentences: dict[str, Any]) -> None:
    """The API holds this transcript."""
    path = f"/v2/Transcripts/{TRANSCRIPT}"
    channel = {"media_properties": {"source_sid": RECORDING}}
    httpserver.expect_request(path).respond_with_json({"sid": TRANSCRIPT, "channel": channel})
    meta = {"key": "sentences", "page": 0, "page_size": 50, "next_page_url": None, "url": path}
    page = {"sentences": list(sentences), "meta": meta}
    httpserver.expect_request(f"{path}/Sentences").respond_with_json(page)


def works(house: House) -> int:
    """The worker reads what is ready; returns how many sentences it heard."""
    parts = house.parts
    due = parts.transcripts.take_due(parts.clock())
    return sum(hear_transcript(name, transcript_reading(parts)) for name in due)


def noes(house: House) -> list[Any]:
    return list(house.parts.records.of_line(NUMBER).objections)


def test_a_no_in_a_recording_is_in_force_with_its_place(
    client: FlaskClient, house: House, httpserver: HTTPServer
) -> None:
    was_recorded(client, house)
    gives(httpserver, sentence(0, "hello"), sentence(1, NO), sentence(2, "bye", channel=1))
    assert (is_ready(client), works(house)) == (200, 2)
    (no,) = noes(house)
    kept = house.parts.objections.find(no.id)
    assert kept is not None
    assert kept.proof is not None
    place = kept.proof.place
    assert place is not None
    assert (no.words, place.via, place.session, place.turn) == (NO, "recording", TRANSCRIPT, "1")
    assert (place.recording, place.starts_ms, place.ends_ms) == (RECORDING, 10_500, 12_250)
    assert kept.proof.recogniser_confidence == 0.94


def test_what_the_agent_says_is_never_the_callees_no(
    client: FlaskClient, house: House, httpserver: HTTPServer
) -> None:
    was_recorded(client, house)
    gives(httpserver, sentence(0, NO, channel=1))
    assert (is_ready(client), works(house), noes(house)) == (200, 0, [])


def test_the_same_transcript_twice_is_one_no(
    client: FlaskClient, house: House, httpserver: HTTPServer
) -> None:
    was_recorded(client, house)
    gives(httpserver, sentence(0, NO))
    for _ in range(2):
        assert is_ready(client) == 200
        works(house)
    assert len(noes(house)) == 1


def test_a_transcript_of_a_recording_nobody_knows_is_read_and_forgotten(
    client: FlaskClient, house: House, httpserver: HTTPServer
) -> None:
    gives(httpserver, sentence(0, NO))
    assert (is_ready(client), works(house), noes(house)) == (200, 0, [])
    house.clock.advance(minutes=5)
    assert house.parts.transcripts.take_due(house.clock()) == []


def test_one_that_cannot_be_fetched_comes_up_again(
    client: FlaskClient, house: House, httpserver: HTTPServer
) -> None:
    was_recorded(client, house)
    httpserver.expect_request(f"/v2/Transcripts/{TRANSCRIPT}").respond_with_data("", status=503)
    assert (is_ready(client), works(house)) == (200, 0)
    httpserver.clear()
    gives(httpserver, sentence(0, NO))
    house.clock.advance(minutes=5)
    assert works(house) == 1


@pytest.mark.parametrize(
    "changed", [{"account_sid": "AC" + "9" * 32}, {"event_type": "other"}, {"transcript_sid": "../etc"}]
)
def test_an_event_of_another_kind_or_account_is_taken_note_of_and_nothing_done(
    client: FlaskClient, house: House, changed: dict[str, str]
) -> None:
    assert is_ready(client, **changed) == 200
    assert house.parts.transcripts.take_due(house.clock()) == []


def test_an_event_that_is_not_signed_does_nothing(client: FlaskClient, house: House) -> None:
    assert client.post("/twilio/voice/transcript", json=READY).status_code == 403
    assert house.parts.transcripts.take_due(house.clock()) == []
