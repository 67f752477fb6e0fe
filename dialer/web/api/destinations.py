"""Destinations: where withdrawals go. A secret is written and never read back."""

import base64
import secrets
from typing import Any, Final

from dialer.delivery.destination import Destination, Login
from dialer.errors import Conflict, NotFound, Refused
from dialer.people.roles import Role, Sight
from dialer.screening.configuration import Configuration
from dialer.store.configuration import Section
from dialer.web.api.destination_shapes import DestinationGiven, DestinationShown, shown
from dialer.web.api.door import Asked, Doors
from dialer.web.api.paging import Page, Paged, page_of
from dialer.web.api.saving import keep
from dialer.web.destination_rules import insist_on_sense
from dialer.wiring.credentials import Credentials

DOORS = Doors("Destinations")

_PREFIX: Final = "whsec_"


@DOORS.put(
    "/v1/destinations/{id}",
    roles=(Role.ADMIN,),
    body=DestinationGiven,
    answer=DestinationShown,
    problems=(Conflict, Refused),
)
def put_destination(asked: Asked[DestinationGiven, None], id: str) -> DestinationShown:
    """Keep a destination whole. Its addresses must be public, or in a range it is allowed, and encrypted."""
    made = _PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()
    sealed = Credentials(asked.parts.settings).seal(made, of=id)
    kept = keep(asked.parts, Section.DESTINATIONS, id, lambda held: _destination(asked, held, sealed))
    return shown(kept, secret=made if sealed in kept.secrets else None)


@DOORS.get("/v1/destinations/{id}", roles=(Role.ADMIN, Role.AUDITOR), answer=DestinationShown)
def get_destination(asked: Asked[None, None], id: str) -> DestinationShown:
    """Read one destination, without its secrets."""
    return shown(found_destination(asked, id))


@DOORS.get("/v1/destinations", roles=(Role.ADMIN, Role.AUDITOR), query=Paged, answer=Page[DestinationShown])
def list_destinations(asked: Asked[None, Paged]) -> Page[DestinationShown]:
    """List the destinations by id."""
    shown = {name: shown(found) for name, found in asked.configuration.destinations.items()}
    return page_of(shown, asked.query, is_seen=lambda found: _sees(asked.sight, found.principals))


@DOORS.delete("/v1/destinations/{id}", roles=(Role.ADMIN,), status=204)
def delete_destination(asked: Asked[None, None], id: str) -> None:
    """Remove a destination. Notices that wait for it are kept, and die where nobody takes them."""
    found_destination(asked, id)
    asked.parts.configuration.remove(Section.DESTINATIONS, id)


def _destination(asked: Asked[DestinationGiven, None], held: Configuration, made: str) -> Destination:
    given, before = asked.body, held.destinations.get(asked.body.id)
    if before is not None and not _sees(asked.sight, before.principals):
        raise NotFound("no such destination")
    if not _sees(asked.sight, given.principals):
        raise NotFound("no such principal")
    has_login = before is not None and before.kind == given.kind and before.login is not None
    insist_on_sense(given, has_login=has_login, demo=asked.parts.settings.demo)
    return Destination(
        id=given.id,
        name=given.name,
        kind=given.kind,
        url=given.url or "",
        secrets=_secrets(asked, before, made),
        principals=given.principals,
        channels=given.channels,
        reaches=given.reaches,
        confirm_url=given.confirm_url,
        created_at=before.created_at if before is not None else asked.parts.clock(),
        networks=given.networks,
        a_second=given.a_second,
        login=_login(asked, before if has_login else None),
        campaign=given.campaign,
        mailbox=given.mailbox,
        sender=given.sender,
        removes_corrected=given.removes_corrected,
        paused_at=before.paused_at if before is not None else None,
    )


def _secrets(asked: Asked[DestinationGiven, None], before: Destination | None, made: str) -> tuple[str, ...]:
    given, credentials = asked.body, Credentials(asked.parts.settings)
    if given.kind != "webhook":
        return ()
    if given.secrets:
        return tuple(credentials.seal(secret, of=given.id) for secret in given.secrets)
    return before.secrets if before is not None and before.secrets else (made,)


def _login(asked: Asked[DestinationGiven, None], before: Destination | None) -> Login | None:
    given = asked.body.login
    if given is None:
        return before.login if before is not None else None
    sealed = Credentials(asked.parts.settings).seal(given.password, of=asked.body.id)
    return Login(user=given.user, password=sealed)


def found_destination(asked: Asked[Any, Any], destination_id: str) -> Destination:
    """Return a destination that this caller may see, or raise NotFound."""
    found = asked.configuration.destinations.get(destination_id)
    if found is None or not _sees(asked.sight, found.principals):
        raise NotFound("no such destination")
    return found


def _sees(sight: Sight, principals: tuple[str, ...] | None) -> bool:
    """Say whether every principal it is told of is visible; all of them only to who sees all."""
    return sight.principals is None or (
        principals is not None and all(sight.sees(principal) for principal in principals)
    )
