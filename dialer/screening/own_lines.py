"""Phones of our own: staff at home, closers' desks, test handsets; live once a code rung to one is read back.

Without that anybody could be declared our own and be rung past every rule. A phone is rung with a code at
most three times a day, a code lives ten minutes and bears five tries.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar, Final, Literal, Protocol

from pydantic import AwareDatetime, Field

from dialer.calls.shape import STRICT
from dialer.clock import Clock
from dialer.errors import CannotKeep, Fault, NotFound, Refused, TooMany
from dialer.law.facts import OwnLine

CODE_DIGITS: Final = 6
CODE_LIVES: Final = timedelta(minutes=10)
MOST_TRIES: Final = 5
MOST_RUNG_A_DAY: Final = 3
_DAY: Final = timedelta(hours=24)
_TRIES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLineGiven:
    """One of our phones: what it is for, and whose it is."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: Literal["staff", "transfer", "test"]
    owner: Annotated[str, Field(min_length=1, max_length=128)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRung:
    """The code that was last rung, by its digest, and when codes were rung lately."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    digest: str = ""
    expires_at: AwareDatetime | None = None
    wrong_tries: int = 0
    rung_at: tuple[AwareDatetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What stands for one number; `seq` is its line's at the read."""

    own: OwnLine | None
    code: CodeRung
    seq: int


class OwnLines(Protocol):
    """Keeps own lines; see `store.own_lines`. Both raise CannotKeep."""

    def held(self, number: str) -> Held:
        """Return what stands; one round trip."""
        ...

    def keep(self, number: str, held: Held, *, what: str, by: str, at: datetime) -> bool:
        """Keep it with a line in the ledger; False if the line changed since the read."""
        ...


class Phone(Protocol):
    """Rings a phone and says a code; see `telephony.code_call`. Raises Refused, Unanswered."""

    def ring_code(self, number: str, *, caller_id: str, code: str) -> str:
        """Return the reference of the call that says it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """The parts that keeping own lines needs."""

    own_lines: OwnLines
    phone: Phone
    secret: str
    clock: Clock


def declare(number: str, given: OwnLineGiven, keeping: Keeping, *, by: str) -> OwnLine:
    """Keep what a phone is for. Anything new about it must be proved again before it is live."""
    for _ in range(_TRIES):
        held = keeping.own_lines.held(number)
        told = OwnLine(kind=given.kind, owner=given.owner, verified=False)
        if held.own is not None and replace(held.own, verified=False) == told:
            return held.own
        new = replace(held, own=told, code=replace(held.code, digest="", expires_at=None))
        if keeping.own_lines.keep(number, new, what="declared", by=by, at=keeping.clock()):
            return told
    raise _kept_changing()


def ring_code(number: str, keeping: Keeping, *, caller_id: str, by: str) -> datetime:
    """Ring the phone with a fresh code and return until when it lives.

    The code counts as rung before it is: a phone is never rung more often than we remember. Raises NotFound
    for a phone nobody declared, TooMany after three codes in a day.
    """
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    for _ in range(_TRIES):
        held, now = keeping.own_lines.held(number), keeping.clock()
        if held.own is None:
            raise NotFound("no such own line; PUT /v1/own-lines/{e164} declares one")
        lately = tuple(at for at in held.code.rung_at if now - at < _DAY)
        if len(lately) >= MOST_RUNG_A_DAY:
            raise TooMany(f"this phone was rung with {MOST_RUNG_A_DAY} codes within a day; wait a day")
        rung = CodeRung(
            digest=_digest(number, code, keeping), expires_at=now + CODE_LIVES, rung_at=(*lately, now)
        )
        if keeping.own_lines.keep(number, replace(held, code=rung), what="code rung", by=by, at=now):
            keeping.phone.ring_code(number, caller_id=caller_id, code=code)
            return now + CODE_LIVES
    raise _kept_changing()


def verify(number: str, code: str, keeping: Keeping, *, by: str) -> OwnLine:
    """Take the code that was read back; the phone is live from then. Raises Refused for any other code."""
    for _ in range(_TRIES):
        held, now = keeping.own_lines.held(number), keeping.clock()
        if held.own is None:
            raise NotFound("no such own line; PUT /v1/own-lines/{e164} declares one")
        is_right = _is_right(number, code, held.code, keeping, now)
        if is_right:
            live = replace(held.own, verified=True)
            new = replace(held, own=live, code=replace(held.code, digest="", expires_at=None))
        else:
            new = replace(held, code=replace(held.code, wrong_tries=held.code.wrong_tries + 1))
        what = "verified" if is_right else "wrong code"
        if keeping.own_lines.keep(number, new, what=what, by=by, at=now):
            if new.own is not None and is_right:
                return new.own
            raise _wrong_code()
    raise _kept_changing()


def _is_right(number: str, code: str, rung: CodeRung, keeping: Keeping, now: datetime) -> bool:
    if rung.expires_at is None or now >= rung.expires_at or rung.wrong_tries >= MOST_TRIES:
        return False
    return hmac.compare_digest(rung.digest, _digest(number, code, keeping))


def _digest(number: str, code: str, keeping: Keeping) -> str:
    text = f"own-line|{number}|{code.strip()}"
    return hmac.new(keeping.secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def _wrong_code() -> Refused:
    fault = Fault("/code", "must be the code of the last call, within ten minutes and five tries")
    return Refused("this is not the code that was rung to the phone; ring another", faults=(fault,))


def _kept_changing() -> CannotKeep:
    return CannotKeep("the line kept changing while its own phone was kept; nothing was kept; ask again")
