"""What a judgement does with each instant of a record, written down by the instant itself and compared."""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

import pytest

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.law.days import end_of_months_after
from dialer.law.facts import Case, Request
from dialer.law.records import Consent, Hold, Objection, Relationship, Solicitation
from dialer.law.statute_book import StatuteBook
from dialer.screening.alike import READS, Reads
from dialer.screening.at_hand import with_noes_at_hand
from dialer.screening.lasting import judge_for_long
from dialer.screening.what_if import read_case
from dialer.store.line_record import read_line
from tests.doubles.house import ALDER, BECK, BIRCH, MONDAY, campaign
from tests.screening.test_cases_through_the_store import cases
from tests.scrubbing.any_line import AnyLine

LINE = "+442079460123"

IN_A_CASE = (Consent, Objection, Hold, Solicitation, Relationship)


class Watched(datetime):
    """An instant that writes down what is done with it."""

    field: tuple[type, str]
    done: set[tuple[tuple[type, str], str]]

    def _with(self, other: object) -> None:
        is_at = not isinstance(other, Watched) and other == self.judged_at
        self.done.add((self.field, "now" if is_at else "other"))
        if isinstance(other, Watched):
            other.done.add((other.field, "other"))

    def __lt__(self, other: Any) -> bool:
        self._with(other)
        return super().__lt__(other)

    def __le__(self, other: Any) -> bool:
        self._with(other)
        return super().__le__(other)

    def __gt__(self, other: Any) -> bool:
        self._with(other)
        return super().__gt__(other)

    def __ge__(self, other: Any) -> bool:
        self._with(other)
        return super().__ge__(other)

    def __eq__(self, other: object) -> bool:
        self._with(other)
        return super().__eq__(other)

    def __hash__(self) -> int:
        self.done.add((self.field, "day"))
        return super().__hash__()

    def astimezone(self, tz: tzinfo | None = None) -> Any:
        self.done.add((self.field, "day"))
        return plain(self).astimezone(tz)

    def __add__(self, by: timedelta) -> Any:
        self.done.add((self.field, "itself"))
        return plain(self) + by

    def __sub__(self, by: Any) -> Any:
        self.done.add((self.field, "itself"))
        return plain(self) - by

    def __rsub__(self, other: Any) -> Any:
        self.done.add((self.field, "itself"))
        return other - plain(self)


def plain(at: datetime) -> datetime:
    """Return the same instant, watched by nobody."""
    parts = at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond
    return datetime(*parts, tzinfo=at.tzinfo, fold=at.fold)


def watched(record: Any, at: datetime, done: set[Any], *, of: type, path: str = "") -> Any:
    """Return a record whose instants are watched."""
    changed = {}
    for field in fields(record):
        value, name = getattr(record, field.name), f"{path}{field.name.rstrip('_')}"
        if isinstance(value, datetime):
            changed[field.name] = watch(value, at, done, (of, name))
        elif is_dataclass(value) and not isinstance(value, type):
            changed[field.name] = watched(value, at, done, of=of, path=f"{name}.")
    return replace(record, **changed)


def watch(value: datetime, at: datetime, done: set[Any], field: tuple[type, str]) -> Watched:
    """Return one instant, watched."""
    parts = value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond
    made = Watched(*parts, tzinfo=value.tzinfo)
    made.field, made.done, made.judged_at = field, done, at  # type: ignore[attr-defined]
    return made


def all_watched(case: Case, done: set[Any]) -> Case:
    """Return a case whose records' instants are watched, and that names no request."""
    assert case.at is not None
    at = case.at

    def each(records: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(watched(record, at, done, of=type(record)) for record in records)

    return replace(
        case,
        request=replace(case.request, solicitation=None) if case.request is not None else None,
        consents=each(case.consents),
        objections=each(case.objections),
        holds=each(case.holds),
        solicitations=each(case.solicitations),
        relationships=each(case.relationships),
    )


@pytest.fixture(scope="module")
def done() -> set[Any]:
    """Everything that judging all cases of the law, and many more, does with their instants."""
    book, found = StatuteBook.shipped(drama_mobiles=True), set[Any]()
    for case in (*(read_case(json.dumps(described)) for described in cases()), *any_cases()):
        # What was kept of an earlier instant would hide what is read of this one.
        end_of_months_after.cache_clear()
        if case.at is not None:
            judge_for_long(with_noes_at_hand(all_watched(case, found)), book)
    return found


def any_cases() -> Iterator[Case]:
    """Yield calls and messages of several kinds to lines of which anything may be held."""
    draw = random.Random(90)
    for n in range(600):
        record = read_line(AnyLine(draw, LINE, MONDAY).some().raw)
        yield Case(
            at=MONDAY,
            organisations=(ALDER, BIRCH, BECK),
            campaign=campaign(
                purpose=list(Purpose)[n % len(Purpose)], channel=list(Channel)[n % len(Channel)]
            ),
            request=Request(to=LINE),
            line=record.line_for("alder", person=None),
            consents=tuple(record.consents),
            objections=tuple(record.objections),
            holds=tuple(record.holds),
            solicitations=tuple(record.solicitations),
            relationships=tuple(record.relationships),
        )


def named() -> Iterator[tuple[type, str, Reads]]:
    for record, read in READS.items():
        for name, how in read.items():
            yield record, name, how


ALLOWED = {
    Reads.KNOWN: {"now"},
    Reads.ORDER: {"now", "other"},
    Reads.ENDS: {"now", "other", "day"},
    Reads.SINCE: {"now", "other", "day"},
}


@pytest.mark.parametrize(("record", "name", "how"), list(named()))
def test_no_more_is_read_of_an_instant_than_is_said(done, record, name, how) -> None:
    read = {act for field, act in done if field == (record, name)}

    assert read <= ALLOWED.get(how, set())


def test_the_cases_read_instants_of_every_kind(done) -> None:
    read = {field for field, _ in done}

    assert {(Consent, "given_at"), (Consent, "recorded_at"), (Objection, "effective_at")} <= read
    assert {(Hold, "becomes_objection_at"), (Relationship, "collected_at")} <= read


@pytest.mark.parametrize(("record", "name", "how"), list(named()))
def test_every_field_that_is_named_is_there(record, name, how) -> None:
    parts, of = name.split("."), record
    if len(parts) == 1:
        assert {field.name.rstrip("_") for field in fields(of)} >= {name}
    else:
        assert any(field.name == parts[0] for field in fields(of))
