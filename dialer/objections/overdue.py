"""Possible noes that nobody settled: in force when their time is up, or overtaken by an objection.

The judge refuses from that instant by itself, whether or not this runs; this records the objection, and so
tells the destinations.
"""

import logging
from datetime import datetime
from typing import Final

from dialer.consents.approval import Person, Review
from dialer.errors import Conflict, RingfenceError
from dialer.objections.review import Decision, Finding, decide, overtaking
from dialer.objections.waiting import ReviewDesk

TIMETABLE: Final = Person(kind="timetable", id="timetable", name="timetable")
NOBODY_DECIDED: Final = "nobody had decided by the end of the next working day"
OBJECTED_SINCE: Final = "they objected since"

_log = logging.getLogger(__name__)


def settle_overdue(desk: ReviewDesk, at: datetime) -> int:
    """Settle what is due and what was overtaken; returns how many. Run again, it does no harm.

    One that fails leaves the rest, and is tried again at the next run.
    """
    return sum([*_put_in_force(desk, at), *_settle_overtaken(desk)])


def _put_in_force(desk: ReviewDesk, at: datetime) -> list[bool]:
    return [_settled(review, NOBODY_DECIDED, desk) for review in desk.waiting.due(at)]


def _settle_overtaken(desk: ReviewDesk) -> list[bool]:
    return [
        _settled(review, OBJECTED_SINCE, desk)
        for review in desk.waiting.open_ones()
        if _is_overtaken(review, desk)
    ]


def _is_overtaken(review: Review, desk: ReviewDesk) -> bool:
    possible = review.possible
    if possible is None:
        return False
    return overtaking(review, desk.waiting.standing(review), possible.scope) is not None


def _settled(review: Review, note: str, desk: ReviewDesk) -> bool:
    try:
        decide(review.id, Decision(finding=Finding.CONFIRM, by=TIMETABLE, note=note), desk)
    except Conflict:
        return False  # Somebody settled it a moment ago.
    except RingfenceError as problem:
        _log.error("possible opt-out %s is not recorded yet: %s", review.id, problem.message)
        return False
    return True
