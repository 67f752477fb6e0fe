"""Steering deliveries: pause a destination, let it go on, and send off again what died there."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from pydantic import AwareDatetime

from dialer.calls.shape import STRICT
from dialer.delivery.destination import Destination
from dialer.delivery.retrying import retry_dead
from dialer.errors import NotFound
from dialer.people.roles import Role
from dialer.screening.configuration import Configuration
from dialer.store.configuration import Section
from dialer.web.api.destination_shapes import DestinationShown, shown
from dialer.web.api.destinations import found_destination
from dialer.web.api.door import Asked, Doors
from dialer.web.api.saving import keep

DOORS = Doors("Destinations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """From when on; absent is all that is kept."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    since: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retried:
    """How many were sent off again."""

    destination: str
    retried: int


@DOORS.post("/v1/destinations/{id}/pause", roles=(Role.ADMIN,), answer=DestinationShown)
def pause_destination(asked: Asked[None, None], id: str) -> DestinationShown:
    """Tell a destination nothing until it is resumed. What is due stays due, and is shown as overdue."""
    found_destination(asked, id)
    return shown(_kept(asked, id, paused_at=asked.parts.clock()))


@DOORS.post("/v1/destinations/{id}/resume", roles=(Role.ADMIN,), answer=DestinationShown)
def resume_destination(asked: Asked[None, None], id: str) -> DestinationShown:
    """Let a paused destination go on, at once."""
    found_destination(asked, id)
    kept = _kept(asked, id, paused_at=None)
    asked.parts.desk.ring((id,))
    return shown(kept)


@DOORS.post("/v1/destinations/{id}/retry", roles=(Role.ADMIN,), body=Since, answer=Retried)
def retry_destination(asked: Asked[Since, None], id: str) -> Retried:
    """Send off again every dead notice to it, each with a new week of tries; those corrected since stay."""
    found_destination(asked, id)
    again = retry_dead(asked.parts.outbox, id, since=asked.body.since, at=asked.parts.clock())
    retried = sum(1 for _ in again)
    asked.parts.desk.ring((id,))
    return Retried(destination=id, retried=retried)


def _kept(asked: Asked[None, None], destination_id: str, *, paused_at: datetime | None) -> Destination:
    def changed(held: Configuration) -> Destination:
        before = held.destinations.get(destination_id)
        if before is None:
            raise NotFound("no such destination")
        return replace(before, paused_at=(before.paused_at or paused_at) if paused_at is not None else None)

    return keep(asked.parts, Section.DESTINATIONS, destination_id, changed)
