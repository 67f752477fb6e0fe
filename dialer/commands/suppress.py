"""`ringfence suppress`: imports do-not-call files, other dialers' exports or our own columns."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialer.commands.person import person_at_terminal
from dialer.files.when import DateOrder

if TYPE_CHECKING:
    from dialer.objections.file_row import FileOrder
    from dialer.wiring import Parts

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def suppress() -> None:
    """Import suppressions: those who said no before Ringfence came."""


def _print_template(ctx: click.Context, _: click.Parameter, is_wanted: bool) -> None:
    if is_wanted:
        from dialer.objections.file_layout import OWN_COLUMNS

        click.echo(",".join(OWN_COLUMNS))
        ctx.exit()


@suppress.command("import")
@click.argument("file", type=_FILE)
@click.option("--principal", metavar="ID", help="Whose marketing they refused.")
@click.option("--operator", metavar="ID", help="Whose calls they refused, whoever they were for.")
@click.option(
    "--date-order", type=click.Choice([order.value for order in DateOrder]), help="How 05/06/2026 is meant."
)
@click.option("--status", "statuses", multiple=True, help="One more VICIdial status that means do-not-call.")
@click.option("--dry-run", is_flag=True, help="Read and count; keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.option(
    "--template",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_template,
    help="Print our columns.",
)
def import_(
    *,
    file: Path,
    principal: str | None,
    operator: str | None,
    date_order: str | None,
    statuses: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Put in force every no that FILE holds, each with its own time; every row is counted.

    A row without a date holds from now on and is marked undated. Run again, nothing is kept twice.
    """
    from dialer.commands.import_report import insist_on_organisation, tell
    from dialer.commands.progress_bar import progress_bar
    from dialer.objections.import_file import import_objections
    from dialer.objections.record_all import BatchDesk, record_all
    from dialer.settings import read_settings
    from dialer.store.objection_batches import ObjectionBatches
    from dialer.wiring import wire

    if (principal is None) == (operator is None):
        raise click.UsageError("say whose it is: either --principal or --operator")
    parts = wire(read_settings())
    insist_on_organisation(parts, principal or operator or "")
    order = _order(parts, principal, operator, date_order, statuses)
    batch = BatchDesk(batches=ObjectionBatches(parts.redis, parts.safety), desk=parts.desk)
    with progress_bar() as progress:
        imported = import_objections(
            file, order, lambda sayings: record_all(sayings, batch), dry_run=dry_run, progress=progress
        )
    facts = {
        "file": imported.file_name,
        "sha256": imported.sha256,
        "layout": imported.layout,
        "principal": principal,
        "operator": operator,
        "by": person_at_terminal(),
    }
    tell(parts, order.at, "objections", facts, imported.tally, dry_run=dry_run, as_json=as_json)


def _order(
    parts: "Parts",
    principal: str | None,
    operator: str | None,
    date_order: str | None,
    statuses: tuple[str, ...],
) -> "FileOrder":
    from dialer.files.number_cell import NumberReading
    from dialer.objections.file_row import FileOrder

    return FileOrder(
        principal=principal,
        operator=operator,
        at=parts.clock(),
        numbers=NumberReading(parts.settings.default_region, parts.settings.drama_numbers),
        date_order=DateOrder(date_order) if date_order else None,
        more_statuses=frozenset(status.upper() for status in statuses),
    )
