"""`ringfence own-line`: declares our own phones, in our own columns."""

import click

from dialer.commands.record_import import import_command


@click.group("own-line")
def own_line() -> None:
    """Declare our own phones: staff at home, closers' desks, test handsets."""


own_line.add_command(
    import_command(
        "dialer.screening.own_line_file:OWN_LINES",
        summary="Declare every phone that FILE holds; every row is counted.\n\n"
        "None is live before a code rung to it is read back. Run again, nothing changes.",
        has_principals=False,
    )
)
