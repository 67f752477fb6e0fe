"""Approvals race with people who say no, on the same line at once: no yes ever counts over a newer no."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.consents.approval import Person, Review, Ruling, settle
from dialer.errors import CannotKeep, Conflict, NotAllowed
from dialer.law.records import Consent, Proof, Wording
from dialer.screening.question import Binding, Question
from dialer.screening.screen import Screened, screen
from dialer.screening.verdict import Answer
from tests.doubles.house import House

ROUNDS = 25
ANNA = Person(kind="key", id="key_a", name="Anna")
BILL = Person(kind="key", id="key_b", name="Bill")


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    made = House(redis_url, tmp_path)
    made.load_register("tps")
    made.load_register("ctps")
    return made


def a_consent(house: House, line: str, name: str) -> Consent:
    given_at = house.clock.now - timedelta(hours=1)
    return Consent(
        id=name,
        contact_point=line,
        principal="alder",
        named_as="Alder Energy Ltd",
        channels=(Channel.LIVE_CALL,),
        purposes=(Purpose.GENERAL,),
        given_at=given_at,
        recorded_at=given_at,
        method="web_form",
        wording=Wording(version="w3"),
        proof=Proof(kind="form_log", ref="f-1", sha256="0" * 64),
        given_by="subscriber",
        source="own",
        specific=True,
    )


def approve(house: House, review: str, by: Person = BILL) -> Review | None:
    """The review as it was approved, None where it was refused."""
    try:
        return settle(review, Ruling(outcome="approve", by=by), house.parts.reviews, house.clock)
    except (Conflict, CannotKeep, NotAllowed):
        return None


def answer(house: House, line: str) -> Answer:
    asked = Question(to=line, binding=Binding.ADVISORY, campaign="C1", endpoint="client:a17")
    screened = screen(asked, house.parts.gate)
    assert isinstance(screened, Screened)
    return screened.decision.verdict.answer


def together(*acts: Callable[[], object]) -> list[object]:
    """Run all at once and return what each gave."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        gate.wait(10)
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_an_approval_and_a_no_at_once_leave_the_no_in_force(house: House) -> None:
    for number in range(ROUNDS):
        line = f"+44207946{number:04d}"
        kept = house.parts.records.keep(a_consent(house, line, f"con_{number}"), by=ANNA, proposed=True)
        approved, _ = together(partial(approve, house, kept.review or ""), partial(house.object, line))
        assert answer(house, line) is Answer.BLOCK
        record = house.parts.records.of_line(line)
        assert (len(record.objections), len(record.consents)) == (1, 1 if approved else 0)


def test_of_two_approvals_at_once_one_is_kept(house: House) -> None:
    carol = Person(kind="key", id="key_c", name="Carol")
    for number in range(ROUNDS):
        line = f"+44207946{number:04d}"
        kept = house.parts.records.keep(a_consent(house, line, f"con_{number}"), by=ANNA, proposed=True)
        review = kept.review or ""
        done = together(partial(approve, house, review), partial(approve, house, review, carol))
        assert len([one for one in done if one is not None]) == 1
        assert len(house.parts.records.of_line(line).consents) == 1


def test_a_record_and_a_no_at_once_never_let_one_person_lift_it(house: House) -> None:
    for number in range(ROUNDS):
        line = f"+44207946{number:04d}"
        keep = partial(house.parts.records.keep, a_consent(house, line, f"con_{number}"), by=ANNA)
        early = house.clock.now - timedelta(hours=2)
        kept, _ = together(keep, partial(house.object, line, effective_at=early))
        seen = bool(house.parts.records.of_line(line).consents)
        assert kept.proposed != seen  # type: ignore[attr-defined]
