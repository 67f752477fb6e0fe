"""A contact point is a number or an address, each kept under one spelling."""

import pytest

from dialer.calls.contact_point import UnreadableContactPoint, is_email_address, read_contact_point
from dialer.calls.numbers import UnreadableNumber


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("020 7946 0123", "+442079460123"),
        ("sip:+442079460123@host.example", "+442079460123"),
        ("+442079460123@host.example", "+442079460123"),
        (" Jo.Bloggs@Example.COM ", "jo.bloggs@example.com"),
        ("o'brien+x@mail.example.co.uk", "o'brien+x@mail.example.co.uk"),
        ("jo@münchen.example", "jo@xn--mnchen-3ya.example"),
        ("jo@example.com.", "jo@example.com"),
        ("12345@example.com", "12345@example.com"),
    ],
)
def test_a_contact_point_is_kept_under_one_spelling(text: str, kept: str) -> None:
    assert read_contact_point(text) == kept
    assert read_contact_point(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        "jo@localhost",
        "@example.com",
        "jo@",
        "jo..b@example.com",
        ".jo@example.com",
        "jo b@example.com",
        "jo@exa mple.com",
        "jo@-example.com",
        f"{'j' * 65}@example.com",
        f"jo@{'a' * 64}.com",
        f"jo@{'abc.' * 63}com",
        "jo@example.com, al@example.com",
        "jo@example.com\r\nBcc: x@example.com",
    ],
)
def test_a_bad_address_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(UnreadableContactPoint) as refusal:
        read_contact_point(text)
    assert "jo" not in refusal.value.message


def test_what_has_no_at_sign_is_read_as_a_number() -> None:
    assert not is_email_address("020 7946 0123")
    with pytest.raises(UnreadableNumber):
        read_contact_point("not an address")
