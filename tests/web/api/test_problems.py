"""Every error is a problem, with its request's id, and none repeats a number that was sent."""

import pytest
from flask import Flask

from dialer.errors import CannotKeep, Fault, Unreadable
from dialer.web import problems
from tests.web.api.conftest import NUMBER, Caller, pointers


def test_what_is_not_there_is_a_problem_too(app: Flask) -> None:
    answer = app.test_client().get(f"/v1/nothing/{NUMBER}")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.json is not None
    assert answer.json["code"] == "not_found"
    assert answer.json["instance"] == answer.headers["X-Request-Id"]
    assert NUMBER[-6:] not in answer.get_data(as_text=True)


@pytest.mark.parametrize("method", ["GET", "DELETE", "OPTIONS", "PATCH", "PUT"])
def test_a_method_the_door_has_not_is_405_with_the_ones_it_has(admin: Caller, method: str) -> None:
    answer = admin.ask(method, "/v1/screen")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert answer.json["code"] == "method_not_allowed"


def test_a_body_that_is_no_json_by_its_name_is_415(app: Flask, dialer: Caller) -> None:
    headers = {"Authorization": f"Bearer {dialer.token}"}
    answer = app.test_client().post("/v1/screen", data={"to": NUMBER}, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (415, "not_json")


def test_a_body_over_its_limit_is_413(dialer: Caller) -> None:
    answer = dialer.post("/v1/screen", {"to": "0" * 300_000})
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_a_path_with_a_slash_too_many_is_never_redirected(dialer: Caller) -> None:
    assert dialer.get("/v1/campaigns/").status_code in {200, 404}
    assert dialer.get("/v1//campaigns").status_code == 404


def test_a_failure_of_ours_is_500_without_its_reason(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    def fail(number: str) -> str:
        raise ZeroDivisionError

    app.add_url_rule("/v1/fail/<number>", "fail", fail)
    answer = app.test_client().get(f"/v1/fail/{NUMBER}")
    assert (answer.status_code, answer.json["code"]) == (500, "our_fault")
    assert answer.json["instance"] in caplog.text
    assert NUMBER not in caplog.text
    assert "ZeroDivision" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("number", [NUMBER, "020 7946 0123", "+44 (0)20 7946 0123", "02079460123"])
def test_a_number_in_a_message_is_masked_on_its_way_out(app: Flask, number: str) -> None:
    with app.test_request_context("/"):
        answer = problems.answer(
            Unreadable(f"cannot use {number}", faults=(Fault("/to", f"{number} is bad"),))
        )
    text = answer.get_data(as_text=True)
    assert "7946" not in text
    assert text.count("…0123") == 2


@pytest.mark.parametrize(
    "text", ["2026-11-23T10:00:00+00:00", "obj_01K0000000000000000000000", "64 18 20 37", "409"]
)
def test_what_is_no_number_is_left_alone(text: str) -> None:
    assert problems.hidden(text) == text


def test_a_store_that_is_away_says_when_to_ask_again(app: Flask) -> None:
    with app.test_request_context("/"):
        answer = problems.answer(CannotKeep("the store is away"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


def test_a_bad_number_is_pointed_at_and_not_repeated(centre: Caller) -> None:
    bad = {"contact_point": "07700 9OO123 x", "principal": "ORG_A"}
    answer = centre.post("/v1/objections", bad)
    assert (answer.status_code, pointers(answer)) == (400, ["/contact_point"])
    assert "07700" not in answer.get_data(as_text=True)
