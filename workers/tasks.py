"""The tasks: one id in, one use-case called, nothing out; the bell names them in its jobs."""

import logging

from dialer.errors import CannotKeep
from workers.parts import WorkerParts

_log = logging.getLogger(__name__)
_furnished: list[WorkerParts] = []


def furnish(parts: WorkerParts) -> None:
    """Give this process its parts; a job carries an id and nothing else, so it finds them here."""
    _furnished[:] = [parts]


def drain(destination_id: str) -> None:
    """Tell one destination what is due, and ring again if more is; the sweep does so if the store is away."""
    (parts,) = _furnished
    try:
        parts.outbox.heard(destination_id)
        if parts.delivery.drain(destination_id):
            parts.ring((destination_id,))
    except CannotKeep as problem:
        _log.warning("draining %s ended early: %s", destination_id, problem.message)
