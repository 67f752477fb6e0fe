"""A destination as it is sent, and as it is shown."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import Field

from dialer.calls.shape import STRICT
from dialer.delivery.destination import Destination, Kind, TaughtChannel, TaughtReach

Word = Annotated[str, Field(min_length=1, max_length=200)]
Mailbox = Annotated[str, Field(pattern=r"^[^@\s<>,;:\"]+@[A-Za-z0-9.-]+$", max_length=254)]
PerSecond = Annotated[float, Field(gt=0, le=1_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginGiven:
    """A user and a password; the password is never shown again."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    user: Word
    password: Word = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationGiven:
    """A destination as it is sent. `principals`, `channels`, `reaches` absent are all of them.

    What each kind needs and takes: docs/delivery.md. `secrets` are `whsec_…` (Standard Webhooks), newest
    first, two while one is being replaced; absent keeps those that are there, or has one made for a new
    webhook. `login` absent keeps the one that is there. `networks`: private ranges that its address may lie
    in. `a_second`: most attempts a second.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    name: Word
    url: Word | None = None
    kind: Kind = "webhook"
    secrets: Annotated[tuple[Word, ...], Field(max_length=2, repr=False)] = ()
    principals: tuple[str, ...] | None = None
    channels: Annotated[tuple[TaughtChannel, ...], Field(min_length=1)] | None = None
    reaches: Annotated[tuple[TaughtReach, ...], Field(min_length=1)] | None = None
    confirm_url: Word | None = None
    networks: Annotated[tuple[Word, ...], Field(max_length=20)] = ()
    a_second: PerSecond | None = None
    login: LoginGiven | None = None
    campaign: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{2,30}$")] | None = None
    mailbox: Mailbox | None = None
    sender: Mailbox | None = None
    removes_corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationShown:
    """A destination; `secret` is shown once, in the answer to the request that had it made."""

    id: str
    name: str
    kind: Kind
    url: str
    principals: tuple[str, ...] | None
    channels: tuple[TaughtChannel, ...] | None
    reaches: tuple[TaughtReach, ...] | None
    confirm_url: str | None
    networks: tuple[str, ...]
    a_second: float | None
    user: str | None
    campaign: str | None
    mailbox: str | None
    sender: str | None
    removes_corrected: bool
    paused_at: datetime | None
    created_at: datetime | None
    secrets_held: int
    secret: str | None = None


def shown(found: Destination, *, secret: str | None = None) -> DestinationShown:
    """Return a destination without its credentials; `secret` only where it was just made."""
    return DestinationShown(
        id=found.id,
        name=found.name,
        kind=found.kind,
        url=found.url,
        principals=found.principals,
        channels=found.channels,
        reaches=found.reaches,
        confirm_url=found.confirm_url,
        networks=found.networks,
        a_second=found.a_second,
        user=found.login.user if found.login is not None else None,
        campaign=found.campaign,
        mailbox=found.mailbox,
        sender=found.sender,
        removes_corrected=found.removes_corrected,
        paused_at=found.paused_at,
        created_at=found.created_at,
        secrets_held=len(found.secrets),
        secret=secret,
    )
