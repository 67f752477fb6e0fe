"""The samples and vectors of the protocol notes beside the repository: all of them are genuine to us."""

import json
from typing import Any

import pytest

from dialer.telephony.signature import SignedRequest, is_genuine
from tests.sandbox.shared import shared_file

SHARED_KEY = "webhooks_sharedkey_01abc"


@pytest.fixture(scope="module")
def notes() -> Any:
    return json.loads(shared_file("twilio/twilio_webhook_samples.json").read_text(encoding="utf-8"))


def pairs(params: dict[str, Any]) -> list[tuple[str, str]]:
    return [(n, v) for n, given in params.items() for v in (given if isinstance(given, list) else [given])]


def test_every_signature_vector_is_genuine(notes: Any) -> None:
    for vector in notes["signature_vectors"]:
        signed = vector["url_twilio_signed"]
        settings = f"key={SHARED_KEY},algorithm={vector['algorithm']}" if "algorithm" in vector else None
        for url in {signed, vector.get("also_accept_for_request_url", signed)}:
            request = SignedRequest(
                url=url,
                form=pairs(vector["params"]),
                signature=vector["x_twilio_signature"],
                settings=settings,
                body=vector["raw_body"].encode() if "raw_body" in vector else None,
            )
            token = vector["auth_token"]
            assert is_genuine(request, auth_tokens=[token], shared_keys={SHARED_KEY: token}), vector[
                "description"
            ]
            assert not is_genuine(request, auth_tokens=["other"], shared_keys={SHARED_KEY: "other"})


def test_every_sample_is_genuine(notes: Any) -> None:
    for sample in notes["samples"]:
        if "json" in sample["content_type"]:
            continue  # Its body is only given parsed; the vector above has it byte for byte.
        signed = sample["test_signature"]
        request = SignedRequest(
            url=signed["url"], form=pairs(sample["params"]), signature=signed["x_twilio_signature"]
        )
        assert is_genuine(request, auth_tokens=[signed["auth_token"]]), sample["name"]
