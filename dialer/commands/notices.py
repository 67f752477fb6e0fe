"""`ringfence notices`: what waits for which destination, one notice's whole story, and sending off again."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from dialer.calls.numbers import masked
from dialer.commands.instant import instant_of
from dialer.delivery.notice import Notice, NoticeState
from dialer.errors import NotFound

if TYPE_CHECKING:
    from dialer.delivery.destination import Destination
    from dialer.wiring import Parts

as_json = click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for a script.")
_TIMES = ("created_at", "due_at", "last_at", "delivered_at", "confirmed_at")
_STORY = ("attempts", "questions", "last_status", "last_reason", "last_answer", "last_took_ms")


@click.group()
def notices() -> None:
    """See and steer how withdrawals reach other systems."""


@notices.command(name="list")
@click.option("--state", type=click.Choice([state.value for state in NoticeState]), help="None is any.")
@click.option("--destination", metavar="ID", help="None is any.")
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True)
@as_json
def list_notices(*, state: str | None, destination: str | None, limit: int, as_json: bool) -> None:
    """Show the newest notices."""
    wanted = NoticeState(state) if state is not None else None
    for notice in _parts().outbox.page(wanted, destination, limit).notices:
        click.echo(json.dumps(_told(notice)) if as_json else _line(notice))


@notices.command()
@as_json
def count(*, as_json: bool) -> None:
    """Count notices by destination and state; exit 1 if any is dead."""
    counted = [one for one in _parts().outbox.counts() if one.number]
    for one in counted:
        told = {"destination": one.destination, "state": one.state.value, "number": one.number}
        click.echo(json.dumps(told) if as_json else f"{one.destination}  {one.state}  {one.number:,}")
    if any(one.state is NoticeState.DEAD for one in counted):
        raise SystemExit(1)


@notices.command()
@click.argument("notice_id")
@as_json
def show(*, notice_id: str, as_json: bool) -> None:
    """Tell one notice's story: when it was made, tried, taken and confirmed, and what came back."""
    told = _told(_parts().outbox.find(notice_id))
    click.echo(json.dumps(told) if as_json else "\n".join(_story(told)))


@notices.command()
@click.argument("notice_ids", nargs=-1)
@click.option("--destination", metavar="ID", help="All that died there, in place of ids.")
@click.option("--since", metavar="TIME", help="Only those made since this time.")
@as_json
def retry(*, notice_ids: tuple[str, ...], destination: str | None, since: str | None, as_json: bool) -> None:
    """Send notices off again, each with a new week of tries: by id, or all that died at a destination."""
    if bool(notice_ids) == (destination is not None):
        raise click.UsageError("name notices, or --destination for all that died there")
    parts = _parts()
    sent = 0
    for notice in _again(parts, notice_ids, destination, since):
        sent += 1
        parts.desk.ring((notice.destination,))
        if as_json:
            click.echo(json.dumps(_told(notice)))
    if not as_json:
        click.echo(f"{sent} sent off again")


@notices.command()
@click.argument("destination_id")
def pause(destination_id: str) -> None:
    """Tell a destination nothing until it is resumed; what is due stays due."""
    parts = _parts()
    before = _destination(parts, destination_id)
    _keep(parts, replace(before, paused_at=before.paused_at or parts.clock()))
    click.echo(f"{destination_id} is paused; what is due for it is kept and counted as overdue")


@notices.command()
@click.argument("destination_id")
def resume(destination_id: str) -> None:
    """Let a paused destination go on, at once."""
    parts = _parts()
    _keep(parts, replace(_destination(parts, destination_id), paused_at=None))
    parts.desk.ring((destination_id,))
    click.echo(f"{destination_id} goes on")


def _again(
    parts: "Parts", notice_ids: tuple[str, ...], destination: str | None, since: str | None
) -> Iterator[Notice]:
    from dialer.delivery.retrying import retry_dead

    at = parts.clock()
    if destination is not None:
        first: datetime | None = instant_of(since) if since is not None else None
        return retry_dead(parts.outbox, destination, since=first, at=at)
    return (parts.outbox.retry(notice_id, at=at) for notice_id in notice_ids)


def _destination(parts: "Parts", destination_id: str) -> "Destination":
    found = parts.configuration.current().destinations.get(destination_id)
    if found is None:
        raise NotFound(f"no destination {destination_id}; GET /v1/destinations lists them")
    return found


def _keep(parts: "Parts", destination: "Destination") -> None:
    from dialer.store.configuration import Section

    epoch = parts.configuration.current().epoch
    parts.configuration.put(Section.DESTINATIONS, destination.id, destination, if_epoch=epoch)


def _told(notice: Notice) -> dict[str, Any]:
    times = {name: getattr(notice, name) for name in _TIMES}
    return {
        "id": notice.id,
        "destination": notice.destination,
        "objection": notice.objection,
        "principal": notice.principal,
        "contact_point": masked(notice.contact_point),
        "event": notice.event,
        "state": notice.state.value,
        **{name: at.isoformat() if at is not None else None for name, at in times.items()},
        **{name: getattr(notice, name) for name in _STORY},
    }


def _line(notice: Notice) -> str:
    said = f"  {notice.last_reason}" if notice.last_reason else ""
    when = notice.created_at.isoformat(timespec="seconds")
    tried = f"{notice.attempts} attempt{'s' * (notice.attempts != 1)}"
    return f"{notice.id}  {when}  {notice.destination}  {notice.state}, {tried}{said}"


def _story(told: dict[str, Any]) -> Iterator[str]:
    width = max(map(len, told))
    for name, value in told.items():
        if value is not None:
            yield f"{name:<{width}}  {value}"


def _parts() -> "Parts":
    from dialer.settings import read_settings
    from dialer.wiring import wire

    return wire(read_settings())
