"""JSON values into a record: strict, every bad place once, times only as times are written."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Literal

import pytest
from pydantic import AwareDatetime

from dialer.calls.shape import STRICT
from dialer.reading.shapes import read_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    """A time within a list within an object."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    """One member of each kind that is read."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str
    began: AwareDatetime | None = None
    days: tuple[date, ...] = ()
    inner: tuple[Inner, ...] = ()
    words: str | AwareDatetime | None = None
    few: Literal["all"] | tuple[Literal["a", "b"], ...] = "all"


def places(**given: Any) -> list[str]:
    record, faults = read_values({"name": "x", **given}, Outer)
    assert (record is None) is bool(faults)
    return [fault.pointer for fault in faults]


def test_a_record_is_read_with_its_times() -> None:
    given = {"name": "x", "began": "2026-11-23T10:00:00+01:00", "days": ["2026-11-23"]}
    expected = Outer(name="x", began=datetime(2026, 11, 23, 9, tzinfo=UTC), days=(date(2026, 11, 23),))
    assert read_values(given, Outer) == (expected, ())


@pytest.mark.parametrize("written", ["1700000000", "1700000000000", "2026-11-23", "0001-01-01T00:00:00Z"])
def test_what_only_a_machine_takes_for_an_instant_is_none(written: str) -> None:
    assert places(began=written) == ["/began"]
    assert places(inner=[{}, {"at": written}]) == ["/inner/1/at"]


@pytest.mark.parametrize("written", ["1700000000", "2026-11-23T00:00:00", "2026-11-23T00:00:00Z", "23.11.26"])
def test_what_only_a_machine_takes_for_a_day_is_none(written: str) -> None:
    assert places(days=["2026-11-23", written]) == ["/days/1"]


def test_a_text_that_might_be_a_time_is_a_text() -> None:
    assert places(words="1700000000") == []


def test_an_instant_needs_its_offset_and_a_day_that_exists() -> None:
    assert places(began="2026-11-23T10:00:00") == ["/began"]
    assert places(began="2026-02-31T10:00:00Z") == ["/began"]
    assert places(days=["2026-02-31"]) == ["/days/0"]


def test_each_bad_place_is_told_of_once_and_in_the_records_order() -> None:
    assert places(name=5, began="soon", colour="red", few="c") == ["/name", "/began", "/few", "/colour"]


def test_the_arms_of_a_choice_are_told_of_as_alternatives() -> None:
    _, faults = read_values({"name": "x", "few": "c"}, Outer)
    assert [(fault.pointer, fault.detail) for fault in faults] == [
        ("/few", "should be 'all', or should be a valid array")
    ]


def test_a_missing_member_is_pointed_at_where_it_belongs() -> None:
    record, faults = read_values({}, Outer)
    assert (record, [(fault.pointer, fault.detail) for fault in faults]) == (None, [("/name", "is required")])
