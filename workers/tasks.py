"""The tasks: one id in, one use-case called, nothing out; the bell names them in its jobs."""

import logging

from dialer.errors import CannotKeep, RingfenceError
from dialer.objections import keep_clips as clips
from dialer.objections import transcripts
from dialer.objections.confirm_aloud import confirm_aloud as confirm
from dialer.objections.tending import tend
from dialer.registers import import_work
from dialer.scrubbing.jobs import Workshop, give_up, work_off
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


def tend_calls(order_id: str) -> None:
    """Carry out one order to the telephone; the timetable rings again for what is not done."""
    (parts,) = _furnished
    try:
        tend(order_id, parts.tending)
    except CannotKeep as problem:
        _log.warning("%s is not done yet: %s", order_id, problem.message)


def confirm_aloud(objection_id: str) -> None:
    """Tell the callee, in the call they said no in, that it is done."""
    (parts,) = _furnished
    try:
        confirm(objection_id, parts.tending.stopping)
    except RingfenceError as problem:
        _log.warning("nobody was told aloud of objection %s: %s", objection_id, problem.message)


def keep_clips(recording_id: str) -> None:
    """Keep the clips that one recording owes; the sweep rings again for what is left."""
    (parts,) = _furnished
    try:
        clips.keep_clips(recording_id, parts.clips)
    except CannotKeep as problem:
        _log.warning("the clips of recording %s wait: %s", recording_id, problem.message)


def hear_transcript(transcript_id: str) -> None:
    """Hear what a callee said in one recording; the sweep rings again for what is left."""
    (parts,) = _furnished
    try:
        transcripts.hear_transcript(transcript_id, parts.transcripts)
    except CannotKeep as problem:
        _log.warning("transcript %s waits: %s", transcript_id, problem.message)


def scrub_lists() -> None:
    """Work off the lists that wait; the sweep rings again for what is left."""
    (parts,) = _furnished
    try:
        work_off(parts.workshop)
    except CannotKeep as problem:
        _log.warning("scrubbing ended early: %s", problem.message)
    except Exception:  # noqa: BLE001 - the worker's outermost loop: one list must not keep all others waiting
        _give_up(parts.workshop)


def _give_up(workshop: Workshop) -> None:
    _log.exception("a list broke its worker and is given up")
    give_up(workshop)


def import_registers() -> None:
    """Work off the register files that wait; the sweep rings again for what is left."""
    (parts,) = _furnished
    try:
        import_work.work_off(parts.imports)
    except CannotKeep as problem:
        _log.warning("importing ended early: %s", problem.message)
