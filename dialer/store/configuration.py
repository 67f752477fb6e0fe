"""The configuration in Redis: one HASH a kind, one epoch over all, read whole and written with a bump."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, TypeVar

from redis import Redis

from dialer.calls.campaign import Campaign
from dialer.calls.organisation import Organisation
from dialer.calls.source_list import SourceList
from dialer.clock import Clock, microseconds, milliseconds, utc_now
from dialer.delivery.destination import Destination
from dialer.errors import Conflict
from dialer.law.facts import Policy
from dialer.people.agents import Agent
from dialer.people.keys import Key
from dialer.screening.configuration import Configuration
from dialer.store import keys
from dialer.store.codec import from_json, to_json
from dialer.store.on_disk import WAITED_FOR
from dialer.store.trouble import kept

T = TypeVar("T")


class Section(Enum):
    """One kind of configuration: the HASH it stands in and the record it holds."""

    ORGANISATIONS = (keys.ORGANISATIONS, Organisation)
    CAMPAIGNS = (keys.CAMPAIGNS, Campaign)
    AGENTS = (keys.AGENTS, Agent)
    KEYS = (keys.API_KEYS, Key)
    DESTINATIONS = (keys.DESTINATIONS, Destination)
    POLICY = (keys.POLICY, Policy)
    LISTS = (keys.LISTS, SourceList)


POLICY_ID = "house"
# What a judgement may rest on. Destinations are left out: none does, and their secrets should not be kept.
IN_HISTORY: Final = frozenset(Section) - {Section.DESTINATIONS}


class ConfigurationStore:
    """Holds the last reading; whether it is still true is asked of the epoch, never of a timer."""

    def __init__(self, redis: "Redis", *, hot_redis: "Redis | None" = None, clock: Clock = utc_now) -> None:
        """Write through `redis`; read through `hot_redis`, which gives up early, where it is given.

        `clock` dates each change in the history; the epoch is always at least this machine's own time.
        """
        self._redis = redis
        self._clock = clock
        self._hot_redis = hot_redis if hot_redis is not None else redis
        self._believed: Configuration | None = None

    def believed(self) -> Configuration:
        """Return the last reading, reading once if there is none. No round trip after the first."""
        return self._believed or self.refresh()

    def current(self) -> Configuration:
        """Return the configuration of this moment. One round trip, two if it changed."""
        with kept("reading the configuration's epoch"):
            epoch = int(self._hot_redis.get(keys.EPOCH) or 0)
        believed = self.believed()
        return believed if believed.epoch == epoch else self.refresh()

    def refresh(self) -> Configuration:
        """Read everything again, consistently (one MULTI), and hold it."""
        with kept("reading the configuration"), self._hot_redis.pipeline(transaction=True) as pipe:
            pipe.get(keys.EPOCH)
            for section in Section:
                pipe.hgetall(section.value[0])
            epoch, *sections = pipe.execute()
        tables = dict(zip(Section, sections, strict=True))
        policies = _read(tables[Section.POLICY], Policy)
        read = Configuration(
            epoch=int(epoch or 0),
            organisations=_read(tables[Section.ORGANISATIONS], Organisation),
            campaigns=_read(tables[Section.CAMPAIGNS], Campaign),
            agents=_read(tables[Section.AGENTS], Agent),
            keys={key.digest: key for key in _read(tables[Section.KEYS], Key).values()},
            destinations=_read(tables[Section.DESTINATIONS], Destination),
            policy=policies.get(POLICY_ID, Policy()),
            lists=_read(tables[Section.LISTS], SourceList),
        )
        # A restored server may stand at a lower epoch, so the newest reading wins, not the highest number.
        self._believed = read
        return read

    def put(self, section: Section, record_id: str, record: Any, *, if_epoch: int | None = None) -> int:
        """Keep one record and return the new epoch.

        With `if_epoch` nothing is written unless the configuration still stands at that epoch: raises
        Conflict, so that a check made on one reading cannot be overtaken by another writer.
        """
        return self._write(section, record_id, to_json(record), if_epoch)

    def remove(self, section: Section, record_id: str) -> int:
        """Remove one record and return the new epoch."""
        return self._write(section, record_id, b"", None)

    def _write(self, section: Section, record_id: str, body: bytes, if_epoch: int | None) -> int:
        believed = "" if if_epoch is None else str(if_epoch)
        with kept("writing the configuration"):
            epoch = int(
                WAITED_FOR.run(
                    self._redis,
                    "configuration_put",
                    what="the change of configuration",
                    keys=[keys.EPOCH, section.value[0], keys.CONFIGURATION_HISTORY],
                    arguments=[
                        believed,
                        record_id,
                        body,
                        microseconds(utc_now()),
                        section.name if section in IN_HISTORY else "",
                        milliseconds(self._clock()),
                    ],
                )
            )
        if epoch < 0:
            raise Conflict("somebody else changed the configuration just now; read it again and retry")
        return epoch


def _read(table: Mapping[bytes, bytes], kind: type[T]) -> dict[str, T]:
    return {name.decode(): from_json(kind, body) for name, body in table.items()}
