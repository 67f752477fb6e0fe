"""What every webhook has in common: one signature check, one refusal when anything fails, no redirects.

A wrong or missing signature is 403 and nothing is done. Whatever goes wrong behind a genuine signature is
answered 200 with TwiML that dials nobody: Twilio must never be left to try something else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import structlog
from flask import Blueprint, Response, current_app, request

from dialer.errors import RingfenceError
from dialer.telephony import script, twiml
from dialer.web.twilio.form_body import MEDIA_TYPE, Pairs, pairs_in
from dialer.web.twilio.signed import Sent, Webhook, genuine

__all__ = ["HEADERS", "Door", "Webhook", "answer", "mount"]

HEADERS: Final = {"Cache-Control": "no-store"}
_log = structlog.get_logger("twilio")


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


def answer(door: Door, webhook: Webhook) -> tuple[str, int]:
    """Return what a door says to a genuine request, and its status."""
    try:
        return door.answer(webhook), 200
    except RingfenceError as problem:
        _log.error("webhook refused", route=door.route, code=problem.code, why=problem.message)
        return door.on_failure, door.failure_status


def _view(door: Door) -> Callable[[], Response]:
    def view() -> Response:
        webhook = genuine(door.route, _sent(), current_app.extensions["ringfence"])
        text, status = answer(door, webhook)
        return Response(text, status, mimetype="text/xml", headers=HEADERS)

    return view


def _sent() -> Sent:
    form, is_form = _form()
    return Sent(
        query=request.query_string.decode("ascii", "replace"),
        form=form,
        signature=request.headers.get("X-Twilio-Signature"),
        settings=request.headers.get("X-Twilio-Webhooks-Signature-Settings"),
        body=request.get_data() if not is_form and request.is_json else None,
    )


def _form() -> tuple[Pairs, bool]:
    """Return the form's pairs, and whether it came in the shape that Twilio sends."""
    media_type = request.headers.get("Content-Type", "").partition(";")[0]
    if media_type == MEDIA_TYPE:
        return pairs_in(request.get_data()), True
    return tuple(request.form.items(multi=True)), False
