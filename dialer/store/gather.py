"""All that one screening reads of Redis, as one transaction in one packet: what is asked, what came back.

Plain reads between MULTI and EXEC, not a script: what a script returns is turned into Lua's values and back,
which for ten records took the server five times as long (docs/decisions/0070).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from dialer.calls.dispositions import RATE_WINDOW, Outcome
from dialer.clock import milliseconds
from dialer.registers.live import LiveRegister
from dialer.store import keys
from dialer.store.case import CampaignCalls
from dialer.store.hot_line import Command

# The longest cap counts seven days back (law.md 5.3); a day more keeps the boundary exact.
ATTEMPTS_WANTED: Final = timedelta(days=8)
NOBODY: Final = "none"
_ALWAYS: Final = 6

Page = tuple[bytes | None, bytes | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to read. `place` is the number's page and offset in it, None where no register can hold it.

    `has_washes` False reads none of their results: there are none.
    """

    line: str
    campaign: str | None
    receipt: str | None
    place: tuple[int, int] | None
    registers: tuple[LiveRegister, ...]
    has_washes: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What stood in Redis at one instant; `pages` are (page, ordinal of the addition) by register.

    `wash_page` is the page of wash results, None where there is none.
    """

    line: Mapping[bytes, bytes]
    attempts: Sequence[tuple[bytes, Any]]
    live: Mapping[bytes, bytes]
    epoch: int
    calls: CampaignCalls
    receipt: Mapping[bytes, bytes]
    pages: tuple[Page, ...]
    wash_page: bytes | None


def commands(wanted: Wanted) -> list[Command]:
    """Return the transaction; EXEC comes last, and its reply is what `found` reads."""
    since, until = f"({milliseconds(wanted.at - RATE_WINDOW)}", milliseconds(wanted.at)
    campaign = wanted.campaign or NOBODY
    pages: list[str] = []
    additions: list[Command] = []
    if wanted.place is not None:
        page, offset = wanted.place
        for register in wanted.registers:
            pages.append(keys.register_page(register.name, register.held_in, page))
            name = keys.register_additions(register.name, register.held_in, page)
            additions.append(("HGET", name, offset))
        if wanted.has_washes:
            pages.append(keys.wash_page(page))
    oldest = milliseconds(wanted.at - ATTEMPTS_WANTED)
    return [
        ("MULTI",),
        ("HGETALL", keys.line(wanted.line)),
        ("ZRANGEBYSCORE", keys.attempts(wanted.line), oldest, "+inf", "WITHSCORES"),
        ("HGETALL", keys.REGISTERS_LIVE),
        ("ZCOUNT", keys.campaign_calls(campaign, Outcome.ANSWERED), since, until),
        ("ZCOUNT", keys.campaign_calls(campaign, Outcome.ABANDONED), since, until),
        ("MGET", keys.EPOCH, *pages),
        *additions,
        *([("HGETALL", keys.receipt(wanted.receipt))] if wanted.receipt is not None else []),
        ("EXEC",),
    ]


def found(wanted: Wanted, replies: Sequence[Any]) -> Found:
    """Return what the transaction read, given EXEC's reply."""
    line, attempts, live, answered, abandoned, (epoch, *pages) = replies[:_ALWAYS]
    washed = pages.pop() if wanted.has_washes and wanted.place is not None else None
    additions = replies[_ALWAYS : _ALWAYS + len(pages)]
    return Found(
        line=table_of(line),
        attempts=scores_of(attempts),
        live=table_of(live),
        epoch=int(epoch or 0),
        calls=CampaignCalls(live=answered, abandoned=abandoned),
        receipt=table_of(replies[-1]) if wanted.receipt is not None else {},
        pages=tuple(zip(pages, additions, strict=True)),
        wash_page=washed,
    )


def table_of(reply: Any) -> Mapping[bytes, bytes]:
    """Return a HASH: a map as RESP 3 tells it, pairs in a row as RESP 2 does."""
    if isinstance(reply, dict):
        return reply
    return dict(zip(reply[::2], reply[1::2], strict=True))


def scores_of(reply: Any) -> Sequence[tuple[bytes, Any]]:
    """Return members with their scores: pairs as RESP 3 tells them, in a row as RESP 2 does."""
    if not reply or isinstance(reply[0], list):
        return reply  # type: ignore[no-any-return]
    return list(zip(reply[::2], reply[1::2], strict=True))
