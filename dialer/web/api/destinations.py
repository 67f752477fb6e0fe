"""Destinations: where withdrawals go. A secret is written and never read back."""

import base64
import binascii
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import Field

from dialer.calls.shape import STRICT
from dialer.delivery.address import LOOPBACK_ALLOWED, Allowance, read_target
from dialer.delivery.destination import Destination
from dialer.errors import Conflict, Fault, NotFound, Refused, Unreadable
from dialer.people.roles import Role, Sight
from dialer.screening.configuration import Configuration
from dialer.store.configuration import Section
from dialer.web.api.door import Asked, Doors
from dialer.web.api.paging import Page, Paged, page_of
from dialer.web.api.saving import keep

DOORS = Doors("Destinations")

Word = Annotated[str, Field(min_length=1, max_length=200)]
_PREFIX: Final = "whsec_"
_KEY_BYTES: Final = range(16, 129)


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationGiven:
    """A destination as it is sent. `principals` absent is all of them.

    `secrets` are `whsec_…` (Standard Webhooks), newest first, two while one is being replaced; absent keeps
    those that are there, or has one made for a new destination.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: Word
    url: Word
    kind: Literal["webhook"] = "webhook"
    secrets: Annotated[tuple[Word, ...], Field(max_length=2)] = ()
    principals: tuple[str, ...] | None = None
    confirm_url: Word | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationShown:
    """A destination; `secret` is shown once, in the answer to the request that had it made."""

    id: str
    name: str
    kind: str
    url: str
    principals: tuple[str, ...] | None
    confirm_url: str | None
    created_at: datetime | None
    secrets_held: int
    secret: str | None = None


@DOORS.put(
    "/v1/destinations/{id}",
    roles=(Role.ADMIN,),
    body=DestinationGiven,
    answer=DestinationShown,
    problems=(Conflict, Refused),
)
def put_destination(asked: Asked[DestinationGiven, None], id: str) -> DestinationShown:
    """Keep a destination whole. Its addresses must be public and https."""
    _insist_on_addresses(asked.body, demo=asked.parts.settings.demo)
    made = _PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()
    kept = keep(asked.parts, Section.DESTINATIONS, id, lambda held: _destination(asked, held, made))
    return _shown(kept, secret=made if made in kept.secrets else None)


@DOORS.get("/v1/destinations/{id}", roles=(Role.ADMIN, Role.AUDITOR), answer=DestinationShown)
def get_destination(asked: Asked[None, None], id: str) -> DestinationShown:
    """Read one destination, without its secrets."""
    return _shown(_found(asked, id))


@DOORS.get("/v1/destinations", roles=(Role.ADMIN, Role.AUDITOR), query=Paged, answer=Page[DestinationShown])
def list_destinations(asked: Asked[None, Paged]) -> Page[DestinationShown]:
    """List the destinations by id."""
    shown = {name: _shown(found) for name, found in asked.configuration.destinations.items()}
    return page_of(shown, asked.query, is_seen=lambda found: _sees(asked.sight, found.principals))


@DOORS.delete("/v1/destinations/{id}", roles=(Role.ADMIN,), status=204)
def delete_destination(asked: Asked[None, None], id: str) -> None:
    """Remove a destination. Notices that wait for it are kept, and die where nobody takes them."""
    _found(asked, id)
    asked.parts.configuration.remove(Section.DESTINATIONS, id)


def _destination(asked: Asked[DestinationGiven, None], held: Configuration, made: str) -> Destination:
    given, before = asked.body, held.destinations.get(asked.body.id)
    if before is not None and not _sees(asked.sight, before.principals):
        raise NotFound("no such destination")
    if not _sees(asked.sight, given.principals):
        raise NotFound("no such principal")
    kept = given.secrets or (before.secrets if before is not None else (made,))
    return Destination(
        id=given.id,
        name=given.name,
        kind=given.kind,
        url=given.url,
        secrets=kept,
        principals=given.principals,
        confirm_url=given.confirm_url,
        created_at=before.created_at if before is not None else asked.parts.clock(),
    )


def _found(asked: Asked[Any, Any], destination_id: str) -> Destination:
    found = asked.configuration.destinations.get(destination_id)
    if found is None or not _sees(asked.sight, found.principals):
        raise NotFound("no such destination")
    return found


def _sees(sight: Sight, principals: tuple[str, ...] | None) -> bool:
    """Say whether every principal it is told of is visible; all of them only to who sees all."""
    return sight.principals is None or (
        principals is not None and all(sight.sees(principal) for principal in principals)
    )


def _insist_on_addresses(given: DestinationGiven, *, demo: bool) -> None:
    """Raise for an address no notice may go to, and for a secret nobody could sign with."""
    allowance = LOOPBACK_ALLOWED if demo else Allowance()
    for url in filter(None, (given.url, given.confirm_url)):
        read_target(url, allowance)
    for number, secret in enumerate(given.secrets):
        if not _is_secret(secret):
            fault = Fault(f"/secrets/{number}", "must be whsec_ and the base64 of 16 to 128 bytes")
            raise Unreadable("a secret cannot be signed with", faults=(fault,))


def _is_secret(text: str) -> bool:
    try:
        key = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return False
    return text.startswith(_PREFIX) and len(key) in _KEY_BYTES


def _shown(found: Destination, *, secret: str | None = None) -> DestinationShown:
    return DestinationShown(
        id=found.id,
        name=found.name,
        kind=found.kind,
        url=found.url,
        principals=found.principals,
        confirm_url=found.confirm_url,
        created_at=found.created_at,
        secrets_held=len(found.secrets),
        secret=secret,
    )
