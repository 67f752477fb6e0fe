"""`ringfence user`: the people who log in to the console."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from dialer.errors import Conflict, NotFound
from dialer.people.roles import NumbersShown, Role

if TYPE_CHECKING:
    from dialer.people.users import User
    from dialer.wiring import Parts

LONGEST_LINE = 4096
password_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@click.group()
def user() -> None:
    """Create console log-ins."""


@user.command()
@click.argument("name")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option(
    "--principal", "principals", multiple=True, metavar="ID", help="Repeat for several; none is all."
)
@click.option("--agent", metavar="ID", help="The agent record of somebody who dials.")
@click.option(
    "--numbers",
    type=click.Choice([shown.value for shown in NumbersShown]),
    default=NumbersShown.FULL.value,
    show_default=True,
    help="How much of a telephone number they are shown.",
)
@password_stdin
def create(
    *,
    name: str,
    role: str,
    principals: tuple[str, ...],
    agent: str | None,
    numbers: str,
    password_stdin: bool,
) -> None:
    """Let NAME log in. The password is asked for, twice, or read from standard input."""
    from dialer.people.users import User, hash_of, read_name

    parts = _parts()
    made = User(
        name=read_name(name),
        role=Role(role),
        password_hash=hash_of(_password(from_stdin=password_stdin)),
        principals=principals or None,
        agent=agent,
        numbers=NumbersShown(numbers),
        created_at=parts.clock(),
    )
    if not parts.people.add(made):
        raise Conflict(f"{made.name} has a log-in already; `ringfence user password {made.name}` changes it")
    click.echo(f"{made.name} may log in as {role}")


@user.command()
@click.argument("name")
@password_stdin
def password(*, name: str, password_stdin: bool) -> None:
    """Give NAME a new password; every log-in made with the old one ends."""
    from dialer.people.users import hash_of

    parts = _parts()
    kept = _found(parts, name)
    parts.people.save(replace(kept, password_hash=hash_of(_password(from_stdin=password_stdin))))
    parts.people.forget_failures(kept.name)
    click.echo(f"{kept.name} has a new password")


@user.command()
@click.argument("name")
def disable(name: str) -> None:
    """Lock NAME out at once; what they did stays on record."""
    parts = _parts()
    kept = _found(parts, name)
    parts.people.save(replace(kept, disabled_at=kept.disabled_at or parts.clock()))
    click.echo(f"{kept.name} can no longer log in")


@user.command(name="list")
def list_users() -> None:
    """Show who may log in."""
    for each in _parts().people.users():
        principals = ",".join(each.principals) if each.principals is not None else "*"
        state = "disabled" if each.disabled_at is not None else "in force"
        click.echo(f"{each.name:<24}  {each.role:<10}  {principals:<20}  {each.numbers:<5}  {state}")


def _password(*, from_stdin: bool) -> str:
    if not from_stdin:
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    # One line, without its end: `echo secret | ringfence user create …` means `secret`.
    return sys.stdin.readline(LONGEST_LINE).rstrip("\r\n")


def _found(parts: "Parts", name: str) -> "User":
    from dialer.people.users import read_name

    kept = parts.people.user(read_name(name))
    if kept is None:
        raise NotFound(f"nobody called {name} may log in; `ringfence user list` shows who may")
    return kept


def _parts() -> "Parts":
    from dialer.settings import read_settings
    from dialer.wiring import wire

    return wire(read_settings())
