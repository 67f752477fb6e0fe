"""Signatures: published vectors, and agreement with Twilio's own validator on whatever we make up."""

import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from dialer.telephony.signature import SignedRequest, canonical, is_genuine

DOCUMENTED = SignedRequest(
    url="https://example.com/myapp.php?foo=1&bar=2",
    form=[
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", "+14158675310"),
        ("Digits", "1234"),
        ("From", "+14158675310"),
        ("To", "+18005551212"),
    ],
    signature="L/OH5YylLD5NRKLltdqwSvS0BnU=",
)

names = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)
forms = st.lists(st.tuples(names, names), max_size=8)
addresses = st.sampled_from(
    [
        "https://gw.example.com/twilio/voice/outgoing",
        "https://gw.example.com:8443/v?next=%2Fa%2Fb&j=%7Bx%7D",
        "http://gw.example.com/v?q=caf%C3%A9",
        "https://GW.example.com/V?A=b",
    ]
)


def signed(url: str, form: list[tuple[str, str]], token: str, algorithm: str = "sha1") -> str:
    return base64.b64encode(hmac.new(token.encode(), canonical(url, form), algorithm).digest()).decode()


def test_the_example_of_twilios_documentation_is_genuine() -> None:
    assert is_genuine(DOCUMENTED, auth_tokens=["12345"])


@pytest.mark.parametrize("token", ["12346", ""])
def test_another_token_or_none_is_not(token: str) -> None:
    assert not is_genuine(DOCUMENTED, auth_tokens=[token])
    assert not is_genuine(DOCUMENTED, auth_tokens=[])


def test_a_missing_header_is_not_genuine_and_not_an_error() -> None:
    bare = SignedRequest(url=DOCUMENTED.url, form=DOCUMENTED.form, signature=None)
    assert not is_genuine(bare, auth_tokens=["12345"])


def test_both_tokens_count_while_one_is_rotated() -> None:
    assert is_genuine(DOCUMENTED, auth_tokens=["the new one", "12345"])


@given(url=addresses, form=forms, token=names)
def test_what_twilios_library_signs_is_genuine(url: str, form: list[tuple[str, str]], token: str) -> None:
    signature = RequestValidator(token).compute_signature(url, MultiDict(form))
    request = SignedRequest(url=url, form=form, signature=signature)
    assert is_genuine(request, auth_tokens=[token])


@given(form=forms, token=names, extra=st.tuples(names, names))
def test_a_form_with_one_pair_more_is_not_genuine(
    form: list[tuple[str, str]], token: str, extra: tuple[str, str]
) -> None:
    url = "https://gw.example.com/v"
    signature = signed(url, form, token)
    request = SignedRequest(url=url, form=[*form, extra], signature=signature)
    assert is_genuine(request, auth_tokens=[token]) == (
        canonical(url, form) == canonical(url, [*form, extra])
    )


@pytest.mark.parametrize("asked", ["https://gw.example.com:8443/v", "https://gw.example.com/v"])
def test_voice_is_signed_without_its_port_and_messages_with_it(asked: str) -> None:
    without_port = signed("https://gw.example.com/v", [], "12345")
    assert is_genuine(SignedRequest(url=asked, form=[], signature=without_port), auth_tokens=["12345"])


def test_credentials_in_the_address_are_left_out() -> None:
    signature = signed("https://gw.example.com/v?a=1", [], "12345")
    request = SignedRequest(url="https://user:pw@gw.example.com/v?a=1", form=[], signature=signature)
    assert is_genuine(request, auth_tokens=["12345"])


def test_a_json_body_is_checked_against_the_digest_in_its_address() -> None:
    body = b'{"event_type":"x"}'
    url = f"https://gw.example.com/v?bodySHA256={hashlib.sha256(body).hexdigest()}"
    signature = signed(url, [], "12345")
    good = SignedRequest(url=url, form=[], signature=signature, body=body)
    assert is_genuine(good, auth_tokens=["12345"])
    changed = SignedRequest(url=url, form=[], signature=signature, body=body + b" ")
    assert not is_genuine(changed, auth_tokens=["12345"])


def test_a_json_body_without_a_digest_is_not_genuine() -> None:
    url = "https://gw.example.com/v"
    request = SignedRequest(url=url, form=[], signature=signed(url, [], "12345"), body=b"{}")
    assert not is_genuine(request, auth_tokens=["12345"])


@pytest.mark.parametrize(
    ("settings", "genuine"),
    [
        ("key=webhooks_sharedkey_1,algorithm=HMAC_SHA256", True),
        ("key=webhooks_sharedkey_2,algorithm=HMAC_SHA256", False),
        ("key=webhooks_sharedkey_1,algorithm=HMAC_MD5", False),
        ("key=webhooks_sharedkey_1,algorithm=HMAC_SHA1", False),
        ("nonsense", False),
    ],
)
def test_a_shared_key_is_chosen_by_its_header(settings: str, genuine: bool) -> None:
    url = "https://gw.example.com/v"
    signature = signed(url, [("CallSid", "CA1")], "secret", "sha256")
    request = SignedRequest(url=url, form=[("CallSid", "CA1")], signature=signature, settings=settings)
    keys = {"webhooks_sharedkey_1": "secret"}
    assert is_genuine(request, auth_tokens=["secret"], shared_keys=keys) is genuine
