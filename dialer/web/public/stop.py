"""`/stop` and `/stop/{organisation}`: anybody says no here, for a number or an address, and it is in force.

What is answered depends on what was typed alone, never on what is known of a number. A form that is too old
or comes from a foreign page is shown again as it was filled in, to be sent once more: nothing typed is lost.
"""

from http import HTTPStatus
from typing import Final, Literal

from flask import Response, make_response, render_template, request

from dialer.calls.contact_point import read_contact_point
from dialer.errors import Unreadable
from dialer.objections.public_stop import PublicStop, stop
from dialer.objections.record import LONGEST_WORDS
from dialer.objections.saying import Recorded
from dialer.store.stop_floods import StopFloods
from dialer.web.api.limits import seen
from dialer.web.parts import parts_of_app
from dialer.web.public.form_mark import is_ours, new_mark, sender_of
from dialer.web.public.stopped import Stopped, stopped_by

MOST_BYTES: Final = 16_384
_FIELDS: Final = ("number", "email", "what", "words")
_WAYS: Final[dict[str, Literal["all", "voice", "text"]]] = {"all": "all", "voice": "voice", "text": "text"}
_ONCE_MORE: Final = "Please press the button once more."
_UNREADABLE: Final = "That is not a phone number or an email address we can read. Please check it."
_NOBODY: Final = "Please give the phone number or the email address that we should leave alone."


def show(organisation: str | None = None) -> Response:
    """Show the form."""
    return _form(organisation, {}, problem=None, status=HTTPStatus.OK)


def send(organisation: str | None = None) -> Response:
    """Keep the no, on disk, and say so."""
    request.max_content_length = MOST_BYTES
    given = {name: request.form.get(name, "").strip() for name in _FIELDS}
    if not _comes_from_our_form():
        return _form(organisation, given, problem=_ONCE_MORE, status=HTTPStatus.CONFLICT)
    try:
        lines = _lines(given)
    except Unreadable as unreadable:
        return _form(organisation, given, problem=unreadable.message, status=HTTPStatus.BAD_REQUEST)
    stopped = stopped_by(organisation, parts_of_app().configuration.current())
    return _done(stopped, given, _kept(stopped, given, lines))


def _comes_from_our_form() -> bool:
    parts = parts_of_app()
    is_here = request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    secret = parts.settings.secret_key.get_secret_value()
    return is_here and is_ours(request.form.get("form", ""), secret, at=parts.clock())


def _lines(given: dict[str, str]) -> list[str]:
    """Return what is to be left alone; raises Unreadable with words for whoever filled the form in."""
    settings = parts_of_app().settings
    region, drama = settings.default_region, settings.drama_numbers
    typed = [text for text in (given["number"], given["email"]) if text]
    if not typed:
        raise Unreadable(_NOBODY)
    try:
        read = [read_contact_point(text, default_region=region, drama_mobiles=drama) for text in typed]
    except Unreadable:
        raise Unreadable(_UNREADABLE) from None
    return list(dict.fromkeys(read))


def _kept(stopped: Stopped, given: dict[str, str], lines: list[str]) -> list[Recorded | None]:
    parts = parts_of_app()
    secret, at = parts.settings.secret_key.get_secret_value(), parts.clock()
    sender = sender_of(request.remote_addr or "", secret, at=at)
    is_flood = StopFloods(parts.redis).is_flooded_by(sender, at=at)
    asked = [
        PublicStop(
            contact_point=line,
            principal=principal,
            operator=operator,
            channels=_WAYS.get(given["what"], "all"),
            words=(seen(given["words"]) or "")[:LONGEST_WORDS] or None,
            form=request.form.get("form", ""),
        )
        for line in lines
        for principal, operator in stopped.owners
    ]
    return [stop(one, parts.listening.reviews, is_flood=is_flood) for one in asked]


def _done(stopped: Stopped, given: dict[str, str], kept: list[Recorded | None]) -> Response:
    references = list(dict.fromkeys(no.reference for no in kept if no is not None))
    page = render_template("public/stopped.html", stopped=stopped, references=references, given=given)
    return make_response(page)


def _form(
    organisation: str | None, given: dict[str, str], *, problem: str | None, status: HTTPStatus
) -> Response:
    parts = parts_of_app()
    stopped = stopped_by(organisation, parts.configuration.current())
    mark = new_mark(parts.settings.secret_key.get_secret_value(), at=parts.clock())
    page = render_template("public/stop.html", stopped=stopped, given=given, problem=problem, mark=mark)
    return make_response(page, status)
