"""What on a line says no to a yes: the same principal's, nobody's, and what reaches beyond one."""

from datetime import UTC, datetime

import pytest

from dialer.consents.proposal import noes_in_the_way
from dialer.law.records import Consent, Hold, Objection, Reach, Relationship, Scope, Solicitation

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
YES = Consent(id="con_2", principal="alder")


def noes(*objections: Objection, record: Consent | Solicitation | Relationship = YES) -> tuple[str, ...]:
    return noes_in_the_way(record, objections=objections, holds=(), consents=())


@pytest.mark.parametrize(
    ("principal", "reach", "is_in_the_way"),
    [
        ("alder", Reach.PRINCIPAL, True),
        ("alder", Reach.CAMPAIGN, True),
        ("alder", None, True),
        (None, Reach.PRINCIPAL, True),
        ("birch", Reach.PRINCIPAL, False),
        ("birch", Reach.NO_CONTACT, False),
        ("birch", Reach.GROUP, True),
        ("birch", Reach.OPERATOR, True),
    ],
)
def test_an_objection_is_in_the_way_of_whom_it_may_reach(
    principal: str | None, reach: Reach | None, is_in_the_way: bool
) -> None:
    no = Objection(id="obj_1", principal=principal, scope=Scope(reach=reach))
    assert noes(no) == (("obj_1",) if is_in_the_way else ())


def test_a_corrected_objection_is_not_in_the_way() -> None:
    assert noes(Objection(id="obj_1", principal="alder", corrected_at=NOON)) == ()


def test_holds_and_consents_taken_back_are_in_the_way() -> None:
    found = noes_in_the_way(
        Solicitation(id="sol_1", principal="alder"),
        objections=(),
        holds=(Hold(id="hld_1", principal="alder"), Hold(id="hld_2", principal="birch")),
        consents=(
            Consent(id="con_1", principal="alder", withdrawn_at=NOON),
            Consent(id="con_3", principal="alder"),
            Consent(id="con_4", principal="birch", withdrawn_at=NOON),
        ),
    )
    assert found == ("con_1", "hld_1")


def test_nothing_is_in_the_way_of_a_relationship_since_it_lifts_nothing() -> None:
    no = Objection(id="obj_1", principal="alder")
    assert noes(no, record=Relationship(id="rel_1", principal="alder")) == ()
