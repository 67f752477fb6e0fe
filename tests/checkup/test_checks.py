"""Each check tells the state it was given and says what to do; tables show both sides of each boundary."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from dialer.checkup.disk import check_disk
from dialer.checkup.finding import Finding, Standing
from dialer.checkup.public_address import check_public_address
from dialer.checkup.registers import check_registers
from dialer.checkup.twilio_account import check_twilio_account
from dialer.checkup.variables import check_variables
from dialer.data_folder import DataFolder, DataKind
from dialer.registers.snapshot import Register, Snapshot
from dialer.settings import Settings

TODAY = date(2026, 11, 23)


def settings(**values: object) -> Settings:
    given = {
        "redis_url": "unix:///s",
        "data_dir": Path("/nonexistent"),
        "public_url": "https://calls.ringfence-test.co.uk",
        "secret_key": SecretStr("k" * 32),
        "twilio_account_sid": "AC" + "1" * 32,
        "twilio_auth_token": SecretStr("a" * 32),
        **values,
    }
    return Settings(**given)


def standing_of(findings: "list[Finding]", subject: str) -> list[Standing]:
    return [finding.standing for finding in findings if finding.subject == subject]


def register_of(age_days: int) -> Register:
    day = TODAY - timedelta(days=age_days)
    snapshot = Snapshot(
        ordinal=1,
        version="1",
        extracted_on=day,
        replaced_extracted_on=None,
        loaded_at=datetime(2026, 11, 1, tzinfo=UTC),
        by="test",
        file_name="tps.txt",
        sha256="0" * 64,
        rows=1,
        unreadable_rows=0,
        numbers=1,
        added=1,
        removed=0,
    )
    return Register(name="tps", snapshots=(snapshot,))


@pytest.mark.parametrize(
    ("age_days", "standing"),
    [
        (0, Standing.GREEN),
        (6, Standing.AMBER),
        (7, Standing.AMBER),
        (27, Standing.AMBER),
        (28, Standing.RED),
    ],
)
def test_a_register_ages(age_days: int, standing: Standing) -> None:
    found = list(check_registers([register_of(age_days)], today=TODAY))
    assert standing_of(found, "register-tps") == [standing]


def test_a_register_never_loaded_is_red_and_its_command_is_said() -> None:
    (found,) = check_registers([Register(name="ctps", snapshots=())], today=TODAY)
    assert (found.standing, found.advice.split(" FILE")[0]) == (
        Standing.RED,
        "ringfence register import ctps",
    )


@pytest.mark.parametrize(
    ("url", "standing"),
    [
        ("https://calls.ringfence-test.co.uk", Standing.GREEN),
        ("https://calls.ringfence-test.co.uk:443", Standing.GREEN),
        ("https://calls.ringfence-test.co.uk:8443", Standing.AMBER),
        ("http://127.0.0.1:8000", Standing.RED),
        ("https://10.1.2.3", Standing.RED),
        ("https://gate", Standing.RED),
        ("https://gate.local", Standing.RED),
        ("https://[fd00::1]", Standing.RED),
    ],
)
def test_a_public_url_must_be_one_twilio_can_reach(url: str, standing: Standing) -> None:
    assert standing_of(list(check_public_address(settings(public_url=url))), "public-url") == [standing]


def test_a_stand_in_on_this_machine_needs_no_public_address() -> None:
    local = settings(public_url="http://127.0.0.1:8000", twilio_api_base_url="http://127.0.0.1:8001")
    assert standing_of(list(check_public_address(local)), "public-url") == [Standing.GREEN]


def test_a_slip_of_the_pen_is_found_and_the_right_name_said() -> None:
    found = list(check_variables({"RINGFENCE_PUBLIC_URI": "x", "TWILIO_AUTH_TOKEN_FILE": "y"}, settings()))
    assert [(f.standing, f.advice) for f in found] == [(Standing.AMBER, "did you mean RINGFENCE_PUBLIC_URL?")]


@pytest.mark.parametrize(("base", "reds"), [(None, 0), ("http://127.0.0.1:8001", 1)])
def test_a_region_fights_with_another_base_url_only(base: str | None, reds: int) -> None:
    found = list(check_variables({"TWILIO_REGION": "ie1"}, settings(twilio_api_base_url=base)))
    assert len(standing_of(found, "twilio-region")) == reds


def test_misshapen_credentials_are_named_and_never_shown() -> None:
    found = list(check_twilio_account(settings(twilio_auth_token=SecretStr("short-secret"))))
    assert standing_of(found, "twilio") == [Standing.AMBER]
    assert "short-secret" not in str(found)


def test_a_person_is_reminded_of_the_fallback_outside_the_demo() -> None:
    assert standing_of(list(check_twilio_account(settings())), "fallback") == [Standing.REMINDER]
    assert standing_of(list(check_twilio_account(settings(demo=True))), "fallback") == []


def test_a_folder_others_may_read_is_amber(data_folder: Path) -> None:
    DataFolder(data_folder).stamp(DataKind.LIVE, at=datetime(2026, 11, 23, tzinfo=UTC))
    data_folder.chmod(0o755)
    found = list(check_disk(settings(data_dir=data_folder)))
    assert standing_of(found, "data-folder") == [Standing.GREEN, Standing.AMBER]
    assert len(standing_of(found, "disk")) == 1
