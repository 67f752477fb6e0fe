"""Put a no in force: one atomic act writes it to every line of the person, the ledger and every outbox.

It is on disk before this returns. Only then may anybody be told "done"; the bell is rung afterwards and may
fail, because the outbox is the truth and a sweep finds what no bell announced.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from dialer.clock import Clock
from dialer.delivery.notice import Withdrawal, notices_for
from dialer.errors import CannotKeep, Fault, Unreadable
from dialer.ids import Kind, new_id
from dialer.law.records import Objection
from dialer.objections.call_orders import stop_order
from dialer.objections.reference import reference_of
from dialer.objections.saying import Act, Prepared, Recorded, Saying
from dialer.screening.configuration import Configuration

TRIES: Final = 5
LONGEST_WORDS: Final = 2_000


class Objections(Protocol):
    """Keeps objections; see `store.objections`. Both raise CannotKeep."""

    def prepare(self, saying: Saying, *, at: datetime) -> Prepared:
        """Return what the act needs to know; one round trip where nobody new is named."""
        ...

    def keep(self, act: Act) -> Recorded | None:
        """Write it all or nothing, on disk; None if something changed since `prepare`. One round trip."""
        ...


class Configurations(Protocol):
    """Holds the configuration; see `store.configuration`."""

    def believed(self) -> Configuration:
        """Return the last reading."""
        ...

    def refresh(self) -> Configuration:
        """Read it again."""
        ...


class Calls(Protocol):
    """Acts on calls after a no; see `bell.CallBell`. Never raises, and keeps nobody waiting."""

    def tend(self, order_id: str) -> None:
        """Have an order to the telephone carried out; it is on disk by then."""
        ...

    def confirm(self, objection_id: str) -> None:
        """Have the callee told, in the call they said it in, that it is done."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The parts recording needs. `ring` wakes the workers of these destinations and never raises.

    `calls` None leaves calls alone: where no worker could act on them.
    """

    objections: Objections
    configurations: Configurations
    ring: Callable[[tuple[str, ...]], None]
    clock: Clock
    calls: Calls | None = None


def record(saying: Saying, desk: Desk) -> Recorded:
    """Put the no in force and return it once it is on disk; two round trips.

    Raises Unreadable for one that names nobody, CannotKeep when it could not be kept: then nobody may be
    told that it was.
    """
    insist_it_names_somebody(saying)
    for _ in range(TRIES):
        configuration = desk.configurations.believed()
        prepared = desk.objections.prepare(saying, at=desk.clock())
        kept = desk.objections.keep(act_of(saying, configuration, prepared, desk.clock()))
        if kept is not None:
            desk.ring(kept.destinations)
            if desk.calls is not None and not kept.repeated:
                desk.calls.tend(stop_order(kept.id, at=desk.clock()).id)
            return kept
        desk.configurations.refresh()
    raise CannotKeep("the objection could not be kept: what it touches kept changing; send it again")


def insist_it_names_somebody(saying: Saying) -> None:
    """Raise Unreadable for a saying that names no caller, or says more than can be kept."""
    if saying.principal is None and saying.operator is None:
        fault = Fault("/principal", "a principal or an operator, or a decision or call_sid that tells them")
        raise Unreadable("the objection names no caller: say whose calls must stop", faults=(fault,))
    if saying.words is not None and len(saying.words) > LONGEST_WORDS:
        fault = Fault("/words", f"at most {LONGEST_WORDS} characters")
        raise Unreadable(
            "the words of the objection are too long to keep; send the part that matters", faults=(fault,)
        )


def act_of(saying: Saying, configuration: Configuration, prepared: Prepared, at: datetime) -> Act:
    """Return everything that the one act of this no writes; pure."""
    effective_at = at if saying.effective_at is None else min(saying.effective_at, at)
    objection = Objection(
        id=saying.objection_id or new_id(Kind.OBJECTION, at=at),
        contact_point=saying.contact_point,
        person=saying.person,
        principal=saying.principal,
        operator=saying.operator,
        kind=saying.kind,
        scope=saying.scope,
        effective_at=effective_at,
        recorded_at=at,
        source=saying.source,
        words=saying.words,
    )
    told = notices_for(
        _withdrawal(objection.id or "", saying, effective_at, at),
        destinations=configuration.destinations.values(),
        at=at,
    )
    others = frozenset() if saying.scope.this_line_only else prepared.lines_of_person
    recorded = Recorded(
        id=objection.id or "",
        reference=reference_of(prepared.ordinal),
        effective_at=effective_at,
        notices=tuple(notice.id for notice in told),
        destinations=tuple(notice.destination for notice in told),
    )
    return Act(
        objection=objection,
        recorded=recorded,
        lines=(saying.contact_point, *sorted(others - {saying.contact_point})),
        notices=told,
        saying=saying,
        epoch=configuration.epoch,
        prepared=prepared,
    )


def _withdrawal(objection_id: str, saying: Saying, effective_at: datetime, at: datetime) -> Withdrawal:
    scope = saying.scope
    named = {
        "reach": scope.reach,
        "channels": list(scope.channels) if isinstance(scope.channels, tuple) else scope.channels,
        "brand": scope.brand,
        "campaign": scope.campaign,
        "this_line_only": scope.this_line_only,
        "company": scope.company,
    }
    return Withdrawal(
        id=objection_id,
        contact_point=saying.contact_point,
        principal=saying.principal,
        operator=saying.operator,
        kind=saying.kind,
        scope=named,
        effective_at=effective_at,
        recorded_at=at,
        source=saying.source,
        call_sid=saying.call_ref,
    )
