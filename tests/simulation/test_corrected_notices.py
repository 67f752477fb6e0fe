"""A no is told to a destination and then corrected: whatever was under way, the correction comes last."""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dialer.clock import monotonic_seconds
from dialer.consents.approval import Ruling
from dialer.delivery.answer import Asked, Holding, Outcome, Told
from dialer.delivery.deliver import Delivery
from dialer.delivery.destination import Destination
from dialer.delivery.notice import CORRECTED, RECORDED, Notice, NoticeState
from dialer.errors import Conflict
from dialer.objections.correction import Wish, propose, settle_correction
from dialer.store.configuration import Section
from tests.doubles.house import CRM, House
from tests.simulation.second_thoughts import ONE, OTHER
from workers.delivering import ConfiguredDestinations

TOOK = timedelta(milliseconds=5)


@dataclass
class Crm:
    """A destination that keeps a list of its own; `answers` False takes an entry and lets us wait in vain."""

    house: House
    events: list[str] = field(default_factory=list)
    asked: int = 0
    holds: set[str] = field(default_factory=set)
    answers: bool = True
    forgets: bool = False

    most_at_once: int = 1

    def tell(self, destination: Destination, notices: Sequence[Notice], *, at: datetime) -> Told:
        (notice,) = notices
        event = json.loads(notice.body)["type"]
        self.events.append(event)
        if event == RECORDED and not self.forgets:
            self.holds.add(notice.objection)
        if event == CORRECTED:
            self.holds.discard(notice.objection)
        outcome = Outcome.RECEIVED if self.answers else Outcome.RETRY
        return Told(outcome=outcome, took=TOOK, status=200 if self.answers else None, reason="no answer")

    def confirm(self, destination: Destination, notice: Notice, *, at: datetime) -> Asked:
        self.asked += 1
        held = Holding.HOLDS if notice.objection in self.holds else Holding.MISSING
        return Asked(holding=held, took=TOOK, status=200, reason="asked")

    def list(self, destination: Destination) -> Iterator[str] | None:
        return None

    def drain(self) -> None:
        parts = self.house.parts
        Delivery(
            outbox=parts.outbox,
            destinations=ConfiguredDestinations(parts.configuration),
            adapters={"webhook": self},
            clock=self.house.clock,
            elapsed=monotonic_seconds,
            pause=time.sleep,
        ).drain(CRM.id)

    def live_through(self, days: int) -> None:
        """Let everything that comes due come due, hour by hour."""
        for _ in range(24 * days):
            self.house.clock.advance(hours=1)
            self.drain()


@pytest.fixture
def crm(redis_url: str, tmp_path: Path) -> Crm:
    house = House(redis_url, tmp_path)
    house.put(Section.DESTINATIONS, CRM.id, replace(CRM, confirm_url="https://crm.example/held"))
    return Crm(house)


def corrected(crm: Crm, objection: str) -> None:
    desk = crm.house.parts.corrections
    kept = desk.objections.find(objection)
    assert kept is not None
    crm.house.clock.advance(seconds=1)
    review = propose(kept, Wish(objection=objection, why="misheard", note=None, by=ONE), desk)
    settle_correction(review.id, Ruling(outcome="approve", by=OTHER), desk)


def only_notice(crm: Crm, event: str) -> Notice:
    (found,) = [notice for notice in crm.house.parts.outbox.page().notices if notice.event == event]
    return found


def test_what_was_delivered_and_then_corrected_is_asked_about_no_more(crm: Crm) -> None:
    no = crm.house.object()
    crm.drain()
    corrected(crm, no.id)
    crm.live_through(days=3)
    assert (crm.events, crm.holds, crm.asked) == ([RECORDED, CORRECTED], set(), 0)
    told = only_notice(crm, RECORDED)
    assert (told.state, told.due_at) == (NoticeState.DELIVERED, None)
    assert "corrected" in (told.last_reason or "")


def test_one_that_waits_to_be_told_again_is_told_before_its_correction(crm: Crm) -> None:
    crm.forgets = True
    no = crm.house.object()
    crm.drain()
    crm.house.clock.advance(hours=1)
    crm.answers = False
    crm.drain()
    corrected(crm, no.id)
    crm.answers, crm.forgets = True, False
    crm.live_through(days=3)
    assert crm.events[-1] == CORRECTED
    assert crm.events.count(CORRECTED) == 1
    assert crm.holds == set()


def test_one_that_never_got_through_goes_before_its_correction(crm: Crm) -> None:
    crm.answers = False
    no = crm.house.object()
    crm.drain()
    corrected(crm, no.id)
    crm.drain()
    assert set(crm.events) == {RECORDED}
    crm.answers = True
    crm.live_through(days=1)
    assert crm.events[-2:] == [RECORDED, CORRECTED]


def test_a_dead_notice_is_not_sent_again_after_its_correction(crm: Crm) -> None:
    crm.answers = False
    no = crm.house.object()
    crm.live_through(days=9)
    assert only_notice(crm, RECORDED).state is NoticeState.DEAD
    crm.answers = True
    corrected(crm, no.id)
    crm.live_through(days=1)
    with pytest.raises(Conflict, match="corrected since"):
        crm.house.parts.outbox.retry(only_notice(crm, RECORDED).id, at=crm.house.clock())
    assert (crm.events[-1], crm.holds) == (CORRECTED, set())
