"""One tree of errors. Each says what went wrong, which thing (masked), why, and what to do.

`RingfenceError` is never raised itself. The doors map each branch to one HTTP status (`web.problems`) and
the command line maps all of them to one line on stderr and exit 1.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Fault:
    """One bad place in what was sent: a JSON pointer (or `line 3, column phone`) and what was expected."""

    pointer: str
    detail: str


class RingfenceError(Exception):
    """Root of the tree; `code` is stable for scripts, `status` is the HTTP status a door answers with."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.faults = faults


class Unreadable(RingfenceError):
    """What was sent cannot be read: bad JSON, a bad file, a bad number, a bad value."""

    status = 400
    code = "unreadable"


class NotAuthenticated(RingfenceError):
    """Nobody we know: no key, an unknown or revoked key, a wrong password."""

    status = 401
    code = "not_authenticated"


class TooMany(RingfenceError):
    """Too many tries in too short a time; waiting helps, and the message says how long."""

    status = 429
    code = "too_many"


class NotAllowed(RingfenceError):
    """Somebody we know, who may not do this; also a webhook whose signature does not fit."""

    status = 403
    code = "not_allowed"


class NotFound(RingfenceError):
    """No such thing, or one that belongs to another principal: the two answer alike."""

    status = 404
    code = "not_found"


class Conflict(RingfenceError):
    """It would contradict what is already there; nothing was changed."""

    status = 409
    code = "conflict"


class Refused(RingfenceError):
    """Readable, but the rules forbid saving it (an unlawful campaign, an implausible register file)."""

    status = 422
    code = "refused"


class CannotKeep(RingfenceError):
    """The store is away, late, read-only or unsafe: nothing was stored and nothing may be dialled."""

    status = 503
    code = "cannot_keep"


class Unanswered(RingfenceError):
    """Somebody outside gave no answer: whether what was asked of them is done is not known."""

    status = 504
    code = "unanswered"


class Damaged(RingfenceError):
    """What was kept is there and cannot be read as it was kept: it was altered, or its key is gone."""

    status = 500
    code = "damaged"


class Misconfigured(RingfenceError):
    """A setting is missing or unsafe; the start is stopped and the setting is named."""

    status = 500
    code = "misconfigured"
