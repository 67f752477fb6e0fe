"""Every way a notice can go, on one page; pure, so that the whole machine can be simulated.

    pending ── received ──────────► delivered ── holds ──────► confirmed
       │ ▲ ▲                         │  │  ▲
       │ │ └─ missing: told again ───┘  │  └─ asked again, until the questions are used up
       │ └─── retried by a person ──────┼──────────────────────────┐
       └─ gone, or a week over ────────►│◄─ missing at every question
                                        └────────────────────► dead (kept, counted, shown)

Nothing leaves `pending` but by an answer, a week, a person or the removal of its destination.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, assert_never

from dialer.delivery.answer import Asked, Holding, Outcome, Told
from dialer.delivery.notice import Notice, NoticeState
from dialer.delivery.schedule import bounded, next_question, next_try

LONGEST_REST: Final = timedelta(seconds=60)


def after_telling(notice: Notice, told: Told, *, at: datetime, confirms: bool) -> Notice:
    """Return the notice after one attempt that ended at `at`; `confirms`: the destination can be asked."""
    tried = replace(
        notice,
        attempts=notice.attempts + 1,
        tries=notice.tries + 1,
        last_at=at,
        last_status=told.status,
        last_reason=told.reason,
        last_answer=told.answer,
        last_took_ms=round(told.took / timedelta(milliseconds=1)),
    )
    match told.outcome:
        case Outcome.RECEIVED:
            due = next_question(questions=tried.questions, at=at) if confirms else None
            return replace(tried, state=NoticeState.DELIVERED, delivered_at=at, due_at=due)
        case Outcome.GONE:
            return _dead(tried, told.reason)
        case Outcome.RETRY | Outcome.UNWELL:
            return _tried_again(tried, told, at)
        case _:
            assert_never(told.outcome)


def _tried_again(tried: Notice, told: Told, at: datetime) -> Notice:
    due = next_try(
        notice_id=tried.id,
        tries=tried.tries,
        started_at=tried.started_at,
        failed_at=at,
        wish=told.retry_after,
    )
    if due is None:
        return _dead(tried, f"gave up after {tried.tries} attempts in a week; the last: {told.reason}")
    return replace(tried, due_at=due)


def after_asking(notice: Notice, asked: Asked, *, at: datetime) -> Notice:
    """Return a delivered notice after its destination was asked whether it holds the entry."""
    known = replace(
        notice,
        questions=notice.questions + 1,
        last_at=at,
        last_status=asked.status,
        last_reason=asked.reason,
        last_took_ms=round(asked.took / timedelta(milliseconds=1)),
    )
    match asked.holding:
        case Holding.HOLDS:
            return replace(known, state=NoticeState.CONFIRMED, confirmed_at=at, due_at=None)
        case Holding.UNKNOWN:
            return replace(known, due_at=next_question(questions=known.questions, at=at))
        case Holding.MISSING:
            if next_question(questions=known.questions, at=at) is None:
                return _dead(known, f"took it, but said {known.questions} times that it does not hold it")
            return replace(known, state=NoticeState.PENDING, started_at=at, tries=0, due_at=at)
        case _:
            assert_never(asked.holding)


def revived(notice: Notice, *, at: datetime) -> Notice:
    """Return the notice as a person sends it off again: a new run of the schedule, due at once."""
    return replace(notice, state=NoticeState.PENDING, started_at=at, tries=0, questions=0, due_at=at)


def no_longer_asked(notice: Notice) -> Notice:
    """Return a delivered notice whose withdrawal was corrected: nobody minds now whether it is held there."""
    return replace(notice, due_at=None, last_reason="its withdrawal was corrected; it is asked about no more")


def abandoned(notice: Notice, *, reason: str) -> Notice:
    """Return the notice when there is nobody left to tell; what was delivered stays delivered."""
    if notice.state is NoticeState.DELIVERED:
        return replace(notice, due_at=None, last_reason=reason)
    return _dead(notice, reason)


def rest_after(told: Told, after: Notice, *, at: datetime) -> datetime | None:
    """Return until when the whole destination is left alone; None: it is well enough for the next notice.

    Without a wish of its own it is tried again as soon as this notice is, and at least every LONGEST_REST.
    """
    if told.outcome is not Outcome.UNWELL:
        return None
    if told.retry_after is not None:
        return at + bounded(told.retry_after)
    return min(after.due_at or at + LONGEST_REST, at + LONGEST_REST)


def _dead(notice: Notice, reason: str) -> Notice:
    return replace(notice, state=NoticeState.DEAD, due_at=None, last_reason=reason)
