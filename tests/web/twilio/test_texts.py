"""Somebody texts us: STOP and its kin, free words, START; and stops that Twilio itself took."""

import pytest

from dialer.calls.call import Channel
from dialer.consents.approval import Person, Ruling, settle
from dialer.law.records import Reach, Scope
from dialer.store.configuration import Section
from tests.doubles.house import NUMBER, House, campaign
from tests.doubles.twilio_client import Twilio

OURS = "+442079460100"


def texts(twilio: Twilio, body: str, sid: str = "SM1", **more: str) -> None:
    form = {"MessageSid": sid, "From": NUMBER, "To": OURS, "Body": body, **more}
    answer = twilio.post("messages/incoming", form)
    assert (answer.status_code, answer.text.endswith("<Response />")) == (200, True)


def only_no(house: House) -> tuple[str | None, Reach | None, object]:
    (no,) = house.parts.records.of_line(NUMBER).objections
    scope = no.scope or Scope()
    return no.source, scope.reach, scope.channels


def test_stop_to_a_number_that_calls_people_stops_calls_as_well(twilio: Twilio, house: House) -> None:
    texts(twilio, "STOP")
    assert only_no(house) == ("sms", Reach.PRINCIPAL, "all")
    assert "Not dialled" in twilio.call().text


def test_stop_to_a_number_that_only_texts_stops_texts(twilio: Twilio, house: House) -> None:
    house.put(Section.CAMPAIGNS, "C1", campaign(channel=Channel.SMS))
    texts(twilio, "stop.")
    assert only_no(house) == ("sms", Reach.PRINCIPAL, "text")


@pytest.mark.parametrize(
    ("body", "channels"),
    [("Please don't contact me again", "all"), ("stop calling me", "voice"), ("no more texts", ("texts",))],
)
def test_free_words_stop_what_they_say(twilio: Twilio, house: House, body: str, channels: object) -> None:
    texts(twilio, body)
    assert only_no(house)[2] == channels


@pytest.mark.parametrize(
    "body", ["Who is this?", "HELP", "Ok see you on Tuesday", "START", "yes I would like a quote", "👍"]
)
def test_anything_else_leaves_nothing_and_is_no_consent(twilio: Twilio, house: House, body: str) -> None:
    texts(twilio, body)
    line = house.parts.records.of_line(NUMBER)
    assert not (line.objections or line.holds or line.consents or line.solicitations)


def test_words_in_another_language_hold_the_line(twilio: Twilio, house: House) -> None:
    texts(twilio, "proszę więcej nie dzwonić")
    assert [hold.kind for hold in house.parts.records.of_line(NUMBER).holds] == ["possible_objection"]


def test_start_lifts_nothing_and_waits_for_a_second_person_as_a_consent_to_texts_alone(
    twilio: Twilio, house: House
) -> None:
    texts(twilio, "STOP")
    texts(twilio, "START", "SM2", OptOutType="START")
    assert "Not dialled" in twilio.call().text
    page = house.parts.reviews.open_page(lambda review: True, after=None, at_most=9)
    assert [review.kind for review in page.reviews] == ["consent"]
    assert house.parts.records.of_line(NUMBER).consents == []


def test_a_start_that_is_agreed_to_lifts_no_objection_to_calls(twilio: Twilio, house: House) -> None:
    texts(twilio, "STOP")
    house.clock.advance(minutes=1)
    texts(twilio, "unstop", "SM2")
    (review,) = house.parts.reviews.open_page(lambda _: True, after=None, at_most=9).reviews
    by = Person(kind="key", id="key_9", name="second")
    settle(review.id, Ruling(outcome="approve", by=by), house.parts.reviews, house.clock)
    (consent,) = house.parts.records.of_line(NUMBER).consents
    assert consent.channels == (Channel.SMS,)
    assert "Not dialled" in twilio.call(sid="CA3").text


def test_a_text_by_messenger_counts_for_the_same_line(twilio: Twilio, house: House) -> None:
    form = {"MessageSid": "SM1", "From": f"whatsapp:{NUMBER}", "To": f"whatsapp:{OURS}", "Body": "Stop"}
    twilio.post("messages/incoming", form)
    assert only_no(house)[0] == "sms"


def test_a_pool_of_numbers_is_found_by_its_service(twilio: Twilio, house: House) -> None:
    house.put(Section.CAMPAIGNS, "C1", campaign(caller_id="MG0123", channel=Channel.SMS))
    house.put(Section.CAMPAIGNS, "C2", campaign("C2", principal="birch", caller_id="+442079460101"))
    texts(twilio, "STOP", To="+447700900999", MessagingServiceSid="MG0123")
    assert [no.principal for no in house.parts.records.of_line(NUMBER).objections] == ["alder"]


def test_a_text_twilio_would_not_deliver_since_they_stopped_is_a_no_to_texts(
    twilio: Twilio, house: House
) -> None:
    event = {"MessageSid": "SM5", "From": OURS, "To": NUMBER, "MessageStatus": "undelivered"}
    twilio.post("messages/status", event | {"ErrorCode": "30003"})
    assert house.parts.records.of_line(NUMBER).objections == []
    for _ in range(2):
        twilio.post("messages/status", event | {"ErrorCode": "21610"})
    assert only_no(house) == ("sms", Reach.PRINCIPAL, "text")
