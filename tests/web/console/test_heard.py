"""The page of what a machine heard: certain and possible, how each stands, and a way to question it."""

import re

import pytest

from dialer.clock import from_milliseconds
from dialer.consents.approval import Ruling
from dialer.objections.correction import settle_correction
from dialer.objections.review import Decision, Finding
from dialer.objections.review import decide as settle
from dialer.people.roles import Role
from tests.doubles.house import StandingClock
from tests.web.console.noes import (
    ANN,
    CLEAR,
    DOUBTFUL,
    LINE,
    REFUSED,
    objection_on,
    open_ids,
    questioned,
    said,
)

PATH = "/console/heard"


@pytest.fixture
def clock(redis_client):
    """The server's own time: it is what dates the ledger's lines, and so tells their day."""
    seconds, microseconds = redis_client.time()
    return StandingClock(from_milliseconds(seconds * 1_000 + microseconds // 1_000))


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def question(client, objection, **fields):
    form = {"csrf": re.search(r'name="csrf" value="([^"]+)"', client.get(PATH).text).group(1)}
    return client.post(f"{PATH}/{objection}/correction", data=form | {"note": "they meant the dog"} | fields)


def test_it_lists_what_was_put_in_force_and_what_was_held(supervisor, parts, clock):
    said(parts, CLEAR)
    said(parts, DOUBTFUL, call="CA2", line="+442079460124")
    page = words(supervisor.get(PATH))
    told = (
        "Put in force at once",
        "In force",
        "Held as a possible opt-out",
        "Waits for a person",
        "hearing-",
    )
    assert [missing for missing in told if missing not in page] == []
    assert page.index("Held as a possible") < page.index("Put in force at once")


def test_small_talk_and_a_first_refusal_are_not_there_and_a_second_one_is_without_words(supervisor, parts):
    said(parts, "yes that sounds lovely")
    said(parts, REFUSED, call="CA2")
    assert "No machine heard a no today" in supervisor.get(PATH).text
    said(parts, REFUSED, call="CA3")
    assert "No words are kept of an offer turned down" in supervisor.get(PATH).text


def test_what_somebody_settled_stands_once_and_as_it_was_settled(supervisor, parts, clock):
    said(parts, DOUBTFUL)
    said(parts, DOUBTFUL, call="CA2", line="+442079460124")
    clock.advance(minutes=5)
    for review, finding in zip(open_ids(parts), (Finding.CONFIRM, Finding.NOT_AN_OPT_OUT), strict=True):
        settle(review, Decision(finding=finding, by=ANN, note="heard it"), parts.listening.reviews)
    page = supervisor.get(PATH)
    assert page.text.count("<article") == 2
    assert ("In force" in words(page), "Found to be none" in words(page)) == (True, True)


def test_a_supervisor_questions_one_and_a_second_person_ends_it(supervisor, parts):
    said(parts, CLEAR)
    objection = objection_on(parts)
    assert question(supervisor, objection).status_code == 303
    assert "Questioned: waits for a second person" in words(supervisor.get(PATH))
    (review,) = open_ids(parts)
    assert parts.records.of_line(LINE).objections[0].corrected_at is None
    settle_correction(review, Ruling(outcome="approve", by=ANN, note="heard it"), parts.corrections)
    assert "Ended: not what they said" in words(supervisor.get(PATH))


def test_to_question_one_says_what_was_said_instead(supervisor, parts):
    said(parts, CLEAR)
    answer = question(supervisor, objection_on(parts), note=" ")
    assert (answer.status_code, open_ids(parts)) == (400, [])


def test_one_that_waits_already_is_not_questioned_anew(supervisor, parts):
    said(parts, CLEAR)
    questioned(parts, objection_on(parts))
    assert "Not what they said</summary>" not in supervisor.get(PATH).text
    assert question(supervisor, objection_on(parts)).status_code == 409


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("?judged=in_force", 1),
        ("?judged=possible", 1),
        ("?agent=a17", 1),
        ("?agent=-", 1),
        ("?campaign=C2", 0),
        ("?day=2020-01-01", 0),
    ],
)
def test_filters_stand_in_the_address(supervisor, parts, query, count):
    said(parts, CLEAR)
    said(parts, DOUBTFUL, call="CA2", line="+442079460124", agent=None)
    assert supervisor.get(PATH + query).text.count("<article") == count


def test_another_principals_are_not_there(as_user, parts):
    said(parts, CLEAR)
    stranger = as_user(principals=("ORG_B",))
    assert "<article" not in stranger.get(PATH).text
    assert question(stranger, objection_on(parts)).status_code == 404
    assert stranger.get(f"{PATH}/{objection_on(parts)}/clip").status_code == 404


def test_an_auditor_reads_and_questions_nothing(as_user, parts):
    said(parts, CLEAR)
    auditor = as_user(Role.AUDITOR)
    assert "Not what they said</summary>" not in auditor.get(PATH).text
    assert question(auditor, objection_on(parts)).status_code == 403


def test_a_call_without_a_clip_says_so(supervisor, parts):
    said(parts, CLEAR)
    answer = supervisor.get(f"{PATH}/{objection_on(parts)}/clip")
    assert (answer.status_code, "no recording" in answer.text) == (404, True)
