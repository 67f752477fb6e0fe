"""A line's HASH as it stood: what changes by its history, what is only added by when it was recorded."""

from datetime import UTC, datetime, timedelta

import pytest

from dialer.clock import milliseconds
from dialer.errors import CannotKeep
from dialer.law.facts import Line
from dialer.law.records import Objection
from dialer.objections.corrected import Correction
from dialer.screening.past import Moment
from dialer.store.codec import to_json
from dialer.store.past_line import Until, line_until

AT = datetime(2026, 11, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def change(field: str, seq: int, at: datetime, value: bytes) -> tuple[bytes, bytes]:
    return f"was:{field}:{seq}".encode(), str(milliseconds(at)).encode() + b" " + value


def facts(company: str) -> bytes:
    return to_json(Line(company=company))


FIELDS = [
    (b"seq", b"9"),
    (b"fac:alder", facts("third")),
    change("fac:alder", 2, AT, facts("first")),
    change("fac:alder", 5, AT + DAY, facts("second")),
    change("fac:alder", 9, AT + 2 * DAY, facts("third")),
]


@pytest.mark.parametrize(
    ("after", "company"),
    [(-1, None), (0, "first"), (23.9, "first"), (24, "second"), (47.9, "second"), (48, "third")],
)
def test_a_fact_stands_from_the_hour_it_was_said_to_the_next(after: float, company: str | None) -> None:
    until = Until(milliseconds(AT + timedelta(hours=after)))
    stood = line_until(FIELDS, until)
    assert stood.record.facts.get("alder", Line()).company == company
    assert stood.is_whole


@pytest.mark.parametrize(("seq", "company"), [(1, None), (2, "first"), (5, "second"), (8, "second")])
def test_a_decision_saw_the_fact_of_its_seq_whatever_the_clocks_say(seq: int, company: str | None) -> None:
    stood = line_until(FIELDS, Until(milliseconds(AT + 30 * DAY), seq))
    assert stood.record.facts.get("alder", Line()).company == company


def test_a_fact_without_its_history_is_not_known() -> None:
    stood = line_until([(b"fac:alder", facts("first"))], Until(milliseconds(AT)))
    assert stood.record.facts == {}
    assert not stood.is_whole


def test_a_record_that_came_by_a_link_counts_from_its_coming() -> None:
    body = to_json(Objection(id="obj_1", recorded_at=AT, effective_at=AT))
    fields = [(b"obj:obj_1", body), change("obj:obj_1", 4, AT + DAY, b"")]
    before = line_until(fields, Until(milliseconds(AT + DAY - timedelta(seconds=1))))
    after = line_until(fields, Until(milliseconds(AT + DAY)))
    assert before.record.objections == []
    assert [no.id for no in after.record.objections] == ["obj_1"]


def test_what_was_written_after_a_decision_was_unseen_though_dated_before() -> None:
    body = to_json(Objection(id="obj_1", recorded_at=AT, effective_at=AT))
    stood = line_until([(b"obj:obj_1", body)], Until(milliseconds(AT)))
    moment = Moment.then(AT)
    assert stood.known_at(moment).objections != []
    assert stood.seen_by(moment, unseen=frozenset({"obj_1"})).objections == []


def test_a_history_that_does_not_read_is_an_error() -> None:
    with pytest.raises(CannotKeep, match="history"):
        line_until([(b"was:fac:alder:2", b"yesterday {}")], Until(milliseconds(AT)))


def ended_no(*, corrected_at: datetime) -> list[tuple[bytes, bytes]]:
    """A no of yesterday, and its end by two people under the id of their review."""
    no = Objection(id="obj_1", recorded_at=AT - DAY, effective_at=AT - DAY)
    end = Correction(id="rev_1", objection="obj_1", why="misheard", corrected_at=corrected_at)
    return [(b"obj:obj_1", to_json(no)), (b"cor:obj_1", to_json(end))]


def test_a_correction_written_after_a_decision_had_not_ended_the_no_for_it() -> None:
    stood = line_until(ended_no(corrected_at=AT), Until(milliseconds(AT), seq=3))
    moment = Moment.then(AT)
    assert [no.corrected_at for no in stood.known_at(moment).objections] == [AT]
    (no,) = stood.seen_by(moment, unseen=frozenset({"rev_1"})).objections
    assert no.corrected_at is None
    (no,) = stood.seen_by(moment, unseen=frozenset({"rev_2"})).objections
    assert no.corrected_at == AT


@pytest.mark.parametrize(("early", "is_near"), [(timedelta(seconds=30), True), (timedelta(hours=2), False)])
def test_a_correction_near_a_decision_has_its_place_looked_up(early: timedelta, is_near: bool) -> None:
    stood = line_until(ended_no(corrected_at=AT - early), Until(milliseconds(AT)))
    assert stood.was_recorded_between(AT - timedelta(minutes=1), AT + timedelta(minutes=1)) is is_near


def test_a_no_written_before_a_decision_was_seen_though_dated_after() -> None:
    body = to_json(Objection(id="obj_1", recorded_at=AT + timedelta(milliseconds=300)))
    stood = line_until([(b"obj:obj_1", body)], Until(milliseconds(AT), seq=3))
    moment = Moment.then(AT)
    assert stood.known_at(moment).objections == []
    assert [no.recorded_at for no in stood.seen_by(moment, unseen=frozenset()).objections] == [AT]
