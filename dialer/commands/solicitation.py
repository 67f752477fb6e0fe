"""`ringfence solicitation`: imports requests to be rung in our own columns."""

import click

from dialer.commands.record_import import import_command


@click.group()
def solicitation() -> None:
    """Import requests to be rung: who asked, whom, about what and when."""


solicitation.add_command(
    import_command(
        "dialer.consents.file_kind:SOLICITATIONS",
        summary="Keep every solicitation that FILE holds; every row is counted.\n\n"
        "A row with a value that cannot be read is rejected; one that a no stands in the way of waits for a "
        "second person. Run again, nothing is kept twice.",
    )
)
