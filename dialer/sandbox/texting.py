"""Text messages: sent, delivered or not, received, stopped by a word. Source: twilio.md 7.6, 7.7."""

from dialer.clock import utc_now
from dialer.sandbox.exchange.leg import Fetch, Fields
from dialer.sandbox.exchange.message import Message
from dialer.sandbox.exchange.script import Pickup
from dialer.sandbox.twiml.document import TwimlFault, read_answer
from dialer.sandbox.webhooks.forms import API_VERSION, geography
from dialer.sandbox.webhooks.outward import Letter, Unreached
from dialer.sandbox.webhooks.overrides import BadOverride, patience_for
from dialer.sandbox.world import World

# Whole-message words Twilio itself acts on for long codes.
STOP_WORDS = frozenset({"STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"})
START_WORDS = frozenset({"START", "UNSTOP", "YES"})
HELP_WORDS = frozenset({"HELP", "INFO"})
_STEP_SECONDS = 0.5
UNREACHABLE_HANDSET = 30003
UNSUBSCRIBED = 21610


def send(world: World, message: Message) -> None:
    """Take a message on its way: sent, then delivered or not, each told to its callback."""
    world.keep(message)
    if message.status == "queued":
        world.threads.start(lambda: _travel(world, message), name="text")


def receive(world: World, message: Message, *, opt_out_type: str | None) -> None:
    """Hand a message that came in to the application, and send what it answers.

    A stop word blocks the pair of numbers, whatever the application says; a start word lifts that.
    """
    world.keep(message)
    word, pair = message.body.strip().upper(), (message.to, message.sender or "")
    with world.changing():
        if word in STOP_WORDS:
            world.blocked_texts.add(pair)
        elif word in START_WORDS:
            world.blocked_texts.discard(pair)
    world.threads.start(lambda: _hand_over(world, message, opt_out_type), name="text")


def _travel(world: World, message: Message) -> None:
    steps: tuple[tuple[str, int | None], ...]
    if world.script_of(message.to).pickup is Pickup.UNREACHABLE:
        steps = (("sent", None), ("undelivered", UNREACHABLE_HANDSET))
    else:
        steps = (("sent", None), ("delivered", None))
    for status, error in steps:
        with world.lock:
            world.lock.wait_for(lambda: world.is_stopping, world.tempo.real_seconds(_STEP_SECONDS))
            if world.is_stopping or message.status == "canceled":
                return
        _move(world, message, status, error)


def _move(world: World, message: Message, status: str, error: int | None) -> None:
    with world.changing():
        message.status, message.error_code = status, error
        message.updated_at = utc_now()
        if status == "sent":
            message.sent_at = message.updated_at
        message.story.add("status", message.sid, status=status)
        if message.callback:
            world.callbacks.post(
                message.story, message.sid, message.callback, status_fields(message), is_voice=False
            )


def status_fields(message: Message) -> Fields:
    """Return the fields of a message's status callback."""
    service = message.messaging_service_sid
    done = utc_now().strftime("%y%m%d%H%M")
    return (
        ("AccountSid", message.account_sid),
        ("ApiVersion", API_VERSION),
        ("From", message.sender or ""),
        ("To", message.to),
        ("MessageSid", message.sid),
        ("SmsSid", message.sid),
        ("MessageStatus", message.status),
        ("SmsStatus", message.status),
        *((("MessagingServiceSid", service),) if service else ()),
        *((("RawDlrDoneDate", done),) if message.status == "delivered" else ()),
        *((("ErrorCode", str(message.error_code)),) if message.error_code else ()),
    )


def incoming_fields(message: Message, *, opt_out_type: str | None) -> Fields:
    """Return the fields of an incoming message's webhook."""
    service = message.messaging_service_sid
    return (
        *geography(("To",), message.to),
        *geography(("From",), message.sender or ""),
        ("SmsMessageSid", message.sid),
        ("SmsSid", message.sid),
        ("MessageSid", message.sid),
        ("AccountSid", message.account_sid),
        ("ApiVersion", API_VERSION),
        ("SmsStatus", "received"),
        ("NumMedia", "0"),
        ("NumSegments", str(message.segments)),
        ("From", message.sender or ""),
        ("To", message.to),
        ("Body", message.body),
        *((("MessagingServiceSid", service),) if service else ()),
        *((("OptOutType", opt_out_type),) if opt_out_type else ()),
    )


def _hand_over(world: World, message: Message, opt_out_type: str | None) -> None:
    url = world.setup.webhook(world.setup.messages_path)
    letter = Letter(
        url=url, method="POST", form=incoming_fields(message, opt_out_type=opt_out_type), is_voice=False
    )
    with world.changing():
        message.story.add("request", message.sid, url=url, params=dict(letter.form), token=letter.token)
    for attempt in (1, 2):
        try:
            reply = world.outward.send(letter, patience_for(url, default=world.callbacks.patience))
            document = (
                read_answer(reply.body, reply.content_type, Fetch(url=url)) if reply.body.strip() else None
            )
            answer: dict[str, object] = {
                "status": reply.status,
                "body": reply.body.decode("utf-8", errors="replace"),
            }
        except Unreached as error:
            if attempt == 1 and error.phase == "ct":
                continue
            document, answer = None, {"code": error.code, "message": str(error)}
        except (BadOverride, TwimlFault) as error:
            document, answer = None, {"code": error.code, "message": str(error)}
        break
    with world.changing():
        message.story.add("answer", message.sid, url=url, **answer)
    for verb in document.verbs if document is not None else ():
        if verb.name == "Message":
            body = next((child.text for child in verb.children if child.name == "Body"), verb.text)
            _reply(world, message, body)


def _reply(world: World, to: Message, body: str) -> None:
    is_blocked = (to.to, to.sender or "") in world.blocked_texts
    reply = Message(
        account_sid=to.account_sid,
        direction="outbound-reply",
        sender=to.to,
        to=to.sender or "",
        body=body,
        created_at=utc_now(),
        status="failed" if is_blocked else "queued",
        error_code=UNSUBSCRIBED if is_blocked else None,
        messaging_service_sid=to.messaging_service_sid,
    )
    send(world, reply)
