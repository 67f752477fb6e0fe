"""Stories of lawful listening: told or not listened to, what was no *no* is nowhere, paused is deaf."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from dialer.calls.campaign import Notice
from dialer.people.roles import Role
from dialer.store.configuration import Section
from tests.doubles.house import NUMBER, campaign
from tests.doubles.recorded import NO, TOLD, TYPED, Recorded, recorded_centre
from tests.servers import RunningServer

ORDINARY = "my daughter Persephone keeps ferrets in Harrogate"
CARD = "the long number is four nine two nine"


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> Iterator[Recorded]:
    """A centre that records only for proof and listens."""
    with recorded_centre(redis_url, tmp_path) as served:
        yield served


def everything_in(client: "redis.Redis", server: RunningServer, folder: Path) -> bytes:
    """Return all that the store holds and has noted, and every byte of the folders."""
    held = [client.dump(name) or b"" for name in client.scan_iter(count=1_000)]
    for name in client.scan_iter(count=1_000):
        kind = client.type(name)
        held += [name, repr(_content(client, name, kind.decode())).encode()]
    held.append(repr(client.slowlog_get(1_000)).encode())
    files = [path for root in (folder, server.folder) for path in root.rglob("*") if path.is_file()]
    return b"\n".join([*held, *(path.read_bytes() for path in files)])


def _content(client: "redis.Redis", name: bytes, kind: str) -> object:
    readers = {
        "string": client.get,
        "hash": client.hgetall,
        "set": client.smembers,
        "zset": lambda key: client.zrange(key, 0, -1),
        "list": lambda key: client.lrange(key, 0, -1),
        "stream": lambda key: client.xrange(key),
    }
    return readers[kind](name)


def test_words_that_are_no_no_are_written_nowhere_at_all(
    house: Recorded,
    redis_client: "redis.Redis",
    shared_server: RunningServer,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    # Even what the store notes of slow commands would show a word.
    redis_client.config_set("slowlog-log-slower-than", 0)
    house.calls({"say": ORDINARY}, {"say": NO}, {"hang_up": True})
    house.works()
    redis_client.config_set("slowlog-log-slower-than", 10_000)
    kept = everything_in(redis_client, shared_server, tmp_path)
    said = "".join(capfd.readouterr()) + caplog.text
    assert NO.encode() in kept
    for word in ("Persephone", "ferrets", "Harrogate"):
        assert word.encode() not in kept
        assert word not in said


def test_the_agent_is_told_to_give_the_notice_and_is_given_its_words(house: Recorded) -> None:
    body = {"to": TYPED, "campaign": "C1", "agent": "a17"}
    decision = house.asks(Role.DIALER, "POST", "/v1/screen", body).body
    assert "SAY_NOTICE" in decision["obligations"]
    assert decision["notice_say"] == TOLD.wording


def test_where_a_message_gives_the_notice_the_callee_hears_it_before_the_agent(house: Recorded) -> None:
    spoken = Notice(wording=TOLD.wording, said_by="message")
    told = campaign(hearing="live", recording="full", notice=spoken)
    house.centre.house.put(Section.CAMPAIGNS, "C1", told)
    story = house.calls({"say": NO}, {"hang_up": True})
    events = [event["event"] for event in story["events"]]
    (played,) = [event for event in story["events"] if event.get("words") == TOLD.wording]
    assert story["events"].index(played) < events.index("bridged")
    assert len(house.objections()) == 1


@pytest.mark.parametrize(
    "notice", [None, Notice(wording="  ", said_by="agent"), Notice(wording="We record.")]
)
def test_without_a_notice_nobody_records_and_no_machine_listens(house: Recorded, notice: Notice) -> None:
    unlawful = campaign(hearing="live", recording="full", notice=notice)
    house.centre.house.put(Section.CAMPAIGNS, "C1", unlawful)
    story = house.calls({"say": NO}, {"hang_up": True})
    events = {event["event"] for event in story["events"]}
    assert "bridged" in events
    assert not events & {"recording", "transcription-started"}
    assert house.objections() == []


@pytest.mark.parametrize(
    ("recording", "hearing", "is_recorded", "is_heard"),
    [
        ("none", "live", False, True),
        ("full", "off", True, False),
        ("none", "off", False, False),
        ("opt_out_clip", "keypad", True, False),
    ],
)
def test_recording_and_listening_follow_their_own_switches(
    house: Recorded, recording: str, hearing: str, is_recorded: bool, is_heard: bool
) -> None:
    changed = campaign(hearing=hearing, recording=recording, notice=TOLD)
    house.centre.house.put(Section.CAMPAIGNS, "C1", changed)
    story = house.calls({"wait_s": 6}, {"hang_up": True})
    events = {event["event"] for event in story["events"]}
    assert ("recording" in events, "transcription-started" in events) == (is_recorded, is_heard)


def paused(house: Recorded, sid: str) -> None:
    answer = house.asks(Role.AGENT, "POST", f"/v1/calls/{sid}/pause")
    assert (answer.status, answer.body["listening"], answer.body["is_recorded"]) == (200, "paused", False)


def until_bridged(house: Recorded, sid: str) -> None:
    standin = house.centre.standin
    standin.until(
        lambda: "bridged" in [event["event"] for event in standin.get(f"/sandbox/calls/{sid}")[1]["events"]]
    )


def test_while_a_card_is_read_out_nothing_is_recorded_heard_or_kept(
    house: Recorded, redis_client: "redis.Redis", shared_server: RunningServer, tmp_path: Path
) -> None:
    sid = house.begins({"wait_s": 30}, {"say": CARD}, {"wait_s": 5}, {"hang_up": True})
    until_bridged(house, sid)
    paused(house, sid)
    desk = house.asks(Role.AGENT, "GET", f"/v1/calls/{sid}/prompts").body
    assert (desk["listening"], desk["listening_says"]) == ("paused", "Not listening: use the button.")
    (recording,) = house.twilio.calls(sid).recordings.list()
    assert recording.status == "paused"
    house.centre.standin.story(sid)
    assert b"four nine two" not in everything_in(redis_client, shared_server, tmp_path)
    (pause,) = house.ledger("listening paused")
    assert (pause["by"], pause["contact_point"]) == ("agent", NUMBER)


def test_after_the_card_it_listens_again_and_a_no_counts(house: Recorded) -> None:
    sid = house.begins({"wait_s": 60}, {"say": NO}, {"wait_s": 5}, {"hang_up": True})
    until_bridged(house, sid)
    paused(house, sid)
    answer = house.asks(Role.AGENT, "POST", f"/v1/calls/{sid}/resume")
    assert (answer.status, answer.body["listening"], answer.body["is_recorded"]) == (200, "on", True)
    (recording,) = house.twilio.calls(sid).recordings.list()
    assert recording.status == "in-progress"
    house.centre.standin.story(sid)
    assert len(house.objections()) == 1


def test_the_button_works_while_nobody_listens(house: Recorded) -> None:
    sid = house.begins({"wait_s": 60}, {"hang_up": True})
    until_bridged(house, sid)
    paused(house, sid)
    body = {"call_sid": sid, "words": "they asked me to stop while they paid"}
    assert house.asks(Role.AGENT, "POST", "/v1/objections", body).status == 201


def test_paused_twice_and_resumed_twice_is_once_each(house: Recorded) -> None:
    sid = house.begins({"wait_s": 60}, {"hang_up": True})
    until_bridged(house, sid)
    for _ in range(2):
        paused(house, sid)
    for _ in range(2):
        assert house.asks(Role.AGENT, "POST", f"/v1/calls/{sid}/resume").status == 200
    assert (len(house.ledger("listening paused")), len(house.ledger("listening resumed"))) == (1, 1)


def test_another_agent_may_not_pause_a_call(house: Recorded) -> None:
    sid = house.calls({"wait_s": 1}, {"hang_up": True})["sid"]
    assert house.asks(Role.AUDITOR, "POST", f"/v1/calls/{sid}/pause").status == 403
    assert house.asks(Role.AGENT, "POST", "/v1/calls/CA00/pause").status == 404
