"""Messages: create, fetch, list, redact, cancel, delete. Source: twilio.md section 7.6."""

from dialer.clock import utc_now
from dialer.sandbox.exchange.addresses import is_number
from dialer.sandbox.exchange.message import Message
from dialer.sandbox.rest import fields
from dialer.sandbox.rest.paging import page_of
from dialer.sandbox.rest.refusals import RestRefusal, not_found
from dialer.sandbox.rest.shapes import message_shape
from dialer.sandbox.routing import Answer, Request, Route, json_answer, route
from dialer.sandbox.texting import UNSUBSCRIBED, send
from dialer.sandbox.world import World

MOST_CHARACTERS = 1_600


def routes(world: World) -> tuple[Route, ...]:
    """Return the doors to messages."""
    base = "/2010-04-01/Accounts/{account}/Messages"
    return (
        route("POST", f"{base}.json", lambda request: _created(world, request)),
        route("GET", f"{base}.json", lambda request: _listed(world, request)),
        route("GET", f"{base}/{{sid}}.json", lambda request: _fetched(world, request)),
        route("POST", f"{base}/{{sid}}.json", lambda request: _updated(world, request)),
        route("DELETE", f"{base}/{{sid}}.json", lambda request: _deleted(world, request)),
    )


def _created(world: World, request: Request) -> Answer:
    form = request.form()
    to, body = _to(form), form.get("Body", [""])[0]
    service, sender = fields.first(form, "MessagingServiceSid") or None, fields.first(form, "From") or None
    if service is None and sender is None:
        raise RestRefusal(21603, "A 'From' phone number or a MessagingServiceSid is required")
    if not body and not form.get("MediaUrl") and not fields.first(form, "ContentSid"):
        raise RestRefusal(21602, "Message body is required")
    if len(body) > MOST_CHARACTERS:
        raise RestRefusal(21617, f"The message body exceeds the {MOST_CHARACTERS} character limit")
    if sender is not None and is_number(sender) and world.setup.numbers and sender not in world.setup.numbers:
        raise RestRefusal(21606, "The From number is not one of this account's that can send messages")
    with world.lock:
        if (sender or "", to) in world.blocked_texts:
            raise RestRefusal(UNSUBSCRIBED, "Attempt to send to unsubscribed recipient")
    message = Message(
        account_sid=world.setup.account.sid,
        direction="outbound-api",
        sender=sender,
        to=to,
        body=body,
        created_at=utc_now(),
        status=_first_status(form, service),
        messaging_service_sid=service,
        callback=fields.address(form, "StatusCallback", number=21609),
    )
    shown = message_shape(message)
    send(world, message)
    return json_answer(shown, status=201)


def _first_status(form: fields.Form, service: str | None) -> str:
    if not fields.first(form, "SendAt"):
        return "queued"
    if service is None or fields.first(form, "ScheduleType") != "fixed":
        raise RestRefusal(35118, "SendAt needs ScheduleType=fixed and a MessagingServiceSid")
    return "scheduled"


def _to(form: fields.Form) -> str:
    to = fields.first(form, "To")
    if not to:
        raise RestRefusal(21604, "A 'To' phone number is required")
    if not is_number(to.removeprefix("whatsapp:")):
        raise RestRefusal(21211, "The 'To' number is not a valid phone number: send E.164")
    return to


def _listed(world: World, request: Request) -> Answer:
    with world.lock:
        rows = [
            each
            for each in reversed(world.messages.values())
            if request.asked("To") in {"", each.to} and request.asked("From") in {"", each.sender}
        ]
        shown, page = page_of(request, rows)
        return json_answer({**page, "messages": [message_shape(each) for each in shown]})


def _fetched(world: World, request: Request) -> Answer:
    with world.lock:
        return json_answer(message_shape(_find(world, request)))


def _updated(world: World, request: Request) -> Answer:
    """Redact with an empty Body, or cancel what is still scheduled."""
    form = request.form()
    with world.changing():
        message = _find(world, request)
        if fields.first(form, "Status") == "canceled":
            if message.status not in {"scheduled", "accepted"}:
                raise RestRefusal(30409, "Cannot cancel: the message is not scheduled", http_status=409)
            message.status = "canceled"
        elif "Body" in form:
            if form["Body"][0]:
                raise RestRefusal(20001, "Body can only be redacted: send it empty")
            message.body = ""
        message.updated_at = utc_now()
        return json_answer(message_shape(message))


def _deleted(world: World, request: Request) -> Answer:
    with world.changing():
        del world.messages[_find(world, request).sid]
    return Answer(status=204)


def _find(world: World, request: Request) -> Message:
    message = world.messages.get(request.parts["sid"])
    if message is None:
        raise not_found(request.path)
    return message
