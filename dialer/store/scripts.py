"""Lua scripts: read once from `lua/`, run by their SHA, sent again if the server has forgotten them."""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import NoScriptError

Argument = str | bytes | int | float

_FOLDER = Path(__file__).parent / "lua"


@cache
def source(name: str) -> tuple[str, str]:
    """Return a script's text and its SHA-1 (Redis's own name for it, no security rests on it)."""
    text = (_FOLDER / f"{name}.lua").read_text(encoding="utf-8")
    return text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def run(redis: "Redis", name: str, *, keys: Sequence[str], arguments: Sequence[Argument]) -> Any:
    """Run `lua/{name}.lua` in one round trip (two after the server lost its scripts); returns its reply."""
    text, digest = source(name)
    try:
        return redis.evalsha(digest, len(keys), *keys, *arguments)
    except NoScriptError:
        return redis.eval(text, len(keys), *keys, *arguments)


def run_with(
    redis: "Redis",
    name: str,
    *,
    keys: Sequence[str],
    arguments: Sequence[Argument],
    beside: Sequence[Sequence[Argument]],
) -> tuple[Any, list[Any]]:
    """Run a script and plain commands after it, on one connection, in one round trip.

    Returns the script's reply and the commands' replies; a command that failed gives its exception as its
    reply, a failed script raises.
    """
    text, digest = source(name)
    for run_script in (("EVALSHA", digest), ("EVAL", text)):
        with redis.pipeline(transaction=False) as pipe:
            pipe.execute_command(  # type: ignore[no-untyped-call]
                *run_script, len(keys), *keys, *arguments
            )
            for command in beside:
                pipe.execute_command(*command)  # type: ignore[no-untyped-call]
            replies = pipe.execute(raise_on_error=False)
        if isinstance(replies[0], NoScriptError):
            continue
        if isinstance(replies[0], Exception):
            raise replies[0]
        return replies[0], replies[1:]
    raise NoScriptError(f"the server keeps forgetting {name}.lua")


def run_all(
    redis: "Redis",
    name: str,
    *,
    calls: Sequence[tuple[Sequence[str], Sequence[Argument]]],
    last: Sequence[Argument],
) -> tuple[list[Any], Any]:
    """Run one script once for each call, given as keys and arguments, and a plain command after them.

    One round trip on one connection; each run is atomic by itself. Returns the script's replies and the
    command's, which may be its exception; a run that failed raises, and others may have been carried out.
    """
    text, digest = source(name)
    with redis.pipeline(transaction=False) as pipe:
        pipe.script_load(text)
        for keys, arguments in calls:
            pipe.evalsha(digest, len(keys), *keys, *arguments)
        pipe.execute_command(*last)  # type: ignore[no-untyped-call]
        _, *replies, told = pipe.execute(raise_on_error=False)
    for reply in replies:
        if isinstance(reply, Exception):
            raise reply
    return replies, told
