"""A possible no is held at once and settled by a person: each way, once, and never past an objection."""

import threading

import pytest

from dialer.errors import CannotKeep, Conflict, NotFound, Unreadable
from dialer.law.records import Reach, Scope
from dialer.objections.review import Finding, decide
from dialer.store import keys
from tests.doubles.house import NUMBER, OTHER_NUMBER, House
from tests.objections.doubts import SUE, WORDS, doubtful, found, noes, open_reviews, reason

CONFIRM = found(Finding.CONFIRM)
NO_OPT_OUT = found(Finding.NOT_AN_OPT_OUT)


def test_the_line_is_held_until_it_is_found_to_be_none(house: House) -> None:
    review = doubtful(house)
    assert (reason(house), open_reviews(house)) == ("POLICY_HOLD_REVIEW", [review.id])
    house.clock.advance(minutes=5)
    settled = decide(review.id, NO_OPT_OUT, house.parts.listening.reviews)
    assert (settled.state, settled.settled_by, settled.ruling_note) == ("released", SUE, "I heard the clip")
    assert (reason(house), open_reviews(house), noes(house)) == ("UK_R21_CLEAR", [], [])


def test_confirmed_it_is_an_objection_with_the_words_and_everybody_is_told(house: House) -> None:
    review = doubtful(house)
    settled = decide(review.id, CONFIRM, house.parts.listening.reviews)
    assert settled.possible is not None
    assert settled.possible.objection is not None
    assert (reason(house), noes(house)) == ("UK_ART21_OBJECTED", [("speech", WORDS)])
    assert house.parts.redis.zcard(keys.NOTICES_BY_STATE) == 1


def test_with_another_scope_it_stops_that_and_no_more(house: House) -> None:
    review = doubtful(house)
    texts = found(Finding.CHANGE_SCOPE, scope=Scope(reach=Reach.PRINCIPAL, channels="text"))
    decide(review.id, texts, house.parts.listening.reviews)
    assert reason(house) == "UK_R21_CLEAR"
    assert [no.scope for no in house.parts.records.of_line(NUMBER).objections] == [texts.scope]


def test_the_same_decision_again_is_the_same_and_another_one_comes_too_late(house: House) -> None:
    review, desk = doubtful(house), house.parts.listening.reviews
    first = decide(review.id, CONFIRM, desk)
    house.clock.advance(minutes=5)
    assert decide(review.id, CONFIRM, desk) == first
    with pytest.raises(Conflict, match="confirmed before"):
        decide(review.id, NO_OPT_OUT, desk)
    assert house.parts.redis.zcard(keys.NOTICES_BY_STATE) == 1


def test_a_scope_put_right_after_it_was_confirmed_comes_too_late_and_says_so(house: House) -> None:
    review, desk = doubtful(house), house.parts.listening.reviews
    decide(review.id, CONFIRM, desk)
    with pytest.raises(Conflict, match="confirmed before"):
        decide(review.id, found(Finding.CHANGE_SCOPE, scope=Scope(channels="text")), desk)


@pytest.mark.parametrize("note", [None, "", "  "])
def test_to_lift_a_hold_needs_a_reason(house: House, note: str | None) -> None:
    review = doubtful(house)
    with pytest.raises(Unreadable, match="reason"):
        decide(review.id, found(Finding.NOT_AN_OPT_OUT, note=note), house.parts.listening.reviews)
    assert reason(house) == "POLICY_HOLD_REVIEW"


def test_a_scope_goes_with_its_change_and_only_with_it(house: House) -> None:
    review, desk = doubtful(house), house.parts.listening.reviews
    for decision in (found(Finding.CHANGE_SCOPE), found(Finding.CONFIRM, scope=Scope())):
        with pytest.raises(Unreadable):
            decide(review.id, decision, desk)


def test_an_objection_in_between_wins(house: House) -> None:
    review = doubtful(house)
    house.clock.advance(minutes=1)
    house.object(scope=Scope(reach=Reach.PRINCIPAL, channels="text"))
    with pytest.raises(Conflict, match="objected since"):
        decide(review.id, NO_OPT_OUT, house.parts.listening.reviews)
    assert reason(house) == "POLICY_HOLD_REVIEW"


def test_one_from_before_is_no_news(house: House) -> None:
    house.object(scope=Scope(reach=Reach.PRINCIPAL, channels="text"))
    house.clock.advance(minutes=1)
    review = doubtful(house)
    assert decide(review.id, NO_OPT_OUT, house.parts.listening.reviews).state == "released"


def test_it_is_held_and_released_on_every_line_of_the_person_also_one_linked_later(house: House) -> None:
    lines, at = house.parts.lines, house.clock()
    lines.link(NUMBER, "alder", "P1", by="test", at=at)
    review = doubtful(house)
    lines.link(OTHER_NUMBER, "alder", "P1", by="test", at=at)
    assert reason(house, OTHER_NUMBER) == "POLICY_HOLD_REVIEW"
    decide(review.id, NO_OPT_OUT, house.parts.listening.reviews)
    assert [reason(house, line) for line in (NUMBER, OTHER_NUMBER)] == ["UK_R21_CLEAR"] * 2


def test_a_call_in_which_it_was_said_twice_waits_once(house: House) -> None:
    first = doubtful(house)
    assert doubtful(house, "turn_2").id == first.id
    narrower = Scope(reach=Reach.PRINCIPAL, channels="voice")
    assert doubtful(house, "turn_3", scope=narrower).id == first.id
    assert doubtful(house, "turn_4", decision="dec_2", call_ref="CA2").id != first.id
    assert len(open_reviews(house)) == 2


def test_a_wider_one_in_the_same_call_waits_besides(house: House) -> None:
    doubtful(house, scope=Scope(reach=Reach.PRINCIPAL, channels="voice"))
    doubtful(house, "turn_2")
    assert len(open_reviews(house)) == 2


def test_one_heard_again_after_it_was_settled_is_not_opened_again(house: House) -> None:
    review = doubtful(house)
    decide(review.id, NO_OPT_OUT, house.parts.listening.reviews)
    doubtful(house)
    assert (open_reviews(house), reason(house)) == ([], "UK_R21_CLEAR")


def test_what_never_waited_cannot_be_decided(house: House) -> None:
    with pytest.raises(NotFound):
        decide("rev_x", CONFIRM, house.parts.listening.reviews)


def test_hold_and_decision_are_in_the_ledger_and_on_the_lines_history(house: House) -> None:
    review = doubtful(house)
    decide(review.id, NO_OPT_OUT, house.parts.listening.reviews)
    page = house.parts.timeline.page(NUMBER, lambda _: True, after=None, at_most=9)
    assert [entry.kind for entry in page.entries] == ["release", "hold"]
    assert page.entries[0].fields["review"]["ruling_note"] == "I heard the clip"


def test_a_lift_and_an_objection_at_once_never_end_with_a_line_that_may_be_called(house: House) -> None:
    for turn in range(12):
        line = f"+4420794601{turn + 30}"
        review = doubtful(house, f"turn_{turn}", contact_point=line, decision=f"dec_{turn}")
        racer = threading.Thread(target=house.object, args=(line,))
        racer.start()
        try:
            decide(review.id, NO_OPT_OUT, house.parts.listening.reviews)
        except (Conflict, CannotKeep):
            assert review.id in open_reviews(house)
        racer.join(10)
        assert reason(house, line) in ("UK_R21_1A_OBJECTED", "POLICY_HOLD_REVIEW")
