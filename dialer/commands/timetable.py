"""`ringfence timetable`: sweeps, retries and daily work; any number of them elect one leader."""

import click

from dialer.settings import read_settings


@click.command()
def timetable() -> None:
    """Run the timetable alone, as one part of a production installation."""
    settings = read_settings()
    from workers.timetable import run_timetable

    run_timetable(settings)
