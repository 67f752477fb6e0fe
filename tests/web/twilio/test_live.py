"""Live transcription: the callee's own words by the leg that is listened to; each turn once."""

import json

import pytest

from dialer.bell import CONFIRM, notice_queue
from dialer.calls.call import Channel
from dialer.objections.pausing import Listening
from dialer.objections.pausing import heard as heard_by_machine
from dialer.store import keys
from dialer.store.configuration import Section
from tests.doubles.house import NUMBER, House, campaign
from tests.doubles.straight import agreed, dialled_straight
from tests.doubles.twilio_client import Twilio
from tests.web.twilio.test_no import decision_of, standing

STOP = "take me off your list"


def piece(words: str = STOP, **changed: str) -> dict[str, str]:
    """A final piece on the agent's leg, said by the callee."""
    return {
        "CallSid": "CA1",
        "TranscriptionEvent": "transcription-content",
        "TranscriptionSid": "GT1",
        "SequenceId": "2",
        "Track": "outbound_track",
        "Final": "true",
        "Timestamp": "2026-11-23T10:00:05.123Z",
        "TranscriptionData": json.dumps({"transcript": words, "confidence": 0.97}),
    } | changed


def heard(twilio: Twilio, decision: str, *, query: str = "", **changed: str) -> int:
    route = f"voice/transcription?decision={decision}&n=1{query}"
    return twilio.post(route, piece(**changed)).status_code


def jobs(house: House) -> list[str]:
    return [job.func_name for job in notice_queue(house.parts.redis).jobs]


@pytest.mark.parametrize(
    ("leg", "track", "counts"),
    [
        ({}, "outbound_track", True),
        ({}, "inbound_track", False),
        ({"CallSid": "CA-child"}, "inbound_track", True),
        ({"CallSid": "CA-child"}, "outbound_track", False),
        ({"query": "&leg=callee"}, "inbound_track", True),
        ({"query": "&leg=callee"}, "outbound_track", False),
        ({"CallSid": "CA-child", "query": "&leg=agent"}, "outbound_track", True),
    ],
)
def test_the_callees_track_is_told_by_the_leg(
    twilio: Twilio, house: House, leg: dict[str, str], track: str, counts: bool
) -> None:
    heard(twilio, decision_of(twilio), Track=track, **leg)
    assert standing(house) == ([("alder", "speech")] if counts else [])


@pytest.mark.parametrize(("track", "counts"), [("inbound_track", True), ("outbound_track", False)])
def test_on_a_call_placed_straight_to_a_person_they_are_what_is_heard(
    twilio: Twilio, house: House, track: str, counts: bool
) -> None:
    heard(twilio, dialled_straight(house), CallSid="CA-straight", Track=track)
    assert bool(standing(house)) is counts


def test_a_partial_never_counts_and_its_final_counts_once(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    for words, final in (("take me", "false"), (STOP, "false"), (STOP, "true"), (STOP, "true")):
        heard(twilio, decision, words=words, Final=final)
    assert len(standing(house)) == 1


def test_the_same_turn_told_again_in_another_envelope_is_the_same_turn(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    heard(twilio, decision)
    heard(twilio, decision, Timestamp="2026-11-23T10:00:06.5Z", LanguageCode="en-GB")
    assert len(standing(house)) == 1
    assert house.parts.redis.zcard(keys.NOTICES_BY_STATE) == 1


def test_pieces_out_of_order_count_each_for_itself(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    heard(twilio, decision, words="goodbye then", SequenceId="9")
    twilio.post(
        f"voice/transcription?decision={decision}&n=1",
        {"CallSid": "CA1", "TranscriptionEvent": "transcription-stopped", "TranscriptionSid": "GT1"},
    )
    heard(twilio, decision, SequenceId="3")
    assert standing(house) == [("alder", "speech")]


def test_listening_that_fails_is_told_to_the_desk_and_what_is_heard_after_all_counts(
    twilio: Twilio, house: House
) -> None:
    decision = decision_of(twilio)
    deaf = {"TranscriptionEvent": "transcription-error", "TranscriptionErrorCode": "32655"}
    twilio.post(f"voice/transcription?decision={decision}&n=1", {"CallSid": "CA1", **deaf})
    state = house.parts.listening.pausing.states.of(decision)
    assert (state.is_unheard, heard_by_machine(state, listens=True)) == (True, Listening.UNHEARD)
    heard(twilio, decision)
    assert standing(house) == [("alder", "speech")]


def test_what_arrives_after_the_call_has_ended_is_in_force_all_the_same(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    ended = {"CallSid": "CA-child", "ParentCallSid": "CA1", "CallStatus": "completed", "To": NUMBER}
    twilio.post(f"voice/status?decision={decision}", ended)
    house.clock.advance(minutes=3)
    assert heard(twilio, decision) == 200
    assert standing(house) == [("alder", "speech")]


@pytest.mark.parametrize("query", ["decision=dec_00000000000000000000000000&n=1", "n=1"])
def test_words_of_a_call_nobody_knows_are_taken_note_of_and_kept_nowhere(
    twilio: Twilio, house: House, query: str
) -> None:
    before = house.parts.redis.dbsize()
    assert twilio.post(f"voice/transcription?{query}", piece()).status_code == 200
    assert house.parts.redis.dbsize() == before


def test_words_of_another_account_are_refused(twilio: Twilio, house: House) -> None:
    decision = decision_of(twilio)
    assert heard(twilio, decision, AccountSid="AC" + "f" * 32) == 403
    assert standing(house) == []


@pytest.mark.parametrize(
    "broken",
    [
        {"TranscriptionData": "{"},
        {"TranscriptionData": '{"confidence": 0.9}'},
        {"TranscriptionData": "[]"},
        {"TranscriptionData": ""},
        {"Track": ""},
        {"Final": ""},
    ],
)
def test_a_piece_that_cannot_be_read_is_answered_and_does_nothing(
    twilio: Twilio, house: House, broken: dict[str, str]
) -> None:
    assert heard(twilio, decision_of(twilio), **broken) == 200
    assert standing(house) == []


def test_provider_data_that_is_no_json_fails_no_event(twilio: Twilio, house: House) -> None:
    heard(twilio, decision_of(twilio), TranscriptionProviderData="{'broken': ")
    assert standing(house) == [("alder", "speech")]


def test_while_an_agent_is_connected_no_machine_confirms_aloud(twilio: Twilio, house: House) -> None:
    assert "<Dial" not in twilio.post(f"voice/transcription?decision={decision_of(twilio)}", piece()).text
    assert standing(house) == [("alder", "speech")]
    assert CONFIRM not in jobs(house)


def test_a_message_without_an_agent_is_confirmed_aloud_once(twilio: Twilio, house: House) -> None:
    house.put(Section.CAMPAIGNS, "C1", campaign(channel=Channel.AUTOMATED_CALL, dial_mode=None))
    house.parts.records.add(agreed(Channel.AUTOMATED_CALL))
    decision = dialled_straight(house)
    for _ in range(2):
        heard(twilio, decision, CallSid="CA-straight", Track="inbound_track")
    assert jobs(house).count(CONFIRM) == 1
