"""Asking Twilio: once, never again blindly; what it did not answer is looked up among the calls."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialer.errors import Refused, TooMany
from dialer.screening.click_to_call import Rung
from dialer.telephony.rest import Telephone
from tests.doubles.application import Application, Given, running_application
from tests.doubles.house import ACCOUNT, settings_for

AT = datetime(2026, 11, 23, 10, 0, 0, 500_000, tzinfo=UTC)
CALLS = f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json"


@pytest.fixture
def twilio() -> Iterator[Application]:
    with running_application() as application:
        yield application


def ring(twilio: Application, folder: Path) -> Rung | None:
    settings = settings_for("unix:///nowhere", folder, twilio_api_base_url=twilio.url)
    return Telephone(settings).ring("client:a17", caller_id="+442079460100", decision="dec_1", at=AT)


def calls(*created: str) -> Given:
    listed = [{"sid": f"CA{n}", "status": "queued", "date_created": when} for n, when in enumerate(created)]
    return Given(json.dumps({"calls": listed}), content_type="application/json")


def refusal(status: int, code: int) -> Given:
    body = {"code": code, "message": "about +447700900123", "more_info": "", "status": status}
    return Given(json.dumps(body), status=status, content_type="application/json")


def test_a_lost_answer_is_found_among_the_calls_and_nothing_is_asked_twice(
    twilio: Application, tmp_path: Path
) -> None:
    found = calls("Mon, 23 Nov 2026 10:00:00 +0000", "Mon, 23 Nov 2026 09:59:00 +0000")
    twilio.gives(CALLS, Given(breaks_off=True), found)
    assert ring(twilio, tmp_path) == Rung(call_ref="CA0", status="queued")
    assert [asked.method for asked in twilio.at(CALLS)] == ["POST", "GET"]


@pytest.mark.parametrize(
    "first", [Given(breaks_off=True), refusal(503, 20503), Given("not JSON", status=201)]
)
def test_a_call_that_is_not_among_them_is_not_known(
    twilio: Application, tmp_path: Path, first: Given
) -> None:
    twilio.gives(CALLS, first, calls("Mon, 23 Nov 2026 09:59:00 +0000"))
    assert ring(twilio, tmp_path) is None
    assert [asked.method for asked in twilio.at(CALLS)] == ["POST", "GET"]


def test_a_lookup_that_fails_too_leaves_it_unknown(twilio: Application, tmp_path: Path) -> None:
    twilio.gives(CALLS, Given(breaks_off=True))
    assert ring(twilio, tmp_path) is None


@pytest.mark.parametrize(
    ("answer", "error"), [(refusal(400, 21210), Refused), (refusal(429, 20429), TooMany)]
)
def test_a_no_of_twilios_is_told_by_its_code_and_without_its_words(
    twilio: Application, tmp_path: Path, answer: Given, error: type[Refused]
) -> None:
    twilio.gives(CALLS, answer)
    with pytest.raises(error) as told:
        ring(twilio, tmp_path)
    assert "0123" not in told.value.message
    assert [asked.method for asked in twilio.at(CALLS)] == ["POST"]


def test_the_agent_is_rung_with_our_own_signed_addresses(twilio: Application, tmp_path: Path) -> None:
    twilio.gives(CALLS, Given('{"sid": "CA7", "status": "queued"}', status=201))
    assert ring(twilio, tmp_path) == Rung(call_ref="CA7", status="queued")
    form = twilio.at(CALLS)[0].form
    assert form["Url"] == "https://dnc.example.co.uk/twilio/voice/connect?decision=dec_1"
    assert (form["To"], form["From"], form["Timeout"]) == ("client:a17", "+442079460100", "25")
    assert form["FallbackUrl"] == "https://dnc.example.co.uk/twilio/fallback"


def test_a_region_in_the_environment_does_not_send_our_credentials_elsewhere(
    twilio: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_REGION", "ie1")
    twilio.gives(CALLS, Given('{"sid": "CA7", "status": "queued"}', status=201))
    assert ring(twilio, tmp_path) is not None
