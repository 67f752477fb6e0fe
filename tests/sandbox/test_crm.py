"""The demo CRM: believes signed notices only, keeps each once, misbehaves when told to."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook

from dialer.clock import utc_now
from dialer.sandbox.crm.receiver import Crm
from dialer.sandbox.crm.signature import new_secret

SECRET = new_secret()
NUMBER = "+442079460123"


@pytest.fixture
def crm() -> Iterator[Crm]:
    running = Crm((SECRET,))
    yield running
    assert running.close()


def notice(objection: str = "obj_1", number: str = NUMBER) -> str:
    told = {
        "id": objection,
        "contact_point": number,
        "principal": "ORG_A",
        "kind": "objection",
        "source": "speech",
    }
    return json.dumps({"type": "withdrawal.recorded", "timestamp": "2026-11-23T10:00:00+00:00", "data": told})


def send(
    crm: Crm,
    body: str,
    *,
    identity: str = "ntc_1",
    secret: str = SECRET,
    late: timedelta = timedelta(),
    **headers: str,
) -> tuple[int, Any]:
    at = utc_now() - late
    signed = {
        "webhook-id": identity,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(identity, at, body),
    }
    return ask(crm, "/webhooks", body, {**signed, **headers})


def ask(
    crm: Crm, path: str, body: str | None = None, headers: dict[str, str] | None = None
) -> tuple[int, Any]:
    data = None if body is None else body.encode()
    request = urllib.request.Request(crm.url + path, data=data, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def test_a_notice_signed_by_the_official_library_is_taken(crm: Crm) -> None:
    assert send(crm, notice())[0] == 200

    assert ask(crm, f"/contacts/{NUMBER}")[1]["do_not_call"] is True
    assert ask(crm, "/holds?id=obj_1")[0] == 200
    assert ask(crm, "/holds?id=obj_2")[0] == 404


def test_a_notice_that_comes_twice_is_one_entry_and_two_deliveries(crm: Crm) -> None:
    first, second = send(crm, notice()), send(crm, notice())

    assert (first[1]["new"], second[1]["new"]) == (True, False)
    (kept,) = ask(crm, "/received")[1]["received"]
    assert (kept["webhook_id"], kept["deliveries"]) == ("ntc_1", 2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": new_secret()},
        {"late": timedelta(seconds=310)},
        {"late": timedelta(seconds=-310)},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-id": "ntc_2"},
        {"webhook-timestamp": "soon"},
    ],
)
def test_a_notice_that_is_not_proven_is_refused_and_counted(crm: Crm, wrong: dict) -> None:
    assert send(crm, notice(), **wrong)[0] == 401

    assert ask(crm, "/received")[1] == {"received": [], "refused": 1}


def test_an_altered_notice_is_refused(crm: Crm) -> None:
    at = utc_now()
    headers = {
        "webhook-id": "ntc_1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(SECRET).sign("ntc_1", at, notice()),
    }

    assert ask(crm, "/webhooks", notice(number="+442079460124"), headers)[0] == 401


def test_two_signatures_are_taken_while_a_secret_is_replaced(crm: Crm) -> None:
    at, other = utc_now(), new_secret()
    both = " ".join(Webhook(secret).sign("ntc_1", at, notice()) for secret in (other, SECRET))
    headers = {"webhook-timestamp": str(int(at.timestamp())), "webhook-signature": both}

    assert send(crm, notice(), **headers)[0] == 200


@pytest.mark.parametrize(
    ("trouble", "statuses"),
    [
        ({"fail_next": 2}, [503, 503, 200]),
        ({"fail_next": 1, "status": 429, "retry_after": 7}, [429, 200]),
        ({"gone": True}, [410, 410]),
    ],
)
def test_ordered_failures_come_and_pass(crm: Crm, trouble: dict, statuses: list[int]) -> None:
    assert ask(crm, "/sandbox-faults", json.dumps(trouble))[0] == 200

    assert [send(crm, notice())[0] for _ in statuses] == statuses
    assert ask(crm, f"/contacts/{NUMBER}")[1]["do_not_call"] is (statuses[-1] == 200)


def test_a_crm_that_forgets_answers_well_and_holds_nothing(crm: Crm) -> None:
    ask(crm, "/sandbox-faults", json.dumps({"forgets": True}))

    assert send(crm, notice())[0] == 200
    assert ask(crm, "/holds?id=obj_1")[0] == 404


@pytest.mark.parametrize(
    "trouble", [{"fail_next": -1}, {"status": 200}, {"late_s": "x"}, {"gone": 1}, {"other": 1}]
)
def test_an_order_that_cannot_be_read_is_refused(crm: Crm, trouble: dict) -> None:
    assert ask(crm, "/sandbox-faults", json.dumps(trouble))[0] == 400


def test_a_secret_may_be_taught_later_and_a_made_one_is_shown() -> None:
    crm = Crm()
    try:
        made, taught = ask(crm, "/secret")[1]["secret"], new_secret()
        assert ask(crm, "/secret", json.dumps({"secret": taught}))[0] == 201
        taken = [send(crm, notice(), secret=each)[0] for each in (made, taught, SECRET)]
    finally:
        crm.close()

    assert taken == [200, 200, 401]


def test_a_given_secret_is_never_shown(crm: Crm) -> None:
    assert ask(crm, "/secret")[0] == 404


def test_the_page_shows_what_is_held_and_escapes_it(crm: Crm) -> None:
    send(crm, notice(number="<script>alert(1)</script>"))

    with urllib.request.urlopen(crm.url + "/", timeout=10) as answer:
        page = answer.read().decode()

    assert "&lt;script&gt;" in page and "<script>" not in page
