"""What a receiver's answers mean, as tables; no wire."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialer.delivery.answer import Holding, Outcome
from dialer.destinations.webhook import holding_of, outcome_of, question_url, retry_after
from tests.delivery.notices import NOW, notice


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *((status, Outcome.RECEIVED) for status in (200, 201, 202, 204, 299)),
        *((status, Outcome.RETRY) for status in (300, 301, 302, 303, 304, 307, 308)),
        *((status, Outcome.RETRY) for status in (400, 401, 403, 404, 409, 422, 500, 501)),
        *((status, Outcome.UNWELL) for status in (429, 502, 503, 504)),
        (410, Outcome.GONE),
        (199, Outcome.RETRY),
        (600, Outcome.RETRY),
    ],
)
def test_every_status_means_one_thing(status: int, outcome: Outcome) -> None:
    assert outcome_of(status) is outcome


@pytest.mark.parametrize(
    ("status", "holding"),
    [(200, Holding.HOLDS), (204, Holding.HOLDS), (404, Holding.MISSING), (410, Holding.MISSING)]
    + [(status, Holding.UNKNOWN) for status in (302, 400, 401, 403, 429, 500, 503)],
)
def test_every_status_answers_a_question_one_way(status: int, holding: Holding) -> None:
    assert holding_of(status) is holding


@pytest.mark.parametrize(
    ("value", "wish"),
    [
        (None, None),
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta(0)),
        ("Mon, 23 Nov 2026 10:01:30 GMT", timedelta(seconds=90)),
        ("Mon, 23 Nov 2026 09:00:00 GMT", timedelta(0)),
        ("Mon, 23 Nov 2026 10:01:30 -0000", timedelta(seconds=90)),
        ("-5", None),
        ("soon", None),
        ("1.5", None),
        ("", None),
        ("٣", None),
        ("9" * 400, timedelta(seconds=9_999_999_999)),
    ],
)
def test_a_wish_for_patience_is_read(value: str | None, wish: timedelta | None) -> None:
    assert retry_after(value, at=NOW) == wish


def test_the_question_carries_no_number() -> None:
    about = replace(notice(), objection="obj_1")
    assert question_url("https://crm.example/held/{id}", about) == "https://crm.example/held/obj_1"
    assert question_url("https://crm.example/held", about) == "https://crm.example/held?id=obj_1"
    assert question_url("https://crm.example/held?a=b", about) == "https://crm.example/held?a=b&id=obj_1"
