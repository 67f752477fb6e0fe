"""The registers in Redis, written: a version staged whole beside the one in force, then one pointer moved.

Every page of a version that is not live stands in that version's index first, so that a killed import
leaves nothing that cannot be found and deleted. A loader that lost its lease writes nothing any more.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from struct import pack
from typing import Any, Final

from dialer.clock import milliseconds
from dialer.errors import Conflict
from dialer.registers.snapshot import Snapshot
from dialer.registers.staging import Staging, being_loaded
from dialer.store import keys, scripts
from dialer.store.codec import to_json
from dialer.store.registers import RegisterReader
from dialer.store.scripts import Argument
from dialer.store.trouble import kept

LEASE: Final = timedelta(seconds=60)
# Readers name the version they believe live; one that began before a swap has long ended by then.
KEPT_AFTER_SWAP: Final = timedelta(seconds=60)
_PAGES_A_DELETION: Final = 500


class RegisterStore(RegisterReader):
    """Fits `registers.load.Store`."""

    def begin(
        self,
        name: str,
        extracted_on: date,
        replaced: Snapshot | None,
        at: datetime,
        *,
        in_place: bool = False,
    ) -> Staging:
        """Take the right to load a register; raises Conflict while somebody else has it."""
        arguments = (f"{extracted_on:%Y%m%d}", _ms(LEASE), milliseconds(at + LEASE + KEPT_AFTER_SWAP))
        with kept("beginning to load a register"):
            ordinal, version = scripts.run(
                self.redis,
                "register_begin",
                keys=[keys.register_lease(name), keys.register_ordinal(name), keys.register_versions(name)],
                arguments=arguments,
            )
        if not ordinal:
            raise being_loaded(name, version.decode())
        return Staging(
            name=name, version=version.decode(), ordinal=int(ordinal), replaced=replaced, in_place=in_place
        )

    def loading(self, name: str) -> str | None:
        """Return the version that is being loaded now, None if none is. One round trip."""
        with kept("looking who loads a register"):
            version: Any = self.redis.get(keys.register_lease(name))
        return version.decode() if version is not None else None

    def stage(
        self, staging: Staging, pages: Sequence[tuple[int, bytes]], additions: Sequence[Mapping[int, int]]
    ) -> None:
        """Write pages of a staged version; raises Conflict when its lease is lost, having written nothing."""
        names = [keys.register_lease(staging.name), keys.register_index(staging.name, staging.version)]
        values: list[bytes | str] = []
        for (page, content), added in zip(pages, additions, strict=True):
            names.append(keys.register_page(staging.name, staging.version, page))
            names.append(keys.register_additions(staging.name, staging.version, page))
            values.append(content)
            values.append(" ".join(f"{offset} {ordinal}" for offset, ordinal in added.items()))
        index = pack(f">{len(pages)}Q", *(page for page, _ in pages))
        self._write(staging, "register_stage", names, [index, *values])

    def carry(self, staging: Staging, pages: Sequence[int], oldest_ordinal: int) -> int:
        """Copy unchanged pages within the server and return how many were there; raises as `stage` does."""
        if staging.replaced is None:
            raise ValueError("there is no version to carry pages from")
        old, new = staging.replaced.held_in, staging.version
        names = [keys.register_lease(staging.name), keys.register_index(staging.name, new)]
        for page in pages:
            names += [keys.register_page(staging.name, version, page) for version in (old, new)]
            names += [keys.register_additions(staging.name, version, page) for version in (old, new)]
        return self._write(
            staging, "register_carry", names, [pack(f">{len(pages)}Q", *pages), oldest_ordinal]
        )

    def renew(self, staging: Staging) -> None:
        """Keep the right to load while nothing is written; raises as `stage` does."""
        self._write(staging, "register_renew", [keys.register_lease(staging.name)], [])

    def swap(self, staging: Staging, snapshot: Snapshot, at: datetime) -> None:
        """Put the staged version in force, in one act; raises Conflict, nothing changed, if it may not."""
        replaced, held_in = _replaced(staging)
        with kept("putting a register in force"):
            done = scripts.run(
                self.redis,
                "register_swap",
                keys=[
                    keys.register_lease(staging.name),
                    keys.REGISTERS_LIVE,
                    keys.register_snapshots(staging.name),
                    keys.register_versions(staging.name),
                ],
                arguments=[
                    staging.name,
                    staging.version,
                    replaced,
                    staging.ordinal,
                    to_json(snapshot),
                    milliseconds(at + KEPT_AFTER_SWAP),
                    held_in,
                ],
            )
        if not done:
            raise _lost(staging)

    def apply(
        self, staging: Staging, snapshot: Snapshot, touched: Sequence[int], index: Sequence[int] | None
    ) -> None:
        """Move staged pages among those in force, in one act, and put the snapshot in force.

        `touched` pages that were not staged are emptied; `index` is the new list of pages, None where it
        stays. Some 3 µs a page. Raises Conflict, nothing changed, if it may not.
        """
        name, (replaced, held_in) = staging.name, _replaced(staging)
        names = [
            keys.register_lease(name),
            keys.REGISTERS_LIVE,
            keys.register_snapshots(name),
            keys.register_versions(name),
            keys.register_index(name, staging.version),
            keys.register_index(name, held_in),
        ]
        for page in touched:
            for key in (keys.register_page, keys.register_additions):
                names += [key(name, staging.version, page), key(name, held_in, page)]
        listed = b"" if index is None else pack(f">{len(index)}Q", *index)
        known = to_json(snapshot)
        arguments: list[Argument] = [name, staging.version, replaced, staging.ordinal, known, listed]
        with kept("putting a register's changes in force"):
            done = scripts.run(self.redis, "register_apply", keys=names, arguments=arguments)
        if not done:
            raise _lost(staging)

    def release(self, staging: Staging) -> None:
        """Give back the right to load; what was staged is deleted by the next import or by the timetable."""
        with kept("ending a register import"):
            scripts.run(
                self.redis,
                "register_release",
                keys=[keys.register_lease(staging.name)],
                arguments=[staging.version],
            )

    def deletable(self, name: str, at: datetime) -> list[str]:
        """Return the versions whose pages may go: neither live nor being loaded, and their time has come."""
        with kept("looking for old register versions"), self.redis.pipeline(transaction=True) as pipe:
            pipe.zrangebyscore(keys.register_versions(name), "-inf", milliseconds(at))
            pipe.get(keys.register_lease(name))
            pipe.hget(keys.REGISTERS_LIVE, name)
            versions, loading, live = pipe.execute()
        return [version.decode() for version in versions if version not in {loading, live}]

    def delete(self, name: str, version: str) -> None:
        """Delete a version's pages, then its index, then its name; repeating it does no harm."""
        pages = self.page_numbers(name, version)
        with kept("deleting an old register version"):
            for first in range(0, len(pages), _PAGES_A_DELETION):
                some = pages[first : first + _PAGES_A_DELETION]
                self.redis.unlink(
                    *(keys.register_page(name, version, page) for page in some),
                    *(keys.register_additions(name, version, page) for page in some),
                )
            self.redis.unlink(keys.register_index(name, version))
            self.redis.zrem(keys.register_versions(name), version)

    def _write(self, staging: Staging, script: str, names: list[str], values: list[Any]) -> int:
        with kept("writing register pages"):
            done = scripts.run(
                self.redis, script, keys=names, arguments=[staging.version, _ms(LEASE), *values]
            )
        if done < 0:
            raise _lost(staging)
        return int(done)


def _replaced(staging: Staging) -> tuple[str, str]:
    """Return the version that is replaced and the one whose keys hold its pages, '' for none."""
    return (staging.replaced.version, staging.replaced.held_in) if staging.replaced else ("", "")


def _lost(staging: Staging) -> Conflict:
    return Conflict(
        f"this import of register {staging.name} lost its turn to another; nothing changed; begin again"
    )


def _ms(span: timedelta) -> int:
    return int(span.total_seconds() * 1000)
