"""`ringfence list`: imports where numbers came from, in our own columns."""

import click

from dialer.commands.record_import import import_command


@click.group("list")
def source_list() -> None:
    """Import lists: who supplied numbers, under what, and what an agent may say of it."""


source_list.add_command(
    import_command(
        "dialer.screening.list_file:LISTS",
        summary="Keep every list that FILE holds; every row is counted.\n\n"
        "A list that is there is replaced, and what was said of it before is kept in its history. Run again, "
        "nothing is kept twice.",
    )
)
