"""One signed request: checked, and read into a form, its own address's query and a receipt."""

import hashlib
from dataclasses import dataclass
from typing import Final

from dialer.errors import NotAllowed
from dialer.telephony.inbound import Form
from dialer.telephony.signature import SignedRequest, canonical, is_genuine
from dialer.web.twilio.form_body import Pairs, pairs_in
from dialer.wiring import Parts

PREFIX: Final = "/twilio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One genuine request; `body` is that of a JSON webhook.

    `receipt` is the SHA-256 of what was signed: the same request, the same digest.
    """

    form: Form
    query: Form
    receipt: str
    parts: Parts
    body: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request as it came: the raw query, the form's pairs, the headers that sign it.

    `body` is only that of a JSON webhook, whose digest stands in the query.
    """

    query: str
    form: Pairs
    signature: str | None
    settings: str | None
    body: bytes | None = None


def genuine(route: str, sent: Sent, parts: Parts) -> Webhook:
    """Return the request if Twilio signed it and it is about our account; raises NotAllowed otherwise."""
    # The route's own literal, never the request's idea of its address: see telephony.signature.
    address = f"{parts.settings.public_url.rstrip('/')}{PREFIX}/{route}"
    url = f"{address}?{sent.query}" if sent.query else address
    signed = SignedRequest(
        url=url, form=sent.form, signature=sent.signature, settings=sent.settings, body=sent.body
    )
    if not is_genuine(signed, auth_tokens=_auth_tokens(parts)):
        raise NotAllowed(
            "the signature is missing or does not fit; check RINGFENCE_PUBLIC_URL and TWILIO_AUTH_TOKEN"
        )
    form = Form(sent.form)
    if form.get("AccountSid") not in (None, parts.settings.twilio_account_sid):
        raise NotAllowed("this webhook is about another Twilio account; one installation serves one account")
    return Webhook(
        form=form,
        query=Form(pairs_in(sent.query.encode())),
        receipt=hashlib.sha256(canonical(url, sent.form)).hexdigest(),
        parts=parts,
        body=sent.body,
    )


def _auth_tokens(parts: Parts) -> list[str]:
    settings = parts.settings
    tokens = (settings.twilio_auth_token, settings.twilio_auth_token_secondary)
    return [token.get_secret_value() for token in tokens if token is not None]
