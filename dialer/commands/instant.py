"""An instant given on the command line."""

from datetime import datetime

import click


def instant_of(text: str) -> datetime:
    """Read the time of `--at`; a time without an offset is London's, a day without a time is no instant."""
    from dialer.files.when import UnreadableTime, read_time

    try:
        if ":" not in text:
            raise UnreadableTime("a day has many instants; write 2026-11-23T10:00")
        return read_time(text)
    except UnreadableTime as problem:
        raise click.BadParameter(str(problem), param_hint="--at") from None
