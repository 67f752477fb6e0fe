"""What judges whole lists, put together."""

from dataclasses import dataclass
from pathlib import Path

from redis import Redis

from dialer import bell
from dialer.bell import ListBell
from dialer.clock import Clock
from dialer.law.statute_book import StatuteBook
from dialer.scrubbing.scrub import Scrubber
from dialer.settings import Settings
from dialer.store.configuration import ConfigurationStore
from dialer.store.list_facts import ListFacts
from dialer.store.safety import Safety
from dialer.store.scrubs import ScrubStore
from dialer.store.trouble import kept


@dataclass(frozen=True, slots=True, kw_only=True)
class ListParts:
    """What lists are judged with, which of them wait, who is woken, and where they lie with their results."""

    scrubber: Scrubber
    scrubs: ScrubStore
    bell: ListBell
    folder: Path


def list_parts(
    redis: "Redis",
    settings: Settings,
    safety: Safety,
    configuration: ConfigurationStore,
    book: StatuteBook,
    clock: Clock,
) -> ListParts:
    """Return the parts of lists; no round trip."""
    return ListParts(
        scrubber=Scrubber(facts=ListFacts(redis, safety, configuration), book=book, clock=clock),
        scrubs=ScrubStore(redis),
        bell=bell.ListBell(redis, kept=kept),
        # Flask would look for a relative path beside its own code.
        folder=settings.data_dir.absolute() / "scrubs",
    )
