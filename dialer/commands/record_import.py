"""The `import` subcommand of consents, requests and relationships: one command, three kinds of file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialer.commands.person import person_at_terminal

if TYPE_CHECKING:
    from dialer.consents.file_kind import FileKind

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def import_command(kind_name: str, *, summary: str) -> click.Command:
    """Return the command that imports one kind of file; `kind_name` is its name in `consents.file_kind`."""

    def print_template(ctx: click.Context, _: click.Parameter, is_wanted: bool) -> None:
        if is_wanted:
            click.echo(",".join(_kind(kind_name).columns))
            ctx.exit()

    @click.command("import", help=summary)
    @click.argument("file", type=_FILE)
    @click.option(
        "--principal", metavar="ID", help="Take rows of this principal alone; the others are rejected."
    )
    @click.option("--dry-run", is_flag=True, help="Read and count; keep nothing.")
    @click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
    @click.option(
        "--template",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=print_template,
        help="Print our columns.",
    )
    def run(*, file: Path, principal: str | None, dry_run: bool, as_json: bool) -> None:
        _import(_kind(kind_name), file, principal, dry_run=dry_run, as_json=as_json)

    return run


def _kind(name: str) -> "FileKind":
    from dialer.consents import file_kind

    found: FileKind = getattr(file_kind, name)
    return found


def _import(kind: "FileKind", file: Path, principal: str | None, *, dry_run: bool, as_json: bool) -> None:
    from functools import partial

    from dialer.commands.import_report import insist_on_organisation, tell
    from dialer.commands.progress_bar import progress_bar
    from dialer.consents.approval import Person
    from dialer.consents.import_file import import_records
    from dialer.consents.record_row import RowOrder
    from dialer.files.number_cell import NumberReading
    from dialer.settings import read_settings
    from dialer.wiring import wire

    parts = wire(read_settings())
    if principal is not None:
        insist_on_organisation(parts, principal)
    known = frozenset(parts.configuration.current().organisations)
    order = RowOrder(
        principals=known if principal is None else frozenset({principal}),
        at=parts.clock(),
        numbers=NumberReading(parts.settings.default_region, parts.settings.drama_numbers),
    )
    who = person_at_terminal()
    keep = partial(parts.records.keep, by=Person(kind="terminal", id=who, name=who))
    with progress_bar() as progress:
        imported = import_records(file, kind, order, keep, dry_run=dry_run, progress=progress)
    facts = {"file": imported.file_name, "sha256": imported.sha256, "principal": principal, "by": who}
    tell(parts, order.at, kind.plural, facts, imported.tally, dry_run=dry_run, as_json=as_json)
