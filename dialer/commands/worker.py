"""`ringfence worker`: one RQ worker, woken by the bell; the records it works from are in the store."""

import click

from dialer.settings import read_settings


@click.command()
@click.option("--lists", "part", flag_value="lists", help="Work on whole lists instead of notices.")
@click.option("--registers", "part", flag_value="registers", help="Work on register files that were sent.")
def worker(*, part: str | None) -> None:
    """Run one RQ worker alone, as one part of a production installation."""
    settings = read_settings()
    # Imported late: RQ reads its key names from the bell while it is imported, and takes 200 ms.
    from workers.queues import run_worker

    run_worker(settings, part=part or "worker")
