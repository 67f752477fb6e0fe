"""The state machine of a notice, way by way."""

from dataclasses import replace
from datetime import timedelta

from dialer.delivery.answer import Asked, Holding, Outcome, Told
from dialer.delivery.fate import LONGEST_REST, abandoned, after_asking, after_telling, rest_after, revived
from dialer.delivery.notice import Notice, NoticeState
from dialer.delivery.schedule import GIVE_UP_AFTER, QUESTIONS
from tests.delivery.notices import NOW, notice

LATER = NOW + timedelta(hours=1)


def told(outcome: Outcome, **more: object) -> Told:
    return Told(outcome=outcome, reason=f"it was {outcome}", **more)


def asked(holding: Holding) -> Asked:
    return Asked(holding=holding, reason=f"it says {holding}")


def delivered(questions: int = 0) -> Notice:
    return replace(notice(), state=NoticeState.DELIVERED, delivered_at=NOW, questions=questions)


def test_a_received_notice_is_delivered_and_nothing_more_is_to_come() -> None:
    after = after_telling(notice(), told(Outcome.RECEIVED, status=204), at=LATER, confirms=False)
    assert (after.state, after.delivered_at, after.due_at) == (NoticeState.DELIVERED, LATER, None)
    assert (after.attempts, after.last_status, after.last_at) == (1, 204, LATER)


def test_a_destination_that_can_be_asked_is_asked_a_minute_later() -> None:
    after = after_telling(notice(), told(Outcome.RECEIVED), at=LATER, confirms=True)
    assert after.due_at == LATER + timedelta(minutes=1)


def test_a_destination_that_is_gone_makes_the_notice_dead_with_its_reason() -> None:
    after = after_telling(notice(), told(Outcome.GONE, status=410), at=LATER, confirms=True)
    assert (after.state, after.due_at, after.last_reason) == (NoticeState.DEAD, None, "it was gone")


def test_a_failed_notice_stays_pending_with_the_same_text_and_id() -> None:
    before = notice()
    after = after_telling(before, told(Outcome.RETRY, status=500), at=LATER, confirms=False)
    assert (after.state, after.tries, after.id, after.body) == (
        NoticeState.PENDING,
        1,
        before.id,
        before.body,
    )
    assert after.due_at is not None
    assert after.due_at >= LATER + timedelta(seconds=5)


def test_a_notice_that_fails_for_a_week_is_dead_and_says_what_was_last() -> None:
    before = notice(tries=14, attempts=14)
    after = after_telling(before, told(Outcome.UNWELL), at=NOW + GIVE_UP_AFTER, confirms=False)
    assert after.state is NoticeState.DEAD
    assert after.last_reason == "gave up after 15 attempts in a week; the last: it was unwell"


def test_a_destination_that_holds_the_entry_confirms_it() -> None:
    after = after_asking(delivered(), asked(Holding.HOLDS), at=LATER)
    assert (after.state, after.confirmed_at, after.due_at) == (NoticeState.CONFIRMED, LATER, None)


def test_a_destination_that_lost_the_entry_is_told_again_at_once() -> None:
    after = after_asking(delivered(), asked(Holding.MISSING), at=LATER)
    assert (after.state, after.due_at, after.tries) == (NoticeState.PENDING, LATER, 0)


def test_a_destination_that_loses_it_every_time_makes_the_notice_dead() -> None:
    after = after_asking(delivered(questions=len(QUESTIONS) - 1), asked(Holding.MISSING), at=LATER)
    assert after.state is NoticeState.DEAD
    assert after.last_reason == "took it, but said 5 times that it does not hold it"


def test_a_destination_that_cannot_say_is_asked_again_and_then_left_in_peace() -> None:
    once = after_asking(delivered(), asked(Holding.UNKNOWN), at=LATER)
    assert (once.state, once.due_at) == (NoticeState.DELIVERED, LATER + QUESTIONS[1])
    last = after_asking(delivered(questions=len(QUESTIONS) - 1), asked(Holding.UNKNOWN), at=LATER)
    assert (last.state, last.due_at) == (NoticeState.DELIVERED, None)


def test_a_person_s_retry_begins_a_new_week() -> None:
    dead = replace(notice(), state=NoticeState.DEAD, due_at=None, tries=15, attempts=15)
    again = revived(dead, at=NOW + timedelta(days=30))
    assert (again.state, again.tries, again.attempts) == (NoticeState.PENDING, 0, 15)
    failed = after_telling(again, told(Outcome.RETRY), at=NOW + timedelta(days=30), confirms=False)
    assert failed.state is NoticeState.PENDING


def test_a_removed_destination_leaves_what_was_delivered_delivered() -> None:
    assert abandoned(notice(), reason="removed").state is NoticeState.DEAD
    left = abandoned(delivered(), reason="removed")
    assert (left.state, left.due_at) == (NoticeState.DELIVERED, None)


def test_an_unwell_destination_rests_until_the_notice_is_due_but_a_minute_at_most() -> None:
    unwell = told(Outcome.UNWELL)
    soon, late = notice(due_at=LATER + timedelta(seconds=5)), notice(due_at=LATER + timedelta(hours=5))
    assert rest_after(unwell, soon, at=LATER) == LATER + timedelta(seconds=5)
    assert rest_after(unwell, late, at=LATER) == LATER + LONGEST_REST


def test_a_destination_rests_as_long_as_it_asks() -> None:
    unwell = told(Outcome.UNWELL, retry_after=timedelta(minutes=10))
    assert rest_after(unwell, notice(), at=LATER) == LATER + timedelta(minutes=10)


def test_a_destination_that_fails_one_notice_does_not_rest() -> None:
    assert rest_after(told(Outcome.RETRY), notice(), at=LATER) is None
