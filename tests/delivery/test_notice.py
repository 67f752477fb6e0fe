"""What a notice says, whom it is for, and how it is kept."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialer.delivery.notice import Notice, NoticeState, from_fields, index_member, notices_for, to_fields
from tests.delivery.notices import LINE, NOW, SECRET, destination, notice, withdrawal


def test_the_body_has_the_contract_s_shape() -> None:
    told = withdrawal()
    (made,) = notices_for(told, destinations=[destination()], at=NOW)
    assert json.loads(made.body) == {
        "type": "withdrawal.recorded",
        "timestamp": "2026-11-23T10:00:00+00:00",
        "data": {
            "id": told.id,
            "contact_point": LINE,
            "principal": "ORG_A",
            "operator": "OP_1",
            "kind": "objection",
            "scope": {"reach": "principal", "channels": "all"},
            "effective_at": "2026-11-23T10:00:00+00:00",
            "source": "keypad",
            "call_sid": "CA00000000000000000000000000000001",
        },
    }


def test_each_destination_gets_a_notice_of_its_own() -> None:
    made = notices_for(withdrawal(), destinations=[destination(id="a"), destination(id="b")], at=NOW)
    assert [n.destination for n in made] == ["a", "b"]
    assert len({n.id for n in made}) == 2
    assert all(n.state is NoticeState.PENDING and n.due_at == NOW for n in made)


@pytest.mark.parametrize(
    ("principals", "told"),
    [(None, True), (("ORG_A",), True), (("ORG_B",), False), (("ORG_B", "ORG_A"), True)],
)
def test_a_destination_learns_of_its_own_principals(principals: tuple[str, ...] | None, told: bool) -> None:
    made = notices_for(withdrawal(), destinations=[destination(principals=principals)], at=NOW)
    assert bool(made) is told


@pytest.mark.parametrize("reach", ["operator", "no_contact"])
def test_what_ends_all_calls_is_told_to_everybody_without_naming_another_s_principal(reach: str) -> None:
    told = withdrawal(scope={"reach": reach, "channels": "all"})
    (made,) = notices_for(told, destinations=[destination(principals=("ORG_B",))], at=NOW)
    assert json.loads(made.body)["data"]["principal"] is None
    assert made.principal == "ORG_A"


def test_the_index_orders_by_state_destination_and_id() -> None:
    made = notice(to="dst_crm")
    assert index_member(made) == f"pending|dst_crm|{made.id}"


@given(
    words=st.text(),
    state=st.sampled_from(NoticeState),
    took=st.none() | st.integers(0, 10_000),
    later=st.none() | st.timedeltas(timedelta(0), timedelta(days=8)),
)
def test_a_notice_survives_being_kept(
    words: str, state: NoticeState, took: int | None, later: timedelta | None
) -> None:
    due = None if later is None else NOW + later
    made = replace(notice(), state=state, last_reason=words, last_took_ms=took, due_at=due, principal=None)
    kept = to_fields(made)
    assert all(isinstance(value, str) for value in kept.values())
    assert from_fields(kept) == made


def test_a_record_that_lacks_a_field_is_no_notice() -> None:
    kept = to_fields(notice())
    del kept["body"]
    with pytest.raises(TypeError):
        from_fields(kept)


def test_a_record_with_a_bad_time_is_no_notice() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        from_fields(to_fields(notice()) | {"due_at": "soon"})


def test_what_is_printed_of_it_shows_no_number_and_no_secret() -> None:
    printed = repr((notice(), withdrawal(), destination()))
    assert LINE[3:] not in printed
    assert SECRET not in printed


def test_every_field_is_kept() -> None:
    full = replace(
        notice(),
        last_at=NOW,
        last_status=503,
        last_reason="answered 503",
        last_answer="busy",
        last_took_ms=12,
        delivered_at=NOW,
        confirmed_at=NOW,
        attempts=3,
        tries=2,
        questions=1,
    )
    assert set(to_fields(full)) == set(Notice.__slots__)
