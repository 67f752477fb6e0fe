"""When a notice is tried again, and when the house gives up: data and two pure functions.

The delays follow the example of the Standard Webhooks specification, with a first retry quick enough for a
receiver that is only restarting, and go on daily until the week is over.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Final

DELAYS: Final = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=24),
)
GIVE_UP_AFTER: Final = timedelta(days=7)
# A destination may ask for patience (Retry-After), but a withdrawal is not put off for longer than this.
LONGEST_WISH: Final = timedelta(hours=6)
# When a destination that took a notice is asked whether it holds it, counted from delivery or last question.
QUESTIONS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)
_JITTER: Final = 0.1


def next_try(
    *, notice_id: str, tries: int, started_at: datetime, failed_at: datetime, wish: timedelta | None
) -> datetime | None:
    """Return when a notice that has failed `tries` times (at least 1) is due again; None: it is dead.

    `wish` is what the destination asked for, bounded by LONGEST_WISH; the schedule's own delay is never cut
    short by it. The last try falls on the end of the week, whatever the delays add up to.
    """
    end = started_at + GIVE_UP_AFTER
    if failed_at >= end:
        return None
    delay = DELAYS[min(tries, len(DELAYS) - 1)] * (1 + _JITTER * _spread(notice_id, tries))
    return min(failed_at + max(delay, bounded(wish)), end)


def next_question(*, questions: int, at: datetime) -> datetime | None:
    """Return when a destination that was asked `questions` times is asked again; None: no more."""
    return at + QUESTIONS[questions] if questions < len(QUESTIONS) else None


def bounded(wish: timedelta | None) -> timedelta:
    """Return how long a destination's wish is obeyed: none is no time at all."""
    return min(wish or timedelta(0), LONGEST_WISH)


def _spread(notice_id: str, tries: int) -> float:
    # Jitter from the id itself: notices that failed together part company, and the same input gives the same
    # answer, so that a simulation can be run again from its seed.
    digest = hashlib.sha256(f"{notice_id}:{tries}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32
