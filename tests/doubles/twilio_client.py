"""Somebody who asks our webhooks as Twilio does: forms, signed by Twilio's own library."""

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.doubles.house import ACCOUNT, PUBLIC_URL, TOKEN


@dataclass
class Twilio:
    """Signs with one token and posts; `call` is the agent's call as a browser makes it."""

    client: FlaskClient
    token: str = TOKEN

    def post(self, route: str, form: dict[str, Any] | None = None, **headers: str) -> TestResponse:
        """Post a signed form to a route under `/twilio`, its query included."""
        fields = MultiDict({"AccountSid": ACCOUNT, **(form or {})})
        url = f"{PUBLIC_URL}/twilio/{route}"
        signature = RequestValidator(self.token).compute_signature(url, fields)
        sent = {"X-Twilio-Signature": signature, **headers}
        return self.client.post(f"/twilio/{route}", data=fields, headers=sent)

    def call(self, to: str = "020 7946 0123", *, sid: str = "CA1", **form: Any) -> TestResponse:
        """An agent's browser dials out."""
        asked = {"CallSid": sid, "From": "client:a17", "To": to, "rf_campaign": "C1", "Called": ""}
        return self.post("voice/outgoing", {**asked, **form})
