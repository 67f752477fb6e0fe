"""`ringfence worker`: one RQ worker, woken by the bell; the records it works from are in the store."""

import click

from dialer.settings import read_settings


@click.command()
@click.option("--lists", is_flag=True, help="Work on whole lists, which take minutes, instead of notices.")
def worker(*, lists: bool) -> None:
    """Run one RQ worker alone, as one part of a production installation."""
    settings = read_settings()
    # Imported late: RQ reads its key names from the bell while it is imported, and takes 200 ms.
    from workers.queues import run_worker

    run_worker(settings, lists=lists)
