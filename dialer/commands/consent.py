"""`ringfence consent`: imports consents in our own columns."""

import click

from dialer.commands.record_import import import_command


@click.group()
def consent() -> None:
    """Import consents: who said yes, to whom, to what, when, and the proof."""


consent.add_command(
    import_command(
        "dialer.consents.file_kind:CONSENTS",
        summary="Keep every consent that FILE holds; every row is counted.\n\n"
        "A row with a value that cannot be read is rejected; one that a no stands in the way of waits for a "
        "second person. Run again, nothing is kept twice.",
    )
)
