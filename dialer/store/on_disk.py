"""Is it on disk? Asked of every write that somebody is told was kept, in the same round trip as the write.

Where the server syncs before it replies (`appendfsync always`, as the house's own does) that costs nothing;
with `everysec` it is waited for. A server that cannot say (before 7.2) must sync always: see `store.safety`.
Whoever is told that it was not on disk in time may send the same again, and finds it as it was kept.

Deliberately not asked: a screening's commit (it must answer within 300 ms, and no attempt or refusal that is
lost lets a call through that a no forbids), a notice's fate (it is sent again under the same id), answers to
idempotent requests, sessions, registers (an import that is lost is run again).
"""

from collections.abc import Sequence
from typing import Any, Final

from redis import Redis
from redis.exceptions import ResponseError

from dialer.errors import CannotKeep
from dialer.store import scripts
from dialer.store.scripts import Argument

WITHIN_MS: Final = 1_500
ASK: Final[tuple[Argument, ...]] = ("WAITAOF", 1, 0, WITHIN_MS)


class Disk:
    """Knows whether the store must prove that a write is on disk, or is trusted to see to it by itself."""

    def __init__(self, *, is_trusted: bool = False) -> None:
        self.is_trusted = is_trusted

    def run(
        self, redis: "Redis", name: str, *, keys: Sequence[str], arguments: Sequence[Argument], what: str
    ) -> Any:
        """Run a script and wait until what it wrote is on disk; one round trip. Returns its reply.

        Raises CannotKeep, which says `what`, where that is not known: it may have been written.
        """
        reply, (told,) = scripts.run_with(redis, name, keys=keys, arguments=arguments, beside=[ASK])
        self.insist(told, what)
        return reply

    def insist(self, told: object, what: str) -> None:
        """Take WAITAOF's answer; raises CannotKeep unless it says that `what` is on disk.

        Where the server has no such command, `store.safety` demands that it syncs always.
        """
        if self.is_trusted:
            return
        if isinstance(told, ResponseError):
            if "unknown command" in str(told).lower():
                return
            raise CannotKeep(f"the store would not say that {what} is on disk; send it again")
        if isinstance(told, Exception):
            raise CannotKeep(f"the store was lost before {what} was on disk; send it again") from told
        if not isinstance(told, list) or told[0] < 1:
            raise CannotKeep(f"{what} was not on disk in time; send it again")


PROVEN: Final = Disk()
# Waits as well, but for no longer and without insisting: an unsafe store dials nobody, but can be set up.
WAITED_FOR: Final = Disk(is_trusted=True)
