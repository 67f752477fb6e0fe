"""Lines of which the same is held, but for whose they are; and that the judge sees no difference either."""

import json
import re

import pytest

from dialer.law.statute_book import StatuteBook
from dialer.screening.judge import judge
from dialer.screening.what_if import read_case
from dialer.store.alike import signature
from tests.screening.test_cases_through_the_store import cases

ONE, OTHER = "+442079460123", "+442079460199"


def fields(line: str, record_id: str, at: str = "2026-01-01T09:00:00Z") -> dict[bytes, bytes]:
    body = json.dumps({"id": record_id, "contact_point": line, "effective_at": at}, separators=(",", ":"))
    return {b"seq": b"7", b"obj:" + record_id.encode(): body.encode()}


def test_a_number_and_an_id_make_no_difference():
    assert signature(ONE, fields(ONE, "obj_1")) == signature(OTHER, fields(OTHER, "obj_2"))


@pytest.mark.parametrize(
    "other",
    [
        fields(OTHER, "obj_1", at="2026-01-01T09:00:01Z"),
        fields(OTHER, "obj_1") | {b"abn:alder": b"1"},
        {b"cor:obj_1": b"{}"} | fields(OTHER, "obj_1"),
        {b"hld:obj_1": fields(OTHER, "obj_1")[b"obj:obj_1"]},
        fields(ONE, "obj_1"),
    ],
    ids=["time", "another record", "a correction", "another kind", "another line's record"],
)
def test_anything_else_does(other):
    assert signature(ONE, fields(ONE, "obj_1")) != signature(OTHER, other)


def test_the_judge_looks_neither_at_ids_nor_at_the_letters_of_a_number():
    book = StatuteBook.shipped(drama_mobiles=True)
    for described in cases():
        text = json.dumps(described)
        renamed = re.sub(r'"id": "(con|obj|hld|rel)_', r'"id": "\1_x', text)
        renamed = renamed.replace("+442079460123", "+442079460177").replace("020 7946 0123", "020 7946 0177")
        first, second = (judge(read_case(each), book) for each in (text, renamed))
        assert (first.answer, first.reason, first.retry_at) == (second.answer, second.reason, second.retry_at)
        assert [reason.code for reason in first.reasons] == [reason.code for reason in second.reasons]
