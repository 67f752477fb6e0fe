"""The `import` subcommand of everything in our own columns: one command, six kinds of file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialer.commands.person import person_at_terminal

if TYPE_CHECKING:
    from dialer.consents.file_kind import FileKind
    from dialer.consents.import_file import Keep
    from dialer.consents.record_row import RowOrder
    from dialer.wiring import Parts

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PRINCIPAL = click.option(
    "--principal", metavar="ID", help="Take rows of this principal alone; the others are rejected."
)


def import_command(kind_place: str, *, summary: str, has_principals: bool = True) -> click.Command:
    """Return the command that imports one kind of file; `kind_place` is its module and name, `module:NAME`.

    `has_principals` False is a kind whose rows name none.
    """

    def print_template(ctx: click.Context, _: click.Parameter, is_wanted: bool) -> None:
        if is_wanted:
            click.echo(",".join(_kind(kind_place).columns))
            ctx.exit()

    @click.command("import", help=summary)
    @click.argument("file", type=_FILE)
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
    def run(*, file: Path, principal: str | None = None, dry_run: bool, as_json: bool) -> None:
        _import(_kind(kind_place), file, principal, dry_run=dry_run, as_json=as_json)

    return _PRINCIPAL(run) if has_principals else run


def _kind(place: str) -> "FileKind":
    from importlib import import_module

    module, _, name = place.partition(":")
    found: FileKind = getattr(import_module(module), name)
    return found


def _import(kind: "FileKind", file: Path, principal: str | None, *, dry_run: bool, as_json: bool) -> None:
    from dialer.commands.import_report import insist_on_organisation, tell
    from dialer.commands.progress_bar import progress_bar
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
    keep = _keeper(kind, parts, order, who)
    with progress_bar() as progress:
        imported = import_records(file, kind, order, keep, dry_run=dry_run, progress=progress)
    facts = {"file": imported.file_name, "sha256": imported.sha256, "principal": principal, "by": who}
    tell(parts, order.at, kind.plural, facts, imported.tally, dry_run=dry_run, as_json=as_json)


def _keeper(kind: "FileKind", parts: "Parts", order: "RowOrder", who: str) -> "Keep":
    """Return what keeps one record of this kind, as its door under `/v1` would."""
    from functools import partial

    from dialer.consents.approval import Person
    from dialer.consents.line_file import LINES, keep_line
    from dialer.screening.list_file import LISTS, keep_list
    from dialer.screening.own_line_file import OWN_LINES, keep_own_line
    from dialer.store.configuration import Section

    if kind is LINES:
        return partial(keep_line, lines=parts.lines, reports=parts.line_reports, by=who, at=order.at)
    if kind is OWN_LINES:
        return partial(keep_own_line, keeping=parts.own_lines, by=who)
    if kind is LISTS:
        current, put = parts.configuration.current, partial(parts.configuration.put, Section.LISTS)
        return partial(keep_list, current=current, put=put)
    return partial(parts.records.keep, by=Person(kind="terminal", id=who, name=who))
