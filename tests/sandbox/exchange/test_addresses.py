"""Numbers, clients and SIP addresses told apart, and one name for each callee."""

import pytest

from dialer.sandbox.exchange.addresses import callee_key, is_client, is_number, is_sip


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("+442079460123", "+442079460123"),
        (" +44 (20) 7946-0123 ", "+442079460123"),
        ("020 7946 0123", "+442079460123"),
        ("0044 20 7946 0123", "+442079460123"),
        ("client:b2", "client:b2"),
        ("sip:c3@PBX.example:5060;transport=tcp", "sip:c3@pbx.example"),
        ("sip:%2B442079460123@pbx.example?X-A=1", "sip:+442079460123@pbx.example"),
    ],
)
def test_a_callee_has_one_name_however_written(written: str, key: str) -> None:
    assert callee_key(written) == key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+4420794", True),
        ("+442079", False),
        ("+123456789012345", True),
        ("+1234567890123456", False),
        ("+042079460123", False),
        ("442079460123", False),
        ("+44 2079460123", False),
        ("+4420794601²³", False),
        ("+442079460123\n", False),
    ],
)
def test_e164_is_a_plus_and_7_to_15_digits(text: str, expected: bool) -> None:
    assert is_number(text) is expected


def test_clients_and_sip_addresses_are_told_from_numbers() -> None:
    assert is_client("client:a17") and not is_client("client:") and not is_client("client:a b")
    assert is_sip("sip:a@b") and is_sip("sips:a@b:5061;transport=tls") and not is_sip("sip:a")
