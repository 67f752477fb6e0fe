"""The first page: one day at a glance, each figure a way into its list."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flask import render_template, request

from dialer.clock import Clock, london_day
from dialer.delivery.notice import NoticeState
from dialer.people.roles import Sight
from dialer.reports.day import day_at_a_glance
from dialer.reports.period import read_day
from dialer.reports.tally import visible
from dialer.web.console.entrance import Visitor
from dialer.web.console.names import Names
from dialer.web.console.register_shown import register_shown
from dialer.web.parts import parts_of_app
from dialer.wiring import Parts

# How many headings the page shows of each kind; the rest are one link away.
MOST_HEADINGS: Final = 12


@dataclass(frozen=True, slots=True)
class NoticesNow:
    """How notices to other systems stand; `overdue` is how far the latest is past its time, if it is."""

    pending: int
    dead: int
    overdue: timedelta | None


@dataclass(frozen=True, slots=True)
class ShownDay:
    """The day on the page and its neighbours; `now` is the day it is."""

    day: date
    now: date

    @property
    def is_today(self) -> bool:
        """Say whether the page goes on changing."""
        return self.day == self.now

    @property
    def before(self) -> date:
        """Return the day before."""
        return self.day - timedelta(days=1)

    @property
    def after(self) -> date:
        """Return the day after."""
        return self.day + timedelta(days=1)


def today(visitor: Visitor) -> str:
    """Show one day, by default this one."""
    parts, sight = parts_of_app(), visitor.user.sight
    shown = _shown_day(parts.clock)
    page = {
        "visitor": visitor,
        "shown": shown,
        "glance": day_at_a_glance(visible(parts.reports.tallies([shown.day]), sight)),
        "notices": _notices(parts, sight),
        "registers": [register_shown(r, today=shown.now) for r in parts.registers.registers()],
        "names": Names(parts.configuration.current()),
    }
    return render_template("console/today.html", most=MOST_HEADINGS, **page)


def _shown_day(clock: Clock) -> ShownDay:
    now, asked = london_day(clock()), request.args.get("day")
    return ShownDay(min(read_day(asked, pointer="day"), now) if asked else now, now)


def _notices(parts: Parts, sight: Sight) -> NoticesNow | None:
    """Count notices for those who see every principal: destinations are shared between principals."""
    if sight.principals is not None:
        return None
    counts = parts.outbox.counts()
    pending = sum(count.number for count in counts if count.state is NoticeState.PENDING)
    dead = sum(count.number for count in counts if count.state is NoticeState.DEAD)
    return NoticesNow(pending, dead, parts.outbox.oldest_overdue(at=parts.clock()))
