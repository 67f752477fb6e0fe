"""Noes that somebody says were never said: a second person hears or reads them on the queue's page."""

import re

from dialer.consents.approval import Person
from tests.web.console.noes import (
    CLEAR,
    DOUBTFUL,
    LINE,
    objection_on,
    open_ids,
    questioned,
    said,
    tone,
    with_sound,
)

PATH = "/console/reviews"


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def decide(client, review, act, **fields):
    token = re.search(r'name="csrf" value="([^"]+)"', client.get(PATH).text).group(1)
    return client.post(f"{PATH}/{review}", data={"csrf": token, "act": act} | fields)


def test_a_second_person_ends_what_was_never_said_after_hearing_or_reading_it(supervisor, parts):
    said(parts, CLEAR)
    review = questioned(parts, objection_on(parts))
    page = words(supervisor.get(PATH))
    assert ("Ann says that it was misheard: not what they said: “they meant the dog”" in page) is True
    assert "I have read the words; there is no clip" in page
    unread = decide(supervisor, review, "approve", note="she said Doug")
    assert (unread.status_code, parts.records.of_line(LINE).objections[0].corrected_at) == (400, None)
    decide(supervisor, review, "approve", note="she said Doug", listened="yes")
    assert parts.records.of_line(LINE).objections[0].corrected_at is not None


def test_nobody_agrees_with_themselves(supervisor, parts):
    said(parts, CLEAR)
    by = Person(kind="user", id="sam", name="sam")
    review = questioned(parts, objection_on(parts), by=by)
    assert "somebody else must agree" in supervisor.get(PATH).text
    answer = decide(supervisor, review, "approve", note="I say so", listened="yes")
    assert (answer.status_code, parts.records.of_line(LINE).objections[0].corrected_at) == (403, None)
    assert decide(supervisor, review, "reject", note="my mistake").status_code == 303


def test_the_clip_is_heard_and_that_is_written_down(supervisor, parts, tmp_path):
    said(parts, DOUBTFUL)
    (review,) = open_ids(parts)
    with_sound(parts, review, "CA1", tmp_path)
    page = supervisor.get(PATH)
    assert f'src="{PATH}/{review}/clip"' in page.text
    answer = supervisor.get(f"{PATH}/{review}/clip")
    assert (answer.mimetype, answer.data, answer.headers["Cache-Control"]) == (
        "audio/wav",
        tone(),
        "no-store",
    )
    newest = parts.timeline.page(LINE, lambda _: True, after=None, at_most=1).entries[0]
    assert (newest.kind, newest.fields["by"], newest.fields["subject"]) == ("clip heard", "sam", review)
