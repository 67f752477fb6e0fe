"""One ledger line read back as a page explains it: whole, or an error, never a guess."""

from datetime import date, timedelta

import pytest

from dialer.errors import CannotKeep
from dialer.reports.explained import explain
from dialer.screening.decision_json import decision_fields
from dialer.screening.verdict import Answer
from tests.reports.lines import NOON, OBJECTED, TPS, decision, reason


def line(**more):
    return decision_fields(decision(**more), for_ledger=True)


def test_a_line_says_after_reading_what_it_said_before():
    made = decision(TPS, more=(reason(OBJECTED),))

    read = explain(decision_fields(made, for_ledger=True))

    assert (read.id, read.answer, read.reason) == (made.id, Answer.BLOCK, TPS)
    assert [finding.code for finding in read.findings] == [TPS, OBJECTED]
    assert (read.decided_at, read.day) == (NOON, date(2026, 11, 23))
    assert read.findings[0].say == made.verdict.reasons[0].say


@pytest.mark.parametrize(
    ("value", "text", "day", "at"),
    [
        (None, "not known", None, None),
        (True, "yes", None, None),
        (False, "no", None, None),
        (27, "27", None, None),
        (date(2026, 11, 20), "2026-11-20", date(2026, 11, 20), None),
        (NOON, NOON.isoformat(), None, NOON),
        ("a-b-c", "a-b-c", None, None),
        ("2026-02-31", "2026-02-31", None, None),
        ("2026-11-23T10:00:00", "2026-11-23T10:00:00", None, None),
        ("Tuesday", "Tuesday", None, None),
    ],
)
def test_a_fact_is_dated_only_where_it_is_a_time(value, text, day, at):
    (fact,) = explain(line(facts=(("fact", value),))).findings[0].facts

    assert (fact.text, fact.day, fact.at) == (text, day, at)


def test_a_call_put_off_keeps_when_to_try_again():
    assert explain(line(code="UK_HOURS_OUTSIDE", answer=Answer.DEFER)).retry_at == NOON + timedelta(hours=2)


@pytest.mark.parametrize("missing", ["reasons", "decided_at", "rules_version", "registers", "to", "verdict"])
def test_a_line_that_lacks_something_is_an_error_that_shows_nothing_of_it(missing):
    fields = line()
    del fields[missing]

    with pytest.raises(CannotKeep) as refused:
        explain(fields)

    assert "7946" not in refused.value.message


def test_an_unreadable_number_is_an_empty_one():
    assert explain(line(to="")).to == ""


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://example.org", "docs/law.md", ""])
def test_only_a_public_address_becomes_a_link(url):
    fields = line()
    fields["reasons"][0]["url"] = url

    assert explain(fields).findings[0].url == ""
