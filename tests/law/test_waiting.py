"""When to ask again, and when an answer dies by itself, to the second and across summer time."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dialer.law.asked import read_asked
from dialer.law.reading import read_matter
from dialer.law.rule import Rule, defers
from dialer.law.statute_book import all_rules
from dialer.law.waiting import retry_at
from dialer.screening.what_if import read_case
from tests.law.building import BOOK, LINE, MONDAY, a_case, a_consent, a_solicitation, instant, judged


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        ("2026-11-23T10:00:00+00:00", "2026-11-23T10:01:00+00:00"),
        ("2026-11-23T20:59:30+00:00", "2026-11-23T21:00:00+00:00"),
        ("2026-06-24T19:59:30+00:00", "2026-06-24T20:00:00+00:00"),
    ],
)
def test_an_allow_dies_after_a_minute_or_when_hours_end(at: str, ends: str) -> None:
    fresh = {"extracted_on": at[:10], "listed": False}
    verdict = judged(a_case(at=at, registers={"tps": fresh, "ctps": fresh}))
    assert (verdict.answer, verdict.valid_until) == ("allow", instant(ends))


def test_an_allow_dies_with_the_consent_it_rests_on() -> None:
    consent = a_consent(expires_at="2026-11-23T10:00:20Z")
    assert judged(a_case(consents=[consent])).valid_until == instant("2026-11-23T10:00:20+00:00")


def test_an_allow_dies_with_the_request_it_rests_on() -> None:
    asked = a_solicitation(valid_until="2026-11-23T10:00:20Z")
    verdict = judged(a_case(request={"solicitation": "sol_1"}, solicitations=[asked]))
    assert verdict.valid_until == instant("2026-11-23T10:00:20+00:00")


def test_an_allow_at_the_time_asked_for_dies_with_it() -> None:
    window = {"from": "2026-11-22T10:00:00Z", "until": "2026-11-22T10:00:40Z"}
    asked = a_solicitation(requested_at="2026-11-20T12:00:00Z", window=window)
    verdict = judged(
        a_case(at="2026-11-22T10:00:00Z", request={"solicitation": "sol_1"}, solicitations=[asked])
    )
    assert verdict.valid_until == instant("2026-11-22T10:00:40+00:00")


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        ("2026-11-23T23:59:30+00:00", "2026-11-24T00:00:00"),
        ("2026-06-24T22:59:30+00:00", "2026-06-24T23:00:00"),
    ],
)
def test_no_answer_outlives_midnight_in_london(at: str, ends: str) -> None:
    assert judged(a_case(at=at)).valid_until == instant(f"{ends}+00:00")


@pytest.mark.parametrize(
    ("at", "line", "answer", "ends"),
    [
        ("2026-11-23T07:59:30Z", {}, "defer", "2026-11-23T08:00:00"),
        ("2026-11-23T20:59:30Z", {"no_contact": "legal"}, "block", "2026-11-23T21:00:00"),
        ("2026-11-23T20:58:30Z", {"no_contact": "legal"}, "block", "2026-11-23T20:59:30"),
    ],
)
def test_a_refusal_ends_with_its_wait_and_with_the_hours(
    at: str, line: dict[str, str], answer: str, ends: str
) -> None:
    """Source: law.md 8.1: a decision dies at the end of the calling window."""
    fresh = {name: {"extracted_on": "2026-11-23", "listed": False} for name in ("tps", "ctps")}
    verdict = judged(a_case(at=at, line=line, registers=fresh))
    assert (verdict.answer.value, verdict.valid_until) == (answer, instant(f"{ends}+00:00"))


def test_a_block_is_never_retried() -> None:
    verdict = judged(a_case(at="2026-11-22T10:00:00Z", line={"no_contact": "legal"}))
    assert (verdict.answer, verdict.retry_at) == ("block", None)


@pytest.mark.parametrize("at", ["2026-03-28T23:30:00Z", "2026-10-24T22:30:00Z", "2026-12-24T21:00:00Z"])
def test_what_is_retried_then_is_let_through(at: str) -> None:
    fresh = {"extracted_on": at[:10], "listed": False}
    case = a_case(at=at, to=LINE, registers={"tps": fresh, "ctps": fresh})
    again = judged(case).retry_at
    assert again is not None
    before = judged({**case, "at": (again - timedelta(seconds=1)).isoformat()})
    assert (before.answer, judged({**case, "at": again.isoformat()}).answer) == ("defer", "allow")


def never_free(first: Rule, after: timedelta) -> Rule:
    def next_free(_: object, at: datetime) -> datetime:
        return at + after

    return replace(first, next_free=next_free)


def test_waits_that_never_settle_end_without_an_answer() -> None:
    case = read_case(a_case())
    asked = read_asked(case, instant(MONDAY), default_region="GB", drama_mobiles=False)
    matter = read_matter(case, asked, BOOK.home.parameters_on(asked.day), is_supported=True)
    restless = never_free(all_rules(BOOK.home)[-1], timedelta(hours=1))
    assert retry_at(matter, (restless,), [defers(restless.codes[0])]) is None
