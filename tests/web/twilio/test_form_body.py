"""A form read by hand against the standard library's reading, pair by pair."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialer.web.twilio.form_body import pairs_in


def theirs(body: str) -> tuple[tuple[str, str], ...]:
    return tuple(parse_qsl(body, keep_blank_values=True, errors="werkzeug.url_quote"))


@given(pairs=st.lists(st.tuples(st.text(), st.text())))
def test_whatever_is_sent_is_read_back_in_its_order(pairs: list[tuple[str, str]]) -> None:
    body = urlencode(pairs, errors="surrogatepass")
    assert pairs_in(body.encode()) == theirs(body)


@given(body=st.text(st.sampled_from("ab=&+%2fF9E;é \n")))
def test_any_text_reads_as_the_library_reads_it(body: str) -> None:
    assert pairs_in(body.encode()) == theirs(body)


@pytest.mark.parametrize("body", ["", "&", "a", "a=", "=b", "a=b=c", "a=1&a=1&a=2", "a=%ff", "a=%C3%A9+%2B"])
def test_odd_forms_read_as_the_library_reads_them(body: str) -> None:
    assert pairs_in(body.encode()) == theirs(body)


def test_a_body_that_is_not_text_is_no_form() -> None:
    assert pairs_in(b"To=\xff") == ()
