"""The same POST twice: one thing done, one answer given."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from dialer.people.roles import Role
from dialer.store import keys
from dialer.wiring import Parts
from tests.web.api.conftest import NUMBER, Caller, CallerAs

SAID = {"contact_point": NUMBER, "principal": "ORG_A", "words": "stop"}


def lines_in_ledger(parts: Parts) -> int:
    return int(parts.redis.xlen(keys.LEDGER))


def test_the_same_request_again_gets_the_same_answer_and_does_nothing(centre: Caller, parts: Parts) -> None:
    first = centre.post("/v1/objections", SAID, Idempotency_Key="k1")
    second = centre.post("/v1/objections", SAID, Idempotency_Key="k1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.get_data() == second.get_data()
    assert (first.headers.get("Idempotent-Replayed"), second.headers.get("Idempotent-Replayed")) == (
        None,
        "true",
    )
    assert lines_in_ledger(parts) == 1


def test_without_the_header_the_same_request_is_a_new_one(centre: Caller) -> None:
    first, second = centre.post("/v1/objections", SAID), centre.post("/v1/objections", SAID)
    assert first.json["id"] != second.json["id"]


def test_a_different_request_under_the_same_key_is_refused(centre: Caller, parts: Parts) -> None:
    centre.post("/v1/objections", SAID, Idempotency_Key="k1")
    answer = centre.post("/v1/objections", {**SAID, "words": "go"}, Idempotency_Key="k1")
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")
    assert lines_in_ledger(parts) == 1


def test_a_key_is_its_owners_own(centre: Caller, caller: CallerAs) -> None:
    mine = centre.post("/v1/objections", SAID, Idempotency_Key="k1")
    theirs = caller(Role.INTEGRATOR).post("/v1/objections", SAID, Idempotency_Key="k1")
    assert mine.json["id"] != theirs.json["id"]


def test_a_refusal_is_repeated_as_it_was(centre: Caller) -> None:
    bad = {**SAID, "colour": "red"}
    first = centre.post("/v1/objections", bad, Idempotency_Key="k1")
    second = centre.post("/v1/objections", bad, Idempotency_Key="k1")
    assert (first.status_code, first.get_data()) == (400, second.get_data())
    assert second.content_type == "application/problem+json"


def test_a_request_still_under_way_is_a_conflict(app: Flask, centre: Caller, parts: Parts) -> None:
    """The first waits inside its view until the second has been answered."""
    inside, answered = threading.Event(), threading.Event()
    ring = parts.desk.ring

    def wait(destinations: tuple[str, ...]) -> None:
        inside.set()
        answered.wait(10)
        ring(destinations)

    object.__setattr__(parts.desk, "ring", wait)
    with ThreadPoolExecutor(1) as pool:
        other = Caller(app.test_client(), centre.token)
        first = pool.submit(other.post, "/v1/objections", SAID, Idempotency_Key="k1")
        assert inside.wait(10)
        second = centre.post("/v1/objections", SAID, Idempotency_Key="k1")
        answered.set()
        assert first.result(10).status_code == 201
    assert (second.status_code, second.json["code"]) == (409, "still_under_way")


@pytest.mark.parametrize("key", ["", "two words", "x" * 256, "ümlaut"])
def test_a_key_that_cannot_be_one_is_refused(centre: Caller, key: str) -> None:
    answer = centre.post("/v1/objections", SAID, Idempotency_Key=key)
    assert (answer.status_code, answer.json["code"]) == (400, "unreadable")


def test_a_failure_of_ours_leaves_the_key_free(app: Flask, centre: Caller, parts: Parts) -> None:
    ring = parts.desk.ring

    def fail(destinations: tuple[str, ...]) -> None:
        raise ZeroDivisionError

    object.__setattr__(parts.desk, "ring", fail)
    assert centre.post("/v1/objections", SAID, Idempotency_Key="k1").status_code == 500
    object.__setattr__(parts.desk, "ring", ring)
    assert centre.post("/v1/objections", SAID, Idempotency_Key="k1").status_code == 201
