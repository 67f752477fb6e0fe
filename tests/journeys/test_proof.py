"""Stories of proof: a no in a recorded call, its clip kept by a worker, heard by somebody, gone in time."""

import hashlib
import io
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from dialer.objections.hearing.version import hearing_version
from dialer.people.roles import Role
from tests.doubles.recorded import NO, Recorded, recorded_centre

HOSTILE = "oh just get lost"


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> Iterator[Recorded]:
    """A centre that records only for proof."""
    with recorded_centre(redis_url, tmp_path) as served:
        yield served


def test_a_supervisor_hears_the_words_and_the_ledger_says_who_heard_them(house: Recorded) -> None:
    house.calls({"wait_s": 2}, {"say": NO}, {"wait_s": 1}, {"hang_up": True})
    assert house.works() == 1
    (objection,) = house.objections()
    told = house.asks(Role.SUPERVISOR, "GET", f"/v1/objections/{objection}").body
    heard = house.asks(Role.SUPERVISOR, "GET", f"/v1/objections/{objection}/clip")
    assert (heard.status, heard.media_type) == (200, "audio/wav")
    assert hashlib.sha256(heard.body).hexdigest() == told["clip"]["sha256"]
    with wave.open(io.BytesIO(heard.body)) as sound:
        assert (sound.getnchannels(), sound.getnframes() > 0) == (2, True)
    (listener,) = house.ledger("clip heard")
    assert (listener["by"], listener["subject"]) == ("supervisor", objection)


def test_the_proof_says_who_when_how_where_and_how_sure(house: Recorded) -> None:
    story = house.calls({"wait_s": 2}, {"say": NO}, {"hang_up": True})
    house.works()
    (objection,) = house.objections()
    told = house.asks(Role.AUDITOR, "GET", f"/v1/objections/{objection}").body
    (recording,) = house.twilio.recordings.list(include_soft_deleted=True)
    proof, place = told["proof"], told["proof"]["place"]
    assert (told["objection"]["words"], told["objection"]["source"]) == (NO, "speech")
    assert (told["call_sid"], told["campaign"], told["agent"]) == (story["sid"], "C1", "a17")
    assert NO[slice(*proof["span"])].strip() != ""
    assert (proof["model"], proof["label"], 0.5 < proof["confidence"] <= 1) == (
        hearing_version(),
        "opt_out",
        True,
    )
    assert (place["via"], place["session"][:2], place["turn"].isdecimal()) == ("live", "GT", True)
    assert proof["recogniser_confidence"] is not None
    assert (told["clip"]["recording"], told["no_clip"]) == (recording.sid, None)


def test_nobody_finds_the_sound_on_the_disk_without_the_key(house: Recorded, tmp_path: Path) -> None:
    house.calls({"say": NO}, {"hang_up": True})
    house.works()
    (sealed,) = (tmp_path / "archive").rglob("*.sealed")
    assert b"RIFF" not in sealed.read_bytes()
    sealed.write_bytes(sealed.read_bytes()[:-1] + b"\0")
    (objection,) = house.objections()
    answer = house.asks(Role.SUPERVISOR, "GET", f"/v1/objections/{objection}/clip")
    assert (answer.status, answer.body["code"]) == (500, "damaged")


def test_what_was_recorded_for_a_clip_alone_is_gone_an_hour_later(house: Recorded) -> None:
    house.calls({"say": "yes I can talk now"}, {"wait_s": 2}, {"hang_up": True})
    assert (house.works(), len(house.twilio.recordings.list())) == (0, 1)
    house.centre.house.clock.advance(minutes=61)
    assert (house.works(), house.twilio.recordings.list()) == (0, [])
    assert house.centre.house.parts.clips.recordings.take_due(house.centre.house.clock()) == []


def test_a_wrap_up_after_the_call_still_finds_its_clip(house: Recorded) -> None:
    story = house.calls({"say": "yes I can talk now"}, {"wait_s": 2}, {"hang_up": True})
    assert house.works() == 0
    body = {"call_sid": story["sid"], "words": "she said stop as I rang off"}
    assert house.asks(Role.AGENT, "POST", "/v1/objections", body).status == 201
    house.centre.house.clock.advance(minutes=61)
    assert (house.works(), house.twilio.recordings.list()) == (1, [])
    (objection,) = house.objections()
    assert house.asks(Role.SUPERVISOR, "GET", f"/v1/objections/{objection}/clip").status == 200


def test_the_clip_of_a_doubt_goes_a_month_after_somebody_found_it_was_none(house: Recorded) -> None:
    house.calls({"say": HOSTILE}, {"hang_up": True})
    house.works()
    (review,) = house.reviews()
    path = f"/v1/reviews/{review['id']}"
    assert house.asks(Role.SUPERVISOR, "GET", f"{path}/clip").status == 200
    body = {"outcome": "not_an_opt_out", "note": "they spoke to their dog"}
    assert house.asks(Role.SUPERVISOR, "POST", path, body).status == 200
    house.centre.house.clock.advance(days=31)
    assert (house.tidies(), len(house.ledger("clip deleted"))) == (1, 1)
    gone = house.asks(Role.SUPERVISOR, "GET", f"{path}/clip")
    assert (gone.status, "was deleted on" in gone.body["detail"]) == (404, True)


def test_the_clip_of_a_confirmed_doubt_proves_the_objection_for_two_years(house: Recorded) -> None:
    house.calls({"say": HOSTILE}, {"hang_up": True})
    house.works()
    (review,) = house.reviews()
    path = f"/v1/reviews/{review['id']}"
    assert house.asks(Role.SUPERVISOR, "POST", path, {"outcome": "confirm"}).status == 200
    house.centre.house.clock.advance(days=31)
    assert house.tidies() == 0
    (objection,) = house.objections()
    assert house.asks(Role.AUDITOR, "GET", f"/v1/objections/{objection}/clip").status == 200
    house.centre.house.clock.advance(days=700)
    assert house.tidies() == 1


def test_only_some_hear_clips_and_nobody_anothers(house: Recorded) -> None:
    house.calls({"say": NO}, {"hang_up": True})
    (objection,) = house.objections()
    path = f"/v1/objections/{objection}/clip"
    waiting = house.asks(Role.SUPERVISOR, "GET", path)
    assert (waiting.status, "being fetched" in waiting.body["detail"]) == (404, True)
    house.works()
    assert [house.asks(role, "GET", path).status for role in (Role.AGENT, Role.DIALER)] == [403, 403]
    assert len(house.ledger("clip heard")) == 0
