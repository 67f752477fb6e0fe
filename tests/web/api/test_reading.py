"""Reading is strict, forgives null, points at each bad place and never repeats what was sent."""

import json
from typing import Any

import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from dialer.errors import Unreadable
from dialer.law.facts import Case
from dialer.law.records import Consent, Objection, Solicitation
from dialer.web.api.decisions import DecisionsAsked
from dialer.web.api.reading import read_body, read_query


def faults(raw: str | bytes, shape: type[Any], **how: Any) -> list[tuple[str, str]]:
    with pytest.raises(Unreadable) as refused:
        read_body(raw if isinstance(raw, bytes) else raw.encode(), shape, **how)
    return [(fault.pointer, fault.detail) for fault in refused.value.faults]


def test_null_and_absent_mean_the_same() -> None:
    assert read_body(b'{"channels": null, "topic": null}', Solicitation) == Solicitation()


def test_an_unknown_key_is_refused_and_pointed_at() -> None:
    assert [pointer for pointer, _ in faults('{"colour": "red"}', Consent)] == ["/colour"]


def test_each_bad_place_has_its_own_pointer_into_lists_and_objects() -> None:
    raw = '{"channels": ["live_call", "smoke"], "wording": {"version": 3}, "given_at": "yesterday"}'
    assert [pointer for pointer, _ in faults(raw, Consent)] == [
        "/channels/1",
        "/given_at",
        "/wording/version",
    ]


def test_the_arms_of_a_union_stand_in_no_pointer() -> None:
    assert {p for p, _ in faults('{"scope": {"channels": "smoke"}}', Objection)} == {"/scope/channels"}
    assert {p for p, _ in faults('{"scope": {"channels": ["smoke"]}}', Objection)} == {"/scope/channels/0"}


def test_a_pointer_escapes_tilde_and_slash() -> None:
    assert [pointer for pointer, _ in faults('{"a/b~c": 1}', Consent)] == ["/a~1b~0c"]


def test_a_required_member_may_be_neither_absent_nor_empty_nor_null() -> None:
    for raw in ("{}", '{"channels": null}', '{"channels": []}'):
        assert faults(raw, Consent, required=("channels",)) == [("/channels", "is required")]


@pytest.mark.parametrize("loose", ['{"specific": "true"}', '{"specific": 1}', '{"method": 3}'])
def test_a_loose_type_is_refused(loose: str) -> None:
    assert len(faults(loose, Consent)) == 1


def test_an_instant_without_an_offset_is_refused() -> None:
    assert faults('{"given_at": "2026-10-01T09:00:00"}', Consent) == [
        ("/given_at", "should have timezone info")
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"nonsense",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"conduct": {"abandoned_rate": 1e999}}',
        b'\xff\xfe{"a": 1}',
        b'{"id": "a", "id": "b"}',
        b"[" * 100_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b'{"consent_shelf_life_months": ' + b"9" * 10_000 + b"}",
        b'{"method": "\\ud800"}',
        b"[]",
        b"null",
        b'"text"',
    ],
)
def test_what_is_no_such_json_is_refused_whatever_it_is(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read_body(raw, Consent)


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"method": "x" * 10_001}, "/method"),
        ({"wording": {"text": "a\x00b"}}, "/wording/text"),
        ({"wording": {"text": "\u202eevil"}}, "/wording/text"),
        ({"channels": ["live_call"] * 501}, "/channels"),
    ],
)
def test_what_is_longer_than_anything_or_cannot_be_seen_is_refused(given: Any, pointer: str) -> None:
    assert [at for at, _ in faults(json.dumps(given), Consent)] == [pointer]


def test_a_text_and_a_list_at_their_limits_are_read() -> None:
    at_limit = {"method": "é" * 10_000, "channels": ["live_call"] * 500, "wording": {"text": "two\nlines\t"}}
    assert len(read_body(json.dumps(at_limit).encode(), Consent).method or "") == 10_000


def test_no_message_repeats_a_value_that_was_sent() -> None:
    raw = '{"contact_point": 447946012345, "channels": ["+442079460123"], "given_at": "+442079460123"}'
    with pytest.raises(Unreadable) as refused:
        read_body(raw.encode(), Consent)
    said = refused.value.message + "".join(fault.detail for fault in refused.value.faults)
    assert "7946" not in said


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["at", "line", "request"]), inner)
    ),
    max_leaves=20,
)


# The first example builds the reader of a case, which takes longer than any other.
@settings(deadline=None)
@given_any(JSON)
def test_any_json_is_read_or_refused_and_never_raises_anything_else(value: Any) -> None:
    try:
        read_body(json.dumps(value).encode(), Case)
    except Unreadable as refused:
        assert refused.faults or not isinstance(value, dict)


def test_a_queries_parameters_are_read_by_their_kind() -> None:
    asked = read_query({"limit": ["7"], "from": ["2026-11-23"], "verdict": ["block"]}, DecisionsAsked)
    assert (asked.limit, asked.from_, asked.verdict) == (7, "2026-11-23", "block")


def test_a_parameter_that_stands_twice_or_is_unknown_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read_query({"limit": ["7", "8"], "colour": ["red"]}, DecisionsAsked)
    assert {fault.pointer for fault in refused.value.faults} == {"/limit", "/colour"}
