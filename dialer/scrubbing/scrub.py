"""Judges a whole list by all rules, as of one instant: every input column kept, answers written behind it.

Begins and ends on the same registers and configuration, or begins again. Interrupted at any moment it goes on
where it was, or begins anew: the result appears under its name only when it is whole.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from dialer.calls.call import Channel
from dialer.clock import Clock
from dialer.errors import CannotKeep
from dialer.files.number_cell import NumberReading
from dialer.law.statute_book import StatuteBook
from dialer.screening.question import Binding, Question
from dialer.scrubbing.checkpoint import read_checkpoint
from dialer.scrubbing.facts import Basis, BasisGone, Facts
from dialer.scrubbing.hands import hands_here
from dialer.scrubbing.run import Run, Watch
from dialer.scrubbing.waterfall import Scrubbed

TRIES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be scrubbed. `columns` empty lets the list tell; `at` None judges this instant.

    `key` is the digest of the key that asks, None for a person at the machine.
    """

    source: Path
    result: Path
    campaign: str
    channel: Channel | None = None
    columns: tuple[str, ...] = ()
    at: datetime | None = None
    key: str | None = None
    reading: NumberReading = field(default_factory=NumberReading)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrubber:
    """The parts a scrub needs; `hands` is how many processes may work on one list."""

    facts: Facts
    book: StatuteBook
    clock: Clock
    hands: int = field(default_factory=hands_here)


def scrub(order: Order, scrubber: Scrubber, *, watch: Watch) -> Scrubbed:
    """Write the result and return its waterfall: some two seconds and 300 MB for a million rows.

    Raises Unreadable or Refused for a list that cannot be read, NotFound for an unknown campaign, CannotKeep
    when the store is away, unsafe, or its registers kept changing, and whatever `watch` raises to end it.
    """
    kept = read_checkpoint(_checkpoint_of(order))
    for _ in range(TRIES):
        now = scrubber.clock()
        if kept is not None and not kept.is_recent(now):
            kept = None
        at = order.at or (kept.at if kept is not None else now)
        readings = scrubber.facts.begin(_question(order), at)
        described = _described(order, readings.basis, scrubber.book)
        begun = kept if kept is not None and kept.order == described else None
        if kept is not None and begun is None:
            kept = None
            continue
        run = Run(
            readings=readings,
            book=scrubber.book,
            part=_part_of(order),
            checkpoint=_checkpoint_of(order),
            order=described,
            begun_at=begun.begun_at if begun is not None else now,
            watch=watch,
            hands=scrubber.hands,
        )
        try:
            waterfall, names = run.through(order.source, order.columns, order.reading, begun)
        except BasisGone:
            kept = None
            continue
        if readings.still_stands():
            _part_of(order).replace(order.result)
            _checkpoint_of(order).unlink(missing_ok=True)
            return Scrubbed(
                waterfall=waterfall,
                columns=names,
                campaign=order.campaign,
                at=at,
                versions=readings.basis.versions,
                rules_version=scrubber.book.version,
            )
        kept = None
    raise CannotKeep("registers or configuration kept changing while the list was judged; scrub it again")


def _question(order: Order) -> Question:
    return Question(
        to="", binding=Binding.ADVISORY, campaign=order.campaign, channel=order.channel, key=order.key
    )


def _described(order: Order, basis: Basis, book: StatuteBook) -> dict[str, Any]:
    """Return all that decides what the result says; a scrub goes on only where it is the same."""
    file = order.source.stat()
    told = asdict(order) | {"source": [order.source.name, file.st_size, file.st_mtime_ns], "result": None}
    rests_on = {"epoch": basis.epoch, "versions": basis.versions, "rules": book.version}
    described: dict[str, Any] = json.loads(json.dumps(told | rests_on, default=str))
    return described


def _part_of(order: Order) -> Path:
    return order.result.with_name(f".{order.result.name}.part")


def _checkpoint_of(order: Order) -> Path:
    return order.result.with_name(f".{order.result.name}.json")
