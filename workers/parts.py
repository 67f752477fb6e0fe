"""The parts of a worker: one delivery over the wired stores, and what each of its tasks uses."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from dialer import bell
from dialer.delivery.deliver import Delivery
from dialer.errors import CannotKeep
from dialer.files.number_cell import NumberReading
from dialer.objections.keep_clips import ClipWork
from dialer.objections.stop_calls import Stopping
from dialer.objections.tending import Tending
from dialer.objections.transcripts import Reading
from dialer.registers.import_work import ImportWorkshop
from dialer.registers.newly_listed import newly_listed
from dialer.registers.order import Loaded
from dialer.registers.told import as_record
from dialer.scrubbing.jobs import Workshop
from dialer.store.concerned import lines_concerned
from dialer.store.configuration import ConfigurationStore
from dialer.store.outbox import Outbox
from dialer.store.register_store import RegisterStore
from dialer.store.scrubs import scrub_turn
from dialer.store.trouble import kept
from dialer.telephony.texts import Texts
from dialer.wiring import Parts
from dialer.wiring.clips import clip_work, transcript_reading
from workers.delivering import delivery_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerParts:
    """What the tasks use."""

    outbox: Outbox
    delivery: Delivery
    ring: Callable[[Iterable[str]], None]
    tending: Tending
    workshop: Workshop
    imports: ImportWorkshop
    clips: ClipWork
    transcripts: Reading


def worker_parts(parts: Parts, *, should_stop: Callable[[], bool]) -> WorkerParts:
    """Return the parts of one worker; only a demo may send to this machine, where its receiver runs."""
    # Its own reading through the patient client: a worker waits for a slow store, where a door refuses.
    configuration = ConfigurationStore(parts.redis)
    ring = bell.ringer(parts.redis, wakings=parts.outbox, kept=kept)
    stopping = Stopping(
        telephone=parts.telephone,
        texts=Texts(parts.settings),
        records=parts.objections,
        decided=parts.ledger,
        gate=parts.gate,
    )
    return WorkerParts(
        outbox=parts.outbox,
        delivery=delivery_of(parts, configuration, should_stop=should_stop),
        ring=ring,
        tending=Tending(orders=parts.call_orders, stopping=stopping, clock=parts.clock),
        workshop=_workshop(parts, should_stop),
        imports=_imports(parts, should_stop),
        clips=clip_work(parts),
        transcripts=transcript_reading(parts),
    )


def _imports(parts: Parts, should_stop: Callable[[], bool]) -> ImportWorkshop:
    return ImportWorkshop(
        jobs=parts.imports.jobs,
        store=RegisterStore(parts.redis),
        data_dir=parts.settings.data_dir,
        clock=parts.clock,
        told=partial(_told, parts),
        should_stop=should_stop,
    )


def _told(parts: Parts, loaded: Loaded) -> dict[str, object]:
    """Return what an import did, and whom it newly lists among lines of the last days, counted."""
    told: dict[str, object] = as_record(loaded)
    # The file is in force whatever becomes of the count: without its delta nobody can tell.
    with suppress(CannotKeep):
        if loaded.after is not None:
            register = parts.registers.register(loaded.register)
            concerned = lines_concerned(parts.redis, parts.clock())
            found = newly_listed(register, parts.settings.data_dir, concerned)
            told["newly_listed"] = dict(Counter(one.why.value for one in found))
    return told


def _workshop(parts: Parts, should_stop: Callable[[], bool]) -> Workshop:
    settings = parts.settings
    return Workshop(
        jobs=parts.lists.scrubs,
        turn=scrub_turn(parts.redis),
        scrubber=parts.lists.scrubber,
        folder=parts.lists.folder,
        reading=NumberReading(settings.default_region, settings.drama_numbers),
        clock=parts.clock,
        should_stop=should_stop,
    )
