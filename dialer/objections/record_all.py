"""Put many noes in force: each is still one atomic act; only the waiting for store and disk is shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dialer.objections.record import Desk, act_of, insist_it_names_somebody, record
from dialer.objections.saying import Act, Prepared, Recorded, Saying


class Batches(Protocol):
    """Keeps objections by the batch; see `store.objection_batches`. Both raise CannotKeep."""

    def prepare_all(self, sayings: Sequence[Saying]) -> Sequence[Prepared]:
        """Return what each act needs to know, in their order; one round trip."""
        ...

    def keep_all(self, acts: Sequence[Act]) -> Sequence[Recorded | None]:
        """Write each all or nothing, and return once all are on disk; None where something changed."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDesk:
    """The parts of recording many; `desk` takes those that need more than a batch can look up."""

    batches: Batches
    desk: Desk


def record_all(sayings: Sequence[Saying], parts: BatchDesk) -> list[Recorded]:
    """Put noes in force and return them, in their order, once all are on disk; two round trips if plain.

    One that names a person or speaks for a company is kept by itself, since its links are looked up one by
    one. The bell is rung once. Raises Unreadable, having kept nothing, for one that names nobody; CannotKeep
    when the store fails: some may be kept then, and the same noes again, by their ids, are not kept twice.
    """
    for saying in sayings:
        insist_it_names_somebody(saying)
    kept: dict[int, Recorded] = _kept_together(sayings, parts, parts.desk.clock())
    told = {name for recorded in kept.values() for name in recorded.destinations}
    if told:
        parts.desk.ring(tuple(sorted(told)))
    return [kept[n] if n in kept else record(saying, parts.desk) for n, saying in enumerate(sayings)]


def _kept_together(sayings: Sequence[Saying], parts: BatchDesk, at: datetime) -> dict[int, Recorded]:
    """Keep what is plain; whatever changed meanwhile is left to be kept by itself."""
    plain = {n: s for n, s in enumerate(sayings) if s.person is None and not s.scope.company}
    if not plain:
        return {}
    configuration = parts.desk.configurations.believed()
    prepared = parts.batches.prepare_all(tuple(plain.values()))
    acts = [act_of(s, configuration, p, at) for s, p in zip(plain.values(), prepared, strict=True)]
    results = parts.batches.keep_all(acts)
    return {n: one for n, one in zip(plain, results, strict=True) if one is not None}
