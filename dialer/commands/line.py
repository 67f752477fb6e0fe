"""`ringfence line`: imports what is known of lines, in our own columns."""

import click

from dialer.commands.record_import import import_command


@click.group()
def line() -> None:
    """Import what is known of lines: whose they are, and whom to leave in peace."""


line.add_command(
    import_command(
        "dialer.consents.line_file:LINES",
        summary="Add what FILE says of each line; every row is counted.\n\n"
        "An empty cell leaves what is known as it is; nothing here lifts a mark or takes a link away. Run "
        "again, nothing is kept twice.",
    )
)
