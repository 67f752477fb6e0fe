"""Asking the application what to do: the request, its retry, its redirects, its fallback."""

from dataclasses import replace
from urllib.parse import urljoin

from dialer.sandbox.exchange.leg import CallStatus, Fetch, Fields, Inline, Leg, Source
from dialer.sandbox.twiml.document import Document, TwimlFault, read_answer, read_twiml
from dialer.sandbox.webhooks.forms import standard
from dialer.sandbox.webhooks.outward import Letter, Reply, Unreached
from dialer.sandbox.webhooks.overrides import BadOverride, Patience, patience_for
from dialer.sandbox.world import World

MOST_REDIRECTS = 10
# A story keeps so much of each answer.
MOST_TOLD_BYTES = 16_000


def read_source(
    world: World, leg: Leg, source: Source, *, status: CallStatus | None = None
) -> Document | None:
    """Return the document of a source, or of the fallback if it fails; None if both fail.

    `status` overrides the CallStatus sent. The errors are in the story. Source: twilio.md section 6.5.
    """
    if isinstance(source, Inline):
        return _inline(world, leg, source)
    try:
        return ask(world, leg, source, status=status)
    except TwimlFault as fault:
        _note(world, leg, fault, source.url)
        if leg.fallback is None or leg.fallback.url == source.url:
            return None
        failed = (*source.extra, ("ErrorCode", str(fault.code)), ("ErrorUrl", source.url.partition("#")[0]))
    try:
        return ask(world, leg, replace(leg.fallback, extra=failed), status=status)
    except TwimlFault as fault:
        _note(world, leg, fault, leg.fallback.url)
        return None


def ask(world: World, leg: Leg, source: Fetch, *, status: CallStatus | None = None) -> Document:
    """Ask one address for its document; raises `TwimlFault` with Twilio's code."""
    with world.lock:
        form = (*standard(leg, status=status), *source.extra)
    letter = Letter(url=source.url, method=source.method, form=_without_collisions(form))
    times = 2 if world.callbacks.faults.voice_twice else 1
    for _ in range(times):
        reply, landed = _follow(world, leg, letter)
    if reply.status // 100 != 2:
        raise TwimlFault(11200, f"HTTP {reply.status}")
    document = read_answer(reply.body, reply.content_type, landed)
    for warning in document.warnings:
        _note(world, leg, TwimlFault(12200, warning), source.url)
    return document


def _follow(world: World, leg: Leg, letter: Letter) -> tuple[Reply, Fetch]:
    inputs = {"Digits", "SpeechResult", "Confidence", "FinishedOnKey", "UnstableSpeechResult"}
    for _ in range(MOST_REDIRECTS + 1):
        reply = _send(world, leg, letter)
        if reply.status not in {301, 302, 303, 307, 308} or not reply.location:
            return reply, Fetch(url=letter.url, method=letter.method)
        # A redirected Gather action does not get its Digits again (twilio.md section 1.2).
        form = tuple(field for field in letter.form if field[0] not in inputs)
        method = letter.method if reply.status in {307, 308} else "GET"
        letter = Letter(url=urljoin(letter.url, reply.location), method=method, form=form, token=letter.token)
    raise TwimlFault(11215, f"more than {MOST_REDIRECTS} redirects")


def _send(world: World, leg: Leg, letter: Letter) -> Reply:
    try:
        patience = patience_for(letter.url, default=world.callbacks.patience)
    except BadOverride as error:
        raise TwimlFault(error.code, str(error)) from error
    for attempt in range(1, patience.retries + 2):
        with world.lock:
            leg.story.add(
                "request", leg.sid, url=letter.url, method=letter.method, params=dict(letter.form),
                token=letter.token, attempt=attempt,
            )  # fmt: skip
        if (reply := _attempt(world, leg, letter, patience, attempt)) is not None:
            return reply
    raise AssertionError("the last attempt returns or raises")


def _attempt(world: World, leg: Leg, letter: Letter, patience: Patience, attempt: int) -> Reply | None:
    """Return the reply, or None to try once more."""
    is_last = attempt > patience.retries
    try:
        reply = world.outward.send(letter, patience)
    except Unreached as error:
        with world.changing():
            leg.story.add("answer", leg.sid, url=letter.url, code=error.code, message=str(error))
        if error.phase in patience.retried and not is_last:
            return None
        raise TwimlFault(error.code, str(error)) from error
    with world.changing():
        body = reply.body[:MOST_TOLD_BYTES].decode("utf-8", errors="replace")
        leg.story.add(
            "answer", leg.sid, url=letter.url, status=reply.status, content_type=reply.content_type,
            body=body, took_ms=round(reply.took_seconds * 1000),
        )  # fmt: skip
    return None if f"{reply.status // 100}xx" in patience.retried and not is_last else reply


def _inline(world: World, leg: Leg, source: Inline) -> Document | None:
    try:
        document = read_twiml(source.twiml, came_from=None)
    except TwimlFault as fault:
        _note(world, leg, fault, "Twiml")
        return None
    for warning in document.warnings:
        _note(world, leg, TwimlFault(12200, warning), "Twiml")
    return document


def _without_collisions(form: Fields) -> Fields:
    """Keep the last value of each name: a browser's own `To` wins over ours, nothing else may."""
    return tuple(dict(form).items())


def _note(world: World, leg: Leg, fault: TwimlFault, url: str) -> None:
    with world.changing():
        leg.story.add("error", leg.sid, code=fault.code, message=str(fault), url=url)
