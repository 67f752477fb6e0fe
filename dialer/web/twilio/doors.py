"""What every webhook has in common: one signature check, one refusal when anything fails, no redirects.

A wrong or missing signature is 403 and nothing is done. Whatever goes wrong behind a genuine signature is
answered 200 with TwiML that dials nobody: Twilio must never be left to try something else.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import structlog
from flask import Blueprint, Response, current_app, request

from dialer.errors import NotAllowed, RingfenceError
from dialer.telephony import script, twiml
from dialer.telephony.inbound import Form
from dialer.telephony.signature import SignedRequest, canonical, is_genuine
from dialer.web.twilio.form_body import MEDIA_TYPE, Pairs, pairs_in
from dialer.wiring import Parts

PREFIX: Final = "/twilio"
_log = structlog.get_logger("twilio")


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One genuine request. `receipt` is the SHA-256 of what was signed: the same request, the same digest."""

    form: Form
    query: Form
    receipt: str
    parts: Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One route under `/twilio`. `on_failure` is said when the store or anything behind it fails.

    `failure_status` is 200 where a reply is spoken, 503 for events: what was not kept is not acknowledged.
    """

    route: str
    answer: Callable[[Webhook], str]
    on_failure: str = twiml.refuse(script.UNAVAILABLE)
    failure_status: int = 200


def mount(house: Blueprint, doors: Iterable[Door]) -> None:
    """Put doors on a blueprint, POST only, with and without a trailing slash alike."""
    for door in doors:
        house.add_url_rule(f"/{door.route}", door.route, _view(door), methods=["POST"], strict_slashes=False)


def _view(door: Door) -> Callable[[], Response]:
    def view() -> Response:
        webhook = _genuine(door, current_app.extensions["ringfence"])
        status = 200
        try:
            text = door.answer(webhook)
        except RingfenceError as problem:
            _log.error("webhook refused", route=door.route, code=problem.code, why=problem.message)
            text, status = door.on_failure, door.failure_status
        return Response(text, status, mimetype="text/xml", headers={"Cache-Control": "no-store"})

    return view


def _genuine(door: Door, parts: Parts) -> Webhook:
    """Return the request if Twilio signed it and it is about our account; raises NotAllowed otherwise."""
    query = request.query_string.decode("ascii", "replace")
    # The route's own literal, never the request's idea of its address: see telephony.signature.
    url = f"{parts.settings.public_url.rstrip('/')}{PREFIX}/{door.route}{'?' + query if query else ''}"
    pairs, is_form = _form()
    signed = SignedRequest(
        url=url,
        form=pairs,
        signature=request.headers.get("X-Twilio-Signature"),
        settings=request.headers.get("X-Twilio-Webhooks-Signature-Settings"),
        body=request.get_data() if not is_form and request.is_json else None,
    )
    if not is_genuine(signed, auth_tokens=_auth_tokens(parts)):
        raise NotAllowed(
            "the signature is missing or does not fit; check RINGFENCE_PUBLIC_URL and TWILIO_AUTH_TOKEN"
        )
    form = Form(pairs)
    if form.get("AccountSid") not in (None, parts.settings.twilio_account_sid):
        raise NotAllowed("this webhook is about another Twilio account; one installation serves one account")
    receipt = hashlib.sha256(canonical(url, pairs)).hexdigest()
    asked = Form(request.args.items(multi=True) if query else ())
    return Webhook(form=form, query=asked, receipt=receipt, parts=parts)


def _form() -> tuple[Pairs, bool]:
    """Return the form's pairs, and whether it came in the shape that Twilio sends."""
    media_type = request.headers.get("Content-Type", "").partition(";")[0]
    if media_type == MEDIA_TYPE:
        return pairs_in(request.get_data()), True
    return tuple(request.form.items(multi=True)), False


def _auth_tokens(parts: Parts) -> list[str]:
    settings = parts.settings
    tokens = (settings.twilio_auth_token, settings.twilio_auth_token_secondary)
    return [token.get_secret_value() for token in tokens if token is not None]
