"""A decision and something else at the same moment: no order of the two lets a no be overlooked."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from dialer.consents.approval import Person, Review
from dialer.errors import CannotKeep, Conflict
from dialer.objections.review import Finding, decide
from dialer.objections.waiting import ReviewDesk, Standing
from dialer.store import keys
from dialer.store.possible_noes import PossibleNoes
from tests.doubles.house import NUMBER, OTHER_NUMBER, House
from tests.objections.doubts import doubtful, found, noes, open_reviews, reason

TOM = Person(kind="key", id="key_tom", name="Tom")
LIFT = found(Finding.NOT_AN_OPT_OUT)
CONFIRM = found(Finding.CONFIRM)


class Interrupted(PossibleNoes):
    """The real store; once, something happens after the lines were read and before anything is written."""

    def __init__(self, house: House, happens: Callable[[], object]) -> None:
        super().__init__(house.parts.redis)
        self._happens = [happens]

    def standing(self, review: Review) -> Standing:
        """Read what stands, then let it happen."""
        read = super().standing(review)
        if self._happens:
            self._happens.pop()()
        return read


def desk(house: House, happens: Callable[[], object]) -> ReviewDesk:
    return ReviewDesk(waiting=Interrupted(house, happens), desk=house.parts.desk)


def test_an_objection_after_the_reading_keeps_the_line_from_being_let_go(house: House) -> None:
    review = doubtful(house)
    with pytest.raises(Conflict, match="objected since"):
        decide(review.id, LIFT, desk(house, house.object))
    assert (reason(house), open_reviews(house)) == ("UK_R21_1A_OBJECTED", [review.id])


def test_a_line_linked_after_the_reading_is_let_go_with_the_others(house: House) -> None:
    lines, at = house.parts.lines, house.clock()
    lines.link(NUMBER, "alder", "P1", by="test", at=at)
    review = doubtful(house)
    decide(review.id, LIFT, desk(house, lambda: lines.link(OTHER_NUMBER, "alder", "P1", by="test", at=at)))
    assert [reason(house, line) for line in (NUMBER, OTHER_NUMBER)] == ["UK_R21_CLEAR"] * 2


def test_of_two_supervisors_the_first_to_write_is_the_one_who_decided(house: House) -> None:
    review, plain = doubtful(house), house.parts.listening.reviews
    lifts_first = desk(house, lambda: decide(review.id, LIFT, plain))
    with pytest.raises(Conflict, match="released before"):
        decide(review.id, found(Finding.CONFIRM, by=TOM), lifts_first)
    # His no was recorded before he lost: it stands until two people correct it.
    assert reason(house) == "UK_ART21_OBJECTED"


def test_confirmed_while_it_is_being_let_go_it_stays_a_no(house: House) -> None:
    review, plain = doubtful(house), house.parts.listening.reviews
    with pytest.raises(Conflict):
        decide(review.id, LIFT, desk(house, lambda: decide(review.id, CONFIRM, plain)))
    assert (reason(house), len(noes(house))) == ("UK_ART21_OBJECTED", 1)


def test_many_who_decide_at_once_decide_once(house: House) -> None:
    review, plain = doubtful(house), house.parts.listening.reviews
    told: list[Any] = []

    def confirm() -> None:
        for _ in range(9):
            # Whoever is told to send it again, because the line kept changing, does so.
            with suppress(CannotKeep):
                told.append(decide(review.id, CONFIRM, plain))
                return

    threads = [threading.Thread(target=confirm) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(told) == 6
    assert len({review.settled_at for review in told}) == 1
    entries = house.parts.redis.xrange(keys.LEDGER)
    assert [fields[b"k"] for _, fields in entries].count(b"release") == 1
    assert len(noes(house)) == 1


def test_many_turns_at_once_of_one_call_wait_once(house: House) -> None:
    def hear(turn: int) -> None:
        for _ in range(9):
            with suppress(CannotKeep):
                doubtful(house, f"turn_{turn}")
                return

    threads = [threading.Thread(target=hear, args=(turn,)) for turn in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(open_reviews(house)) == 1
