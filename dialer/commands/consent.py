"""`ringfence consent`: imports consents in our own columns."""

from pathlib import Path

import click

from dialer.commands.person import person_at_terminal

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def consent() -> None:
    """Import consents: who said yes, to whom, to what, when, and the proof."""


def _print_template(ctx: click.Context, _: click.Parameter, is_wanted: bool) -> None:
    if is_wanted:
        from dialer.consents.consent_row import COLUMNS

        click.echo(",".join(COLUMNS))
        ctx.exit()


@consent.command("import")
@click.argument("file", type=_FILE)
@click.option("--principal", metavar="ID", help="Take rows of this principal alone; the others are rejected.")
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
def import_(*, file: Path, principal: str | None, dry_run: bool, as_json: bool) -> None:
    """Keep every consent that FILE holds; every row is counted.

    A row whose date or other value cannot be read is rejected. Run again, nothing is kept twice.
    """
    from dialer.commands.import_report import insist_on_organisation, tell
    from dialer.commands.progress_bar import progress_bar
    from dialer.consents.consent_row import ConsentOrder
    from dialer.consents.import_file import import_consents
    from dialer.files.number_cell import NumberReading
    from dialer.settings import read_settings
    from dialer.wiring import wire

    parts = wire(read_settings())
    if principal is not None:
        insist_on_organisation(parts, principal)
    known = frozenset(parts.configuration.current().organisations)
    order = ConsentOrder(
        principals=known if principal is None else frozenset({principal}),
        at=parts.clock(),
        numbers=NumberReading(parts.settings.default_region, parts.settings.drama_numbers),
    )
    with progress_bar() as progress:
        imported = import_consents(file, order, parts.records.add, dry_run=dry_run, progress=progress)
    facts = {
        "file": imported.file_name,
        "sha256": imported.sha256,
        "principal": principal,
        "by": person_at_terminal(),
    }
    tell(parts, order.at, "consents", facts, imported.tally, dry_run=dry_run, as_json=as_json)
