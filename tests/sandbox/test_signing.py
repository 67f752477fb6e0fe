"""The stand-in's own signatures against the published vectors and the official SDK."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from dialer.sandbox.webhooks.signing import signature, url_to_sign
from tests.doubles.application import Application
from tests.doubles.standin import StandIn, running_standin
from tests.sandbox.shared import shared_file

TOKEN = "12345"


def test_every_published_vector_is_signed_alike() -> None:
    found = json.loads(shared_file("twilio/twilio_webhook_samples.json").read_text(encoding="utf-8"))
    vectors = [each for each in found["signature_vectors"] if each.get("algorithm") != "HMAC_SHA256"]
    samples = [
        {"url_twilio_signed": each["test_signature"]["url"], "params": each["params"]}
        | each["test_signature"]
        for each in found["samples"]
    ]
    assert len(vectors) == 9 and len(samples) == 68
    for each in vectors + samples:
        form = [
            (name, value)
            for name, values in each["params"].items()
            for value in (values if isinstance(values, list) else [values])
        ]
        assert signature(TOKEN, each["url_twilio_signed"], form) == each["x_twilio_signature"]


@given(form=st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=12), max_size=6))
def test_any_form_is_signed_as_the_sdk_signs_it(form: dict[str, str]) -> None:
    url = "https://gate.example/v?next=%2Fa&b=1"

    assert signature(TOKEN, url, form.items()) == RequestValidator(TOKEN).compute_signature(url, form)


@pytest.mark.parametrize(
    ("url", "is_voice", "signed"),
    [
        ("https://h:8443/v?a=%2F#rc=2", True, "https://h/v?a=%2F"),
        ("https://h:8443/v", False, "https://h:8443/v"),
        ("http://h:8080/v", True, "http://h:8080/v"),
        ("https://user:pass@h/v", True, "https://h/v"),
        ("https://user:pass@h:8443/v", True, "https://h/v"),
    ],
)
def test_the_signed_url_loses_what_twilio_leaves_out(url: str, is_voice: bool, signed: str) -> None:
    assert url_to_sign(url, is_voice=is_voice) == signed


def test_what_is_sent_passes_the_official_validator(standin: StandIn, application: Application) -> None:
    standin.story(standin.rings_in("client:a17", "+442079460123", params={"who": "Zoë & Co"}))

    validator = RequestValidator(standin.account.auth_token)
    assert application.asked
    for asked in application.asked:
        url = application.url + asked.path + (f"?{asked.query}" if asked.query else "")
        assert validator.validate(url, asked.form, asked.headers["X-Twilio-Signature"])
        assert asked.headers["User-Agent"] == "TwilioProxy/1.1"


def test_a_public_name_is_signed_though_the_request_goes_elsewhere(application: Application) -> None:
    with running_standin("https://gate.example", deliver_to=application.url) as standin:
        standin.story(standin.rings_in("client:a17", "+442079460123"))
        token = standin.account.auth_token

    asked = application.at("/twilio/voice/outgoing")[0]
    signed = "https://gate.example/twilio/voice/outgoing"
    assert RequestValidator(token).validate(signed, asked.form, asked.headers["X-Twilio-Signature"])
    assert asked.headers["Host"] == "gate.example"


def test_a_get_is_signed_with_its_query_alone(standin: StandIn, application: Application) -> None:
    application.gives(
        "/twilio/voice/outgoing", '<Response><Redirect method="GET">/next?a=%2F</Redirect></Response>'
    )

    standin.story(standin.rings_in("client:a17", "+442079460123"))

    (asked,) = application.at("/next")
    url = f"{application.url}/next?{asked.query}"
    validator = RequestValidator(standin.account.auth_token)
    assert asked.query.startswith("a=%2F&AccountSid=")
    assert validator.validate(url, {}, asked.headers["X-Twilio-Signature"])
