"""The same POST twice does the thing once: `Idempotency-Key`, bound to the API key that sent it.

First use locks the key; the same request again gets the same answer with `Idempotent-Replayed: true`; another
request under the same key is refused; one still under way is a conflict. Failures of our own (5xx) are not
kept, so that the caller may try again. Source: draft-ietf-httpapi-idempotency-key-header.
"""

import hashlib
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Final, Protocol

from flask import Response, request

from dialer.errors import CannotKeep, Conflict, Refused, RingfenceError, Unreadable
from dialer.people.keys import Key, digest_of
from dialer.store.idempotency import Answer, Entry, Lock
from dialer.web import problems

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotent-Replayed"
_READABLE: Final = re.compile(r"[\x21-\x7e]{1,255}")


class IdempotencyKeyReused(Refused):
    """The key was used for a different request."""

    code = "idempotency_key_reused"


class StillUnderWay(Conflict):
    """The first request under this key has no answer yet."""

    code = "still_under_way"


class AnswerExpired(Conflict):
    """The answer given before could dial, and time has passed or something has happened to the line."""

    code = "answer_expired"


class Answers(Protocol):
    """Where locks and answers are kept; see `store.idempotency`."""

    def begin(self, key_id: str, digest: str, fingerprint: str) -> Lock | Entry:
        """Return the lock for a first use, or what already stands there."""

    def settle(self, lock: Lock, answer: Answer) -> bool:
        """Keep the answer for a day."""

    def release(self, lock: Lock) -> bool:
        """Take the lock away."""


def once(
    run: Callable[[], Response],
    *,
    key: Key,
    answers: Answers,
    repeats: Callable[[Answer], bool],
    digest_of_body: Callable[[], bytes] | None = None,
) -> Response:
    """Run the request, or give the answer it got before; without the header it just runs.

    `repeats` says whether a kept answer may be given again: one that could dial may not be for long.
    `digest_of_body` is for bodies too large to be held; None takes the bytes as they are.
    """
    given = request.headers.get(HEADER)
    if given is None:
        return run()
    if not _READABLE.fullmatch(given):
        raise Unreadable(f"{HEADER} must be 1 to 255 printable ASCII characters without spaces")
    fingerprint = _fingerprint(digest_of_body() if digest_of_body is not None else request.get_data())
    found = answers.begin(key.id, digest_of(given), fingerprint)
    if isinstance(found, Lock):
        return _first(run, found, answers)
    return _again(found, fingerprint, repeats)


def _first(run: Callable[[], Response], lock: Lock, answers: Answers) -> Response:
    try:
        response = run()
    except RingfenceError as error:
        response = problems.answer(error)
    except BaseException:
        _release(lock, answers)
        raise
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _release(lock, answers)
        return response
    kept = Answer(
        status=response.status_code,
        content_type=response.content_type,
        body=response.get_data(as_text=True),
    )
    _settle(lock, kept, answers)
    return response


def _release(lock: Lock, answers: Answers) -> None:
    """Unlock the key if that can be done; the lock dies by itself in 60 s."""
    try:
        answers.release(lock)
    except CannotKeep:
        problems.note("an idempotency key stays locked for up to 60 s")


def _settle(lock: Lock, answer: Answer, answers: Answers) -> None:
    """Keep the answer if that can be done: what the request did stands, so its answer is given either way."""
    try:
        answers.settle(lock, answer)
    except CannotKeep:
        problems.note("an idempotent answer could not be kept; a repeat within 60 s is refused as under way")


def _again(found: Entry, fingerprint: str, repeats: Callable[[Answer], bool]) -> Response:
    if found.fingerprint != fingerprint:
        raise IdempotencyKeyReused(f"this {HEADER} was used for a different request; use a fresh one")
    if found.answer is None:
        raise StillUnderWay(f"the first request with this {HEADER} is still under way; ask again in a moment")
    answer = found.answer
    if answer.status < HTTPStatus.BAD_REQUEST and not repeats(answer):
        raise AnswerExpired(
            f"the answer to this {HEADER} could dial and is no longer good: ask with a fresh one"
        )
    response = Response(answer.body, status=answer.status, content_type=answer.content_type)
    response.headers[REPLAYED] = "true"
    return response


def _fingerprint(body: bytes) -> str:
    """Return a digest of what is asked: method, path, query and body, byte for byte."""
    parts = (request.method.encode(), request.path.encode(), request.query_string, body)
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
