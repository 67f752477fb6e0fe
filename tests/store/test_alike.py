"""Lines of which the same is held, as far as a judgement reads it, told apart from all others."""

import json
from datetime import timedelta
from typing import Any

import pytest

from dialer.clock import milliseconds
from dialer.law.facts import Policy
from dialer.law.statute_book import StatuteBook
from dialer.screening.alike import law_on
from dialer.store import alike as told
from tests.doubles.house import MONDAY

ONE, OTHER, THIRD = "+442079460123", "+442079460199", "+442079460188"
LAST_WEEK = "2026-11-16T09:00:00Z"


LAW = law_on(MONDAY.date(), StatuteBook.shipped(), Policy())


def likeness(line: str, fields: dict[bytes, bytes]) -> object:
    """Return what is read of a line today."""
    return told.likeness(line, fields, MONDAY, LAW)


def record(kind: str, name: str, line: str, **values: Any) -> dict[bytes, bytes]:
    """Return a record as the store writes it."""
    body = json.dumps({"id": name, "contact_point": line} | values, separators=(",", ":"))
    return {f"{kind}:{name}".encode(): body.encode()}


def objection(line: str, name: str = "obj_1", **values: Any) -> dict[bytes, bytes]:
    return {b"seq": b"7"} | record("obj", name, line, **({"effective_at": LAST_WEEK} | values))


def alike(ours: dict[bytes, bytes], theirs: dict[bytes, bytes]) -> bool:
    return likeness(ONE, ours) == likeness(OTHER, theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (objection(ONE), objection(OTHER, "obj_2")),
        (objection(ONE), objection(OTHER, effective_at="2026-10-01T08:00:00.5Z")),
        (objection(ONE), objection(OTHER) | {b"seq": b"9", b"pro:con:con_1": b"{}"}),
        (objection(ONE, words="no"), objection(OTHER, words="I told you before")),
        (objection(ONE, person="P1"), objection(OTHER, person="P2")),
        (objection(THIRD), objection("+442079460177")),
        ({b"abn:alder": b"1000"}, {b"abn:alder": b"2000"}),
    ],
    ids=["an id", "a time before now", "what nobody judges", "words", "a person", "another line", "long ago"],
)
def test_what_no_judgement_reads_makes_no_difference(ours, theirs):
    assert alike(ours, theirs)


@pytest.mark.parametrize(
    "theirs",
    [
        objection(OTHER, effective_at="2026-11-24T09:00:00Z"),
        objection(OTHER, effective_at=None),
        objection(OTHER, words=""),
        objection(OTHER) | {b"abn:alder": b"%d" % milliseconds(MONDAY - timedelta(days=8))},
        objection(OTHER) | {b"cor:obj_1": b'{"id":"rev_1"}'},
        record("hld", "obj_1", OTHER, effective_at=LAST_WEEK),
        objection(ONE),
        objection(OTHER, "obj_1") | objection(OTHER, "obj_2"),
        objection(OTHER, principal="birch"),
    ],
    ids=[
        *("a time to come", "no time", "no words", "an event", "a correction", "another kind"),
        *("another line's", "two", "whose"),
    ],
)
def test_what_one_may_read_does(theirs):
    assert not alike(objection(ONE, words="no"), theirs)


def test_a_person_who_stands_again_is_told_from_one_who_does_not():
    mark = record("mrk", "mrk_1", ONE, person="P1", recorded_at=LAST_WEEK)

    assert not alike(objection(ONE, person="P1") | mark, objection(OTHER, person="P2") | mark)


def test_a_line_that_is_linked_is_told_from_one_that_is_not():
    ours, theirs = ({b"lnk:alder|P1": b'["%b"]' % line.encode()} for line in (THIRD, OTHER))

    assert alike(
        objection(THIRD) | ours, objection("+442079460177") | {b"lnk:alder|P9": b'["+442079460177"]'}
    )
    assert not alike(objection(THIRD) | ours, objection(THIRD) | theirs)


def test_two_consents_are_told_in_the_order_of_their_ids():
    def two(first: str, second: str) -> dict[bytes, bytes]:
        long, short = "2027-11-23T00:00:00Z", "2026-12-01T00:00:00Z"
        return record("con", first, ONE, expires_at=long) | record("con", second, ONE, expires_at=short)

    assert likeness(ONE, two("a", "b")) == likeness(ONE, two("c", "d"))
    assert likeness(ONE, two("a", "b")) != likeness(ONE, two("b", "a"))


def test_of_a_consent_the_civil_day_in_london_counts():
    def given(at: str) -> dict[bytes, bytes]:
        return record("con", "con_1", ONE, given_at=at)

    summer = "2026-07-01T23:30:00Z", "2026-07-02T08:00:00+00:00", "2026-07-01T22:30:00Z"
    same, also, before = (likeness(ONE, given(at)) for at in summer)

    assert same == also
    assert same != before


@pytest.mark.parametrize(
    "fields",
    [
        {b"obj:obj_1": b"{"},
        {b"obj:obj_1": b"[]"},
        objection(ONE, words=7),
        objection(ONE, effective_at="yesterday"),
        objection(ONE, contact_point="020 7946 0123"),
        objection(ONE, principal="+442079460188"),
    ],
    ids=["cut short", "no record", "no text", "no instant", "no number", "a number elsewhere"],
)
def test_what_is_out_of_shape_is_like_no_other(fields):
    assert likeness(ONE, fields) != likeness(OTHER, fields)
