"""Reading a case: every fault has its place, nothing is guessed, nothing sent is said again."""

import json
from typing import Any

import pytest

from dialer.errors import Fault
from dialer.screening.what_if import LONGEST_CASE_BYTES, UnreadableCase, read_case
from tests.law.building import a_case, a_consent, an_objection

SECRET = "+447700900999"


def faults_in(raw: bytes | str | dict[str, Any]) -> tuple[Fault, ...]:
    with pytest.raises(UnreadableCase) as caught:
        read_case(raw)
    assert SECRET not in caught.value.message
    assert all(SECRET not in fault.detail for fault in caught.value.faults)
    return caught.value.faults


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"at": 5}, "/at"),
        ({"at": "2026-02-31T10:00:00Z"}, "/at"),
        ({"at": "2026-11-23T10:00:00"}, "/at"),
        ({"at": SECRET}, "/at"),
        ({"at": "1700000000"}, "/at"),
        ({"conduct": {"attempts": ["1700000000"]}}, "/conduct/attempts/0"),
        ({"policy": {"one_off_holidays": ["2026-11-23T00:00:00"]}}, "/policy/one_off_holidays/0"),
        ({"registers": {"tps": {"extracted_on": "1700000000"}}}, "/registers/tps/extracted_on"),
        ({"at": "0001-01-01T00:00:00Z"}, "/at"),
        ({"at": "9999-12-31T23:59:59Z"}, "/at"),
        ({"consents": [a_consent(given_at="9999-01-01T00:00:00Z")]}, "/consents/0/given_at"),
        ({"extra": 1}, "/extra"),
        ({"line": {"subscriber": SECRET}}, "/line/subscriber"),
        ({"line": {"wrong_person": "false"}}, "/line/wrong_person"),
        ({"line": {"id": "x"}}, "/line/id"),
        ({"line": []}, "/line"),
        ({"consents": {}}, "/consents"),
        ({"consents": [None]}, "/consents/0"),
        ({"consents": [a_consent(purposes=["general", None])]}, "/consents/0/purposes/1"),
        ({"consents": [a_consent(channels="live_call")]}, "/consents/0/channels"),
        ({"consents": [[a_consent()]]}, "/consents/0"),
        ({"consents": [a_consent(specific=1)]}, "/consents/0/specific"),
        ({"consents": [a_consent(contact_point=7700900123)]}, "/consents/0/contact_point"),
        ({"consents": [a_consent(proof={"kind": ["form_log"]})]}, "/consents/0/proof/kind"),
        ({"organisations": [{"id": "ORG_A", "fca": "yes"}]}, "/organisations/0/fca"),
        ({"organisations": {"id": "ORG_A"}}, "/organisations"),
        ({"campaign": {"purpose": "GENERAL"}}, "/campaign/purpose"),
        (
            {"campaign": {"classification": {"promotional": "no"}}},
            "/campaign/classification/promotional",
        ),
        ({"campaign": []}, "/campaign"),
        ({"request": {"to": 2079460123}}, "/request/to"),
        ({"request": {"to": "020 7946 0123", "channel": "phone"}}, "/request/channel"),
        ({"stores": {"ledger": True}}, "/stores/ledger"),
        ({"holds": [{"kind": "objection"}]}, "/holds/0/kind"),
        ({"relationships": [{"kind": "client"}]}, "/relationships/0/kind"),
        ({"relationships": [{"collected_at": "2026-11-23"}]}, "/relationships/0/collected_at"),
        (
            {"objections": [{"scope": {"channels": ["calls", "fax"]}}]},
            "/objections/0/scope/channels/1",
        ),
        ({"objections": [{"scope": []}]}, "/objections/0/scope"),
        ({"conduct": {"live_calls": True}}, "/conduct/live_calls"),
        ({"conduct": {"live_calls": -1}}, "/conduct/live_calls"),
        ({"conduct": {"abandoned_rate": float("nan")}}, "/conduct/abandoned_rate"),
        ({"conduct": {"abandoned_rate": float("inf")}}, "/conduct/abandoned_rate"),
        ({"conduct": {"attempts": "2026-11-23T10:00:00Z"}}, "/conduct/attempts"),
        ({"policy": {"tps_grace": "on"}}, "/policy/tps_grace"),
        ({"registers": {"tps": {"listed": "yes"}}}, "/registers/tps/listed"),
        ({"registers": {"tps": {"extracted_on": "20/11/2026"}}}, "/registers/tps/extracted_on"),
        ({"consents": [a_consent(channels=["live_call", SECRET])]}, "/consents/0/channels/1"),
        ({"consents": [a_consent(given_at="yesterday")]}, "/consents/0/given_at"),
        ({"objections": [an_objection(scope={"channels": "phone"})]}, "/objections/0/scope/channels"),
        ({"objections": [an_objection(scope={"reach": "world"})]}, "/objections/0/scope/reach"),
        ({"conduct": {"abandoned_rate": "0.1"}}, "/conduct/abandoned_rate"),
        ({"conduct": {"live_calls": 1.5}}, "/conduct/live_calls"),
        ({"conduct": {"attempts": [1700000000]}}, "/conduct/attempts/0"),
        ({"policy": {"holidays": ["UK"]}}, "/policy/holidays/0"),
        ({"policy": {"hours": {"marketing": {"sunday": "9-5"}}}}, "/policy/hours/marketing/sunday"),
        ({"policy": {"consent_shelf_life_months": 0}}, "/policy/consent_shelf_life_months"),
        ({"registers": {"tps": {"extracted_on": "2026-11-31"}}}, "/registers/tps/extracted_on"),
        ({"registers": {"fps": {}}}, "/registers/fps"),
        ({"solicitations": [{"window": {"from_": None, "to": "x"}}]}, "/solicitations/0/window/to"),
    ],
)
def test_a_bad_field_is_pointed_at(changes: dict[str, Any], pointer: str) -> None:
    assert [fault.pointer for fault in faults_in(json.dumps({**a_case(), **changes}))] == [pointer]


