"""Loads one register file: read, doubt, and put in force whole.

At any moment, killed or not, a reader sees the old register or the new one. An import that ended early is
simply run again. Source: law.md 1.9.
"""

from collections.abc import Callable
from pathlib import Path

from dialer.clock import Clock, london_day
from dialer.files.opened_file import sha256_of
from dialer.registers.catalogue import terms_of
from dialer.registers.compare import Comparison, Progress
from dialer.registers.order import Loaded, Order, Outcome
from dialer.registers.plausible import (
    Doubt,
    doubts_of_dates,
    doubts_of_effect,
    doubts_of_reading,
    stop_if_doubtful,
)
from dialer.registers.put_in_force import Store, Work, put_in_force
from dialer.registers.read_register import read_register
from dialer.registers.staging import being_loaded

__all__ = ["Loaded", "Order", "Outcome", "Store", "load"]


def load(
    order: Order, store: Store, *, folder: Path, clock: Clock, progress: Progress | None = None
) -> Loaded:
    """Load a full or a change file, and put it in force if nothing about it is doubtful.

    `folder` is the data folder; deltas are kept under it. Raises Refused with every doubt, Unreadable for a
    damaged file, Conflict while another import runs, CannotKeep when the store fails; none changes anything.
    """
    terms = terms_of(order.register)
    register = store.register(terms.name)
    sha256 = sha256_of(order.path)
    for known in register.snapshots:
        if known.sha256 == sha256 and known.extracted_on == order.extracted_on:
            return Loaded(
                outcome=Outcome.ALREADY_LOADED,
                register=terms.name,
                sha256=sha256,
                before=register.live,
                after=known,
            )
    if not order.dry_run and (version := store.loading(terms.name)) is not None:
        # Said before minutes of reading; whoever comes between is told when the file is to be staged.
        raise being_loaded(terms.name, version)
    today = london_day(clock())
    doubts = _stop(
        order, doubts_of_dates(register, extracted_on=order.extracted_on, today=today, sha256=sha256)
    )
    reading = read_register(order.path, layout=order.layout, progress=_of_reading(progress))
    doubts += _stop(order, doubts_of_reading(reading, file_name=order.path.name, live=register.live))
    comparison = Comparison(store, terms.name, register.live, reading)
    work = Work(order=order, register=register, sha256=sha256, reading=reading, comparison=comparison)
    effect = work.comparison.effect(progress)
    doubts += _stop(order, doubts_of_effect(terms, effect, register.live, changes=len(reading.changes)))
    after = None if order.dry_run else put_in_force(work, effect, store, folder, clock, progress)
    return Loaded(
        outcome=Outcome.IN_FORCE if after else Outcome.DRY_RUN,
        register=terms.name,
        sha256=sha256,
        before=register.live,
        after=after,
        reading=reading,
        effect=effect,
        doubts=tuple(doubts),
    )


def _stop(order: Order, doubts: list[Doubt]) -> list[str]:
    name, accept_change, dry_run = order.path.name, order.accept_change, order.dry_run
    return stop_if_doubtful(doubts, file_name=name, accept_change=accept_change, dry_run=dry_run)


def _of_reading(progress: Progress | None) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, total: progress("reading", done, total)
