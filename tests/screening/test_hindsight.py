"""What counts at a moment, then and in hindsight: both sides of each boundary."""

from datetime import UTC, datetime, timedelta

import pytest

from dialer.law.facts import Line
from dialer.law.records import Consent, Hold, Objection, Solicitation
from dialer.screening.hindsight import consents_known, holds_known, line_known, noes_known, yeses_known
from dialer.screening.past import Moment

AT = datetime(2026, 11, 2, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
THEN = Moment.then(AT)
LATER = Moment(at=AT, known_at=AT + DAY)


@pytest.mark.parametrize(
    ("effective_at", "recorded_at", "then", "later"),
    [
        (AT - DAY, AT, True, True),
        (AT - DAY, AT + SECOND, False, True),
        (AT, AT + DAY, False, True),
        (AT + SECOND, AT + DAY, False, False),
        (AT - DAY, AT + DAY + SECOND, False, False),
        (None, AT, True, True),
        (None, AT + SECOND, False, False),
        (AT - DAY, None, True, True),
    ],
)
def test_a_no_counts_from_when_it_was_in_force_once_it_is_known(
    effective_at: datetime | None, recorded_at: datetime | None, then: bool, later: bool
) -> None:
    no = Objection(id="obj_1", effective_at=effective_at, recorded_at=recorded_at)
    hold = Hold(id="hld_1", since=effective_at, recorded_at=recorded_at)
    for moment, counts in ((THEN, then), (LATER, later)):
        assert bool(list(noes_known([no], moment))) is counts
        assert bool(list(holds_known([hold], moment))) is counts


def test_a_late_no_is_handed_to_the_judge_as_known_since_it_was_in_force() -> None:
    no = Objection(id="obj_1", effective_at=AT - DAY, recorded_at=AT + SECOND)
    (seen,) = noes_known([no], LATER)
    assert seen.recorded_at == AT - DAY


@pytest.mark.parametrize(("recorded_at", "counts"), [(AT, True), (AT + SECOND, False), (None, True)])
def test_a_yes_recorded_after_the_call_never_counts(recorded_at: datetime | None, counts: bool) -> None:
    consent = Consent(id="con_1", given_at=AT - DAY, recorded_at=recorded_at)
    asked = Solicitation(id="sol_1", requested_at=AT - DAY, recorded_at=recorded_at)
    for moment in (THEN, LATER):
        assert bool(list(consents_known([consent], moment))) is counts
        assert bool(list(yeses_known([asked], moment))) is counts


@pytest.mark.parametrize(("withdrawn_at", "counts"), [(AT, True), (AT + SECOND, False)])
def test_of_a_late_consent_its_withdrawal_counts(withdrawn_at: datetime, counts: bool) -> None:
    consent = Consent(id="con_1", given_at=AT - DAY, recorded_at=AT + SECOND, withdrawn_at=withdrawn_at)
    assert bool(list(consents_known([consent], LATER))) is counts
    assert list(consents_known([consent], THEN)) == []


def test_whose_line_it_is_is_known_best_today_but_a_death_is_not_foreseen() -> None:
    then = Line(company="first")
    later = Line(company="second", wrong_person=True, no_contact="deceased")
    assert line_known(then, later) == Line(company="second", wrong_person=True)
