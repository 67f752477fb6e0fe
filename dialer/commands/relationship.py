"""`ringfence relationship`: imports relationships in our own columns."""

import click

from dialer.commands.record_import import import_command


@click.group()
def relationship() -> None:
    """Import relationships: sales, donors' support, pension clients."""


relationship.add_command(
    import_command(
        "dialer.consents.file_kind:RELATIONSHIPS",
        summary="Keep every relationship that FILE holds; every row is counted.\n\n"
        "A row with a value that cannot be read is rejected; one that a no stands in the way of waits for a "
        "second person. Run again, nothing is kept twice.",
    )
)
