"""The generic webhook against a real receiver, its signatures checked by the official library."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pytest_httpserver import HTTPServer
from standardwebhooks import Webhook, WebhookVerificationError
from werkzeug import Request, Response

from dialer.clock import utc_now
from dialer.courier import Courier
from dialer.delivery.address import LOOPBACK_ALLOWED
from dialer.delivery.answer import Holding, Outcome
from dialer.delivery.destination import Destination
from dialer.destinations.webhook import (
    WebhookAdapter,
    signed,
)
from dialer.errors import Misconfigured
from tests.delivery.notices import NOW, OLD_SECRET, SECRET, destination, notice


@pytest.fixture
def adapter() -> Iterator[WebhookAdapter]:
    courier = Courier(LOOPBACK_ALLOWED, total_seconds=5)
    yield WebhookAdapter(lambda _: courier)
    courier.close()


@pytest.fixture
def crm(httpserver: HTTPServer) -> Destination:
    return destination(url=httpserver.url_for("/hook"), confirm_url=httpserver.url_for("/held/{id}"))


def verified(request: Request, secret: str) -> object:
    return Webhook(secret).verify(request.get_data(), dict(request.headers))


def test_the_official_library_verifies_what_is_told(
    adapter: WebhookAdapter, crm: Destination, httpserver: HTTPServer
) -> None:
    seen: list[object] = []

    def receive(request: Request) -> Response:
        seen.append((verified(request, SECRET), request.headers["webhook-id"], request.content_type))
        return Response(status=204)

    httpserver.expect_request("/hook", method="POST").respond_with_handler(receive)
    told = adapter.tell(crm, [sent := notice(line="+447700900123")], at=utc_now())
    assert (told.outcome, told.status) == (Outcome.RECEIVED, 204)
    ((body, webhook_id, content_type),) = seen
    assert body["data"]["contact_point"] == "+447700900123"
    assert (webhook_id, content_type) == (sent.id, "application/json")


@pytest.mark.parametrize("held", [SECRET, OLD_SECRET])
def test_while_a_secret_rotates_both_verify(
    adapter: WebhookAdapter, crm: Destination, httpserver: HTTPServer, held: str
) -> None:
    httpserver.expect_request("/hook").respond_with_handler(
        lambda request: Response(status=200 if verified(request, held) else 500)
    )
    both = replace(crm, secrets=(SECRET, OLD_SECRET))
    assert adapter.tell(both, [notice()], at=utc_now()).outcome is Outcome.RECEIVED


def test_a_text_that_was_touched_does_not_verify() -> None:
    at = utc_now()
    headers = signed((SECRET,), notice_id="ntc_1", body='{"a":1}', at=at)
    Webhook(SECRET).verify('{"a":1}', headers)
    for body, head in (('{"a":2}', headers), ('{"a":1}', headers | {"webhook-id": "ntc_2"})):
        with pytest.raises(WebhookVerificationError):
            Webhook(SECRET).verify(body, head)


def test_the_signature_is_that_of_the_published_example() -> None:
    # Source: the specification's reference libraries' shared test vector.
    headers = signed(
        ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",),
        notice_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        body='{"test": 2432232314}',
        at=datetime.fromtimestamp(1614265330, UTC),
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-timestamp"] == "1614265330"


@pytest.mark.parametrize("secrets", [(), ("whsec_",), ("whsec_not*base64!",)])
def test_a_secret_that_cannot_sign_is_said_and_sends_nothing(
    adapter: WebhookAdapter, crm: Destination, httpserver: HTTPServer, secrets: tuple[str, ...]
) -> None:
    told = adapter.tell(replace(crm, secrets=secrets), [notice()], at=NOW)
    assert told.outcome is Outcome.RETRY
    assert "rotate it" in told.reason
    assert httpserver.log == []
    with pytest.raises(Misconfigured):
        signed(secrets, notice_id="ntc_1", body="", at=NOW)


def test_a_busy_receiver_s_answer_is_kept_masked(
    adapter: WebhookAdapter, crm: Destination, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/hook").respond_with_data(
        "too many for +442079460123", status=429, headers={"Retry-After": "30"}
    )
    told = adapter.tell(crm, [notice()], at=NOW)
    assert (told.outcome, told.retry_after) == (Outcome.UNWELL, timedelta(seconds=30))
    assert (told.reason, told.answer) == ("answered 429", "too many for …0123")


def test_a_redirect_is_said_and_not_followed(
    adapter: WebhookAdapter, crm: Destination, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/hook").respond_with_data(
        "", status=302, headers={"Location": httpserver.url_for("/other")}
    )
    told = adapter.tell(crm, [notice()], at=NOW)
    assert (told.outcome, told.reason) == (
        Outcome.RETRY,
        "answered 302: redirects are not followed; give the final URL",
    )
    assert len(httpserver.log) == 1


def test_a_destination_at_a_private_address_is_refused_with_the_reason(adapter: WebhookAdapter) -> None:
    told = adapter.tell(destination(url="https://10.0.0.1/hook"), [notice()], at=NOW)
    assert told.outcome is Outcome.RETRY
    assert told.reason.startswith("not sent: the host leads to 10.0.0.1, which is not a public address")


def test_nobody_there_is_unwell(adapter: WebhookAdapter, httpserver: HTTPServer) -> None:
    url = httpserver.url_for("/hook")
    httpserver.stop()
    told = adapter.tell(destination(url=url), [notice()], at=NOW)
    httpserver.start()
    assert (told.outcome, told.status) == (Outcome.UNWELL, None)
    assert told.reason == "no answer: it refused the connection, or nobody listens there"


@pytest.mark.parametrize(("status", "holding"), [(200, Holding.HOLDS), (404, Holding.MISSING)])
def test_a_destination_is_asked_by_the_objection_s_id_and_signed(
    adapter: WebhookAdapter, crm: Destination, httpserver: HTTPServer, status: int, holding: Holding
) -> None:
    asked_about = notice()
    httpserver.expect_request(f"/held/{asked_about.objection}", method="GET").respond_with_handler(
        lambda request: (verified_empty(request), Response(status=status))[1]
    )
    asked = adapter.confirm(crm, asked_about, at=utc_now())
    assert (asked.holding, asked.status) == (holding, status)


def verified_empty(request: Request) -> None:
    Webhook(SECRET).verify(b"", dict(request.headers), json_parse=False)


def test_a_destination_that_cannot_be_asked_answers_nothing(adapter: WebhookAdapter) -> None:
    assert adapter.confirm(destination(), notice(), at=NOW).holding is Holding.UNKNOWN
    nowhere = destination(confirm_url="https://10.0.0.1/held")
    asked = adapter.confirm(nowhere, notice(), at=NOW)
    assert asked.holding is Holding.UNKNOWN
    assert "not a public address" in asked.reason


def test_a_dead_address_for_questions_is_asked_once_a_minute(adapter: WebhookAdapter) -> None:
    nowhere = destination(confirm_url="https://10.0.0.1/held")
    reasons = [
        adapter.confirm(nowhere, notice(), at=NOW + timedelta(seconds=seconds)).reason
        for seconds in (0, 1, 59, 60)
    ]
    assert [reason.startswith("could not ask") for reason in reasons] == [True, False, False, True]
