"""The doors to texts: a person texts one of our numbers; what was texted so far."""

from dialer.clock import utc_now
from dialer.errors import Unreadable
from dialer.sandbox.exchange.addresses import is_number
from dialer.sandbox.exchange.message import Message
from dialer.sandbox.rest.shapes import message_shape
from dialer.sandbox.routing import Answer, Request, json_answer
from dialer.sandbox.texting import receive
from dialer.sandbox.world import World

MOST_LISTED = 500


def text_in(world: World, request: Request) -> Answer:
    """Let a person text one of our numbers; `opt_out_type` is what Advanced Opt-Out would add."""
    raw = request.json()
    known = ("from", "to", "body", "opt_out_type", "messaging_service_sid")
    if (
        not all(isinstance(value, str) for value in raw.values())
        or set(raw) - set(known)
        or not raw.get("body")
    ):
        raise Unreadable(f"a text is {{from, to, body}}, all text; also {', '.join(known[3:])}")
    given = {name: str(value) for name, value in raw.items()}
    if not is_number(given.get("to", "")) or not is_number(given.get("from", "")):
        raise Unreadable("from and to of a text must be E.164 numbers")
    message = Message(
        account_sid=world.setup.account.sid,
        direction="inbound",
        sender=given["from"],
        to=given["to"],
        body=given["body"][:1_600],
        created_at=utc_now(),
        status="received",
        messaging_service_sid=given.get("messaging_service_sid"),
    )
    receive(world, message, opt_out_type=given.get("opt_out_type"))
    return json_answer({"sid": message.sid}, status=201)


def texts(world: World, _request: Request) -> Answer:
    """List texts, newest first, each with what happened to it."""
    with world.lock:
        shown = list(world.messages.values())[-MOST_LISTED:]
        told = [message_shape(each) | {"events": list(each.story.entries)} for each in reversed(shown)]
    return json_answer({"messages": told})
