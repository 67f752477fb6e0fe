"""Texts: sent and delivered, come in, stopped by a word."""

from datetime import UTC, datetime

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.doubles.application import Application
from tests.doubles.standin import StandIn

PERSON, OURS, INCOMING = "+447700900123", "+447700900999", "/twilio/messages/incoming"


@pytest.mark.parametrize(
    ("steps", "ending", "code"), [([], "delivered", None), ([{"unreachable": True}], "undelivered", "30003")]
)
def test_a_text_is_sent_and_its_fate_is_told(
    standin: StandIn, application: Application, client: Client, steps: list, ending: str, code: str | None
) -> None:
    standin.scripts(PERSON, *steps)

    made = client.messages.create(
        to=PERSON, from_=OURS, body="Hello", status_callback=f"{application.url}/status"
    )

    told = [each.form for each in application.wait_for("/status", 2)]
    assert [each["MessageStatus"] for each in told] == ["sent", ending]
    assert told[-1].get("ErrorCode") == code
    assert client.messages(made.sid).fetch().status == ending


@pytest.mark.parametrize("word", ["STOP", " stop ", "Unsubscribe"])
def test_a_stop_word_blocks_later_texts_of_that_pair(
    standin: StandIn, application: Application, client: Client, word: str
) -> None:
    standin.post("/sandbox/messages", {"from": PERSON, "to": OURS, "body": word})

    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(to=PERSON, from_=OURS, body="Hello")

    assert (refused.value.status, refused.value.code) == (400, 21610)
    assert application.wait_for(INCOMING)[0].form["Body"] == word
    assert client.messages.create(to=PERSON, from_="+447700900998", body="Hello").status == "queued"


def test_a_start_word_lifts_the_block_and_free_text_never_set_it(standin: StandIn, client: Client) -> None:
    for body in ("please stop texting me", "STOP", "START"):
        standin.post("/sandbox/messages", {"from": PERSON, "to": OURS, "body": body})

    assert client.messages.create(to=PERSON, from_=OURS, body="Hello").status == "queued"


def test_the_applications_answer_is_sent_as_a_reply(
    standin: StandIn, application: Application, client: Client
) -> None:
    application.gives(INCOMING, "<Response><Message><Body>You are off our list.</Body></Message></Response>")

    standin.post("/sandbox/messages", {"from": PERSON, "to": OURS, "body": "no more texts please"})

    application.wait_for(INCOMING)
    reply = standin.until(lambda: next(iter(client.messages.list(to=PERSON)), None))
    assert (reply.direction, reply.body, reply.from_) == ("outbound-reply", "You are off our list.", OURS)


def test_a_text_is_redacted_and_a_scheduled_one_cancelled(client: Client) -> None:
    sent = client.messages.create(to=PERSON, from_=OURS, body="Hello")
    planned = client.messages.create(
        to=PERSON, messaging_service_sid="MG" + "0" * 32, body="Later", schedule_type="fixed",
        send_at=datetime(2027, 1, 1, tzinfo=UTC),
    )  # fmt: skip

    assert client.messages(sent.sid).update(body="").body == ""
    assert planned.status == "scheduled"
    assert client.messages(planned.sid).update(status="canceled").status == "canceled"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": "", "from_": OURS, "body": "x"}, 21604),
        ({"to": "0770", "from_": OURS, "body": "x"}, 21211),
        ({"to": PERSON, "body": "x"}, 21603),
        ({"to": PERSON, "from_": OURS}, 21602),
        ({"to": PERSON, "from_": OURS, "body": "x" * 1_601}, 21617),
    ],
)
def test_a_text_twilio_would_not_send_is_refused(client: Client, fields: dict, code: int) -> None:
    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(**fields)

    assert (refused.value.status, refused.value.code) == (400, code)


@pytest.mark.parametrize(
    ("body", "segments"),
    [("x" * 160, "1"), ("x" * 161, "2"), ("é" * 160, "1"), ("ł" * 70, "1"), ("ł" * 71, "2")],
)
def test_parts_are_counted_as_telephones_count_them(client: Client, body: str, segments: str) -> None:
    assert client.messages.create(to=PERSON, from_=OURS, body=body).num_segments == segments