def test_every_bad_field_is_pointed_at_at_once() -> None:
    found = faults_in({**a_case(), "at": 5, "more": 1, "line": {"person": 7}})
    assert {fault.pointer for fault in found} == {"/at", "/more", "/line/person"}


def test_an_unknown_key_is_called_so() -> None:
    assert faults_in({"lines": {}}) == (Fault("/lines", "is an unknown key; it would have been ignored"),)


def test_a_fault_says_what_was_expected() -> None:
    found = faults_in({"line": {"subscriber": "person", "wrong_person": "no"}, "at": "2026-11-23T10:00:00"})
    assert {fault.pointer: fault.detail for fault in found} == {
        "/at": "should have timezone info",
        "/line/subscriber": "should be 'individual', 'corporate' or 'unknown'",
        "/line/wrong_person": "should be a valid boolean",
    }


def test_what_reads_in_two_ways_is_pointed_at() -> None:
    raw = '{"line": {"person": "P1", "person": "P2"}, "conduct": {"live_calls": ' + "9" * 5000 + "}}"
    assert [fault.pointer for fault in faults_in(raw)] == ["/line/person", "/conduct/live_calls"]


def test_a_pointer_is_escaped() -> None:
    assert faults_in({"a/b~c[d]": 1})[0].pointer == "/a~1b~0c[d]"


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "not json",
        "[1]",
        "null",
        '"text"',
        '{"at": NaN}',
        '{"at": Infinity}',
        '{"conduct": {"abandoned_rate": 1e999}}',
        '{"a": 1, "a": 2}',
        '{"at": "\\ud800"}',
        "[" * 100_000,
        '{"policy": ' * 40 + "1" + "}" * 40,
        '{"n": ' + "9" * 5000 + "}",
        b"\xff\xfe{}",
        " " * (LONGEST_CASE_BYTES + 1),
    ],
    ids=lambda raw: repr(raw[:24]),
)
def test_what_is_no_case_is_refused(raw: bytes | str) -> None:
    assert faults_in(raw)


def test_null_and_absent_are_one() -> None:
    assert read_case({"at": None, "line": {"person": None}, "policy": None}) == read_case({})


def test_what_is_not_ours_is_ignored_at_the_top() -> None:
    assert read_case({"id": 1, "title": [], "why": {}, "expect": 0}) == read_case("{}")


def test_bytes_text_and_object_are_read_alike() -> None:
    text = json.dumps(a_case())
    assert read_case(text) == read_case(text.encode()) == read_case(a_case())


def test_there_are_at_most_fifty_faults() -> None:
    assert len(faults_in({f"key{number}": 1 for number in range(200)})) == 50
