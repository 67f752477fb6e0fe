"""`ringfence key`: make, list and revoke API keys. A key is printed once and kept as a digest."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from dialer.errors import Conflict, NotFound
from dialer.ids import Kind, new_id
from dialer.people.roles import NumbersShown, Role

if TYPE_CHECKING:
    from dialer.people.keys import Key
    from dialer.wiring import Parts

as_json = click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for a script.")


@click.group()
def key() -> None:
    """Create and revoke API keys."""


@key.command()
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option(
    "--principal", "principals", multiple=True, metavar="ID", help="Repeat for several; none is all."
)
@click.option("--agent", metavar="ID", help="The agent record that an agent's key speaks for.")
@click.option("--default-campaign", metavar="ID", help="The campaign of a call that names none.")
@click.option(
    "--numbers",
    type=click.Choice([shown.value for shown in NumbersShown]),
    default=NumbersShown.FULL.value,
    show_default=True,
    help="How much of a telephone number it is shown.",
)
@click.option("--name", required=True, help="What people call it.")
@as_json
def create(
    *,
    role: str,
    principals: tuple[str, ...],
    agent: str | None,
    default_campaign: str | None,
    numbers: str,
    name: str,
    as_json: bool,
) -> None:
    """Make a key and print it, this once."""
    from dialer.people.keys import Key, digest_of, new_token

    parts, token = _parts(), new_token()
    at = parts.clock()
    made = Key(
        id=new_id(Kind.KEY, at=at),
        name=name,
        role=Role(role),
        digest=digest_of(token),
        principals=principals or None,
        agent=agent,
        default_campaign=default_campaign,
        numbers=NumbersShown(numbers),
        created_at=at,
    )
    _warn_of_unknown(made, parts)
    _keep(made, parts)
    if as_json:
        click.echo(json.dumps({**_shown(made), "key": token}))
        return
    click.echo(f"{made.id} ({role}, {name}); its key is shown this once:", err=True)
    click.echo(token)


@key.command()
@click.argument("id_or_name")
def revoke(id_or_name: str) -> None:
    """End a key at once, in every process, by its id or its name."""
    parts = _parts()
    found = [k for k in parts.configuration.current().keys.values() if id_or_name in {k.id, k.name}]
    alive = [k for k in found if k.revoked_at is None]
    if not found:
        raise NotFound(f"no key {id_or_name}; `ringfence key list` shows them")
    if len(alive) > 1:
        names = ", ".join(k.id for k in alive)
        raise Conflict(f"several keys are called {id_or_name}: give one of the ids {names}")
    for each in alive:
        _keep(replace(each, revoked_at=parts.clock()), parts)
    click.echo(f"{found[0].id} is revoked")


@key.command(name="list")
@as_json
def list_keys(*, as_json: bool) -> None:
    """Show the keys, without what opens doors."""
    kept = sorted(_parts().configuration.current().keys.values(), key=lambda k: k.id)
    for each in kept:
        shown = _shown(each)
        principals = ",".join(each.principals) if each.principals is not None else "*"
        state = "revoked" if each.revoked_at is not None else "in force"
        line = f"{each.id}  {each.role:<10}  {principals:<20}  {each.numbers:<5}  {state:<8}  {each.name}"
        click.echo(json.dumps(shown) if as_json else line)


def _parts() -> "Parts":
    from dialer.settings import read_settings
    from dialer.wiring import wire

    return wire(read_settings())


def _keep(made: "Key", parts: "Parts") -> None:
    from dialer.store.configuration import Section

    parts.configuration.put(Section.KEYS, made.id, made)


def _warn_of_unknown(made: "Key", parts: "Parts") -> None:
    """Say on stderr what the key names and nobody has kept yet: it sees nothing until it is."""
    held = parts.configuration.current()
    named: list[tuple[str, str, Mapping[str, object]]] = [
        ("principal", p, held.organisations) for p in made.principals or ()
    ]
    named += [("agent", a, held.agents) for a in (made.agent,) if a is not None]
    for what, name, known in named:
        if name not in known:
            click.echo(f"note: {what} {name} is not kept yet", err=True)


def _shown(made: "Key") -> dict[str, Any]:
    return {
        "id": made.id,
        "name": made.name,
        "role": made.role.value,
        "principals": list(made.principals) if made.principals is not None else None,
        "agent": made.agent,
        "default_campaign": made.default_campaign,
        "numbers": made.numbers.value,
        "created_at": made.created_at.isoformat() if made.created_at else None,
        "revoked_at": made.revoked_at.isoformat() if made.revoked_at else None,
    }
