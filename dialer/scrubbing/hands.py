"""Several processes that work on the blocks of one list, and hand back what they made in the list's order.

Each is forked off with all that was read so far, works on one block at a time, and ends with its parent: also
when that is killed, since nothing is then left that could give it a block. What breaks one breaks the scrub,
as it would in one process.
"""

import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Any, Final, Generic, Protocol, TypeVar

from dialer.errors import CannotKeep

Made = TypeVar("Made")
Made_co = TypeVar("Made_co", covariant=True)


class Work(Protocol[Made_co]):
    """What is done to each block, after what is needed for all of them was read by all hands together."""

    def read_share(self, share: int, of: int) -> None:
        """Read one of several equal shares of what all blocks need, into memory that all hands see."""
        ...

    def all_is_read(self) -> None:
        """Take it that every share was read."""
        ...

    def done(self, block: bytes) -> Made_co:
        """Return what is made of one block."""
        ...


# More than the store's own work leaves room for beside them.
MOST_HANDS: Final = 4
# How far one may run ahead of the slowest, in blocks: they are kept in memory meanwhile.
_AHEAD: Final = 4
_ENDS_WITHIN_SECONDS: Final = 5.0
# A block takes half a second; this is for a store that is asked by many, and ends a wait for ever.
_LONGEST_BLOCK_SECONDS: Final = 300.0


def hands_here() -> int:
    """Return how many processes a list is worth on this machine: one a core, where forking is safe."""
    if not sys.platform.startswith("linux"):
        return 1
    return min(len(os.sched_getaffinity(0)), MOST_HANDS)


def worked_on(blocks: Iterator[bytes], work: Work[Made], *, hands: int) -> Iterator[Made]:
    """Yield what `work` makes of each block, in their order; a list of one block is worked on here.

    Raises what `work` raises, and CannotKeep when a process is ended from without.
    """
    first = list(islice(blocks, 2))
    every = chain(first, blocks)
    if hands == 1 or len(first) == 1:
        yield from map(work.done, every)
        return
    with closing(_Crew(work, hands)) as crew:
        yield from crew.through(every)


class _Crew(Generic[Made]):
    """The processes of one list."""

    def __init__(self, work: Work[Made], hands: int) -> None:
        self._hands: list[tuple[ForkProcess, Connection]] = []
        for share in range(hands):
            self._hands.append(self._another(work, share, hands))

    def _another(self, work: Work[Made], share: int, of: int) -> tuple[ForkProcess, Connection]:
        context = get_context("fork")
        ours, theirs = context.Pipe()
        # Whoever keeps an end of another's pipe open keeps that one from seeing its parent's death.
        unwanted = [ours, *(connection for _, connection in self._hands)]
        process = context.Process(target=_serve, args=(theirs, unwanted, work, share, of), daemon=True)
        with warnings.catch_warnings():
            # Newer Pythons warn of every fork beside threads; numpy's are made anew in the child.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        theirs.close()
        return process, ours

    def through(self, blocks: Iterator[bytes]) -> Iterator[Made]:
        """Give out blocks as hands become free and yield what is made of them, in order."""
        numbered = enumerate(blocks)
        upcoming = next(numbered, None)
        idle = [connection for _, connection in self._hands]
        busy: dict[Connection, int] = {}
        made: dict[int, Made] = {}
        due = 0
        for connection in idle:
            _take(connection)
        while upcoming is not None or busy:
            while upcoming is not None and idle and upcoming[0] < due + _AHEAD:
                connection = idle.pop()
                busy[connection] = upcoming[0]
                _give(connection, upcoming[1])
                upcoming = next(numbered, None)
            ready = set(wait(list(busy), _LONGEST_BLOCK_SECONDS))
            if not ready:
                raise _ended()
            for connection in [one for one in busy if one in ready]:
                made[busy.pop(connection)] = _take(connection)
                idle.append(connection)
            while due in made:
                yield made.pop(due)
                due += 1

    def close(self) -> None:
        """End them all: those that wait for a block at once, those at work by force."""
        for process, connection in self._hands:
            connection.close()
            process.terminate()
        for process, _ in self._hands:
            process.join(_ENDS_WITHIN_SECONDS)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()


def _give(connection: Connection, block: bytes) -> None:
    try:
        connection.send_bytes(block)
    except OSError as failure:
        raise _ended() from failure


def _take(connection: Connection) -> Any:
    try:
        made = connection.recv() if connection.poll(_LONGEST_BLOCK_SECONDS) else _ended()
    except (EOFError, OSError) as failure:
        raise _ended() from failure
    if isinstance(made, BaseException):
        raise made
    return made


def _ended() -> CannotKeep:
    return CannotKeep("a process that judged a part of the list ended or hung; scrub it again: it goes on")


def _serve(connection: Connection, unwanted: list[Connection], work: Work[Made], share: int, of: int) -> None:
    """Read a share, say so, and work on blocks until there is nobody to give one; never returns."""
    # A person's Ctrl-C reaches the whole group: the parent hears it and ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in unwanted:
        other.close()
    try:
        connection.send(_tried(partial(work.read_share, share, of)))
        # The first block is given when all have said so: then every share is there for all to see.
        block = connection.recv_bytes()
        work.all_is_read()
        while True:
            connection.send(_tried(partial(work.done, block)))
            block = connection.recv_bytes()
    except (EOFError, OSError):
        pass
    finally:
        # What the parent had half-written when it forked is the parent's to write.
        os._exit(0)


def _tried(act: Callable[[], object]) -> object:
    """Return what comes of it, or what it raises: that is the parent's to handle."""
    try:
        return act()
    except Exception as failure:  # noqa: BLE001 - it is raised again by the parent
        return failure
