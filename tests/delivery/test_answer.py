"""What is kept of a destination's answer."""

import pytest

from dialer.delivery.answer import EXCERPT_CHARACTERS, excerpt


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (b"", None),
        (b"  \n\t ", None),
        (b"ok", "ok"),
        (b"line one\r\nline two", "line one line two"),
        (b'{"error": "no contact +442079460123"}', '{"error": "no contact …0123"}'),
        (b"020 7946 0123 is unknown", "…0123 is unknown"),
        (b"(0113) 496-0456", "(…0456"),
        (b"sam@example.com is unknown", "…@example.com is unknown"),
        (b"code 50342", "code 50342"),
        (b"\x1b[31mred", "?[31mred"),
        (b"\xff\xfe", "��"),
    ],
)
def test_an_answer_is_kept_on_one_line_and_masked(body: bytes, kept: str | None) -> None:
    assert excerpt(body) == kept


def test_a_long_answer_is_cut() -> None:
    assert excerpt(b"x" * 10_000_000) == "x" * EXCERPT_CHARACTERS


def test_a_number_at_the_cut_is_still_masked() -> None:
    body = b"x" * (EXCERPT_CHARACTERS - 6) + b" +442079460123"
    assert "207946" not in (excerpt(body) or "")
