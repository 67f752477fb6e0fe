"""The stand-in beside credentials: real ones stop it and are named, invented ones are its own."""

import contextlib
from pathlib import Path

import pytest

from dialer.clock import utc_now
from dialer.data_folder import DataFolder, DataKind
from dialer.errors import Misconfigured
from dialer.sandbox.account import (
    DEMO_ACCOUNT_SID,
    DEMO_AUTH_TOKEN,
    Account,
    account_of,
    refuse_a_live_folder,
    refuse_real_credentials,
)

DEMO = Account(DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN)
REAL_SID, REAL_TOKEN = "AC" + "3f9b" * 8, "7c1e" * 8
INVENTED = "AC" + "0" * 16 + "1234567890abcdef"


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"TWILIO_ACCOUNT_SID": REAL_SID, "TWILIO_AUTH_TOKEN": REAL_TOKEN}, "TWILIO_ACCOUNT_SID"),
        ({"TWILIO_ACCOUNT_SID": REAL_SID}, "TWILIO_ACCOUNT_SID"),
        ({"TWILIO_ACCOUNT_SID": f" {REAL_SID}\n"}, "TWILIO_ACCOUNT_SID"),
        ({"TWILIO_ACCOUNT_SID": REAL_SID, "TWILIO_API_BASE_URL": "http://127.0.0.1:1"}, "TWILIO_ACCOUNT_SID"),
        ({"TWILIO_ACCOUNT_SID": REAL_SID, "TWILIO_AUTH_TOKEN": DEMO_AUTH_TOKEN}, "TWILIO_ACCOUNT_SID"),
        ({"TWILIO_AUTH_TOKEN": REAL_TOKEN}, "TWILIO_AUTH_TOKEN"),
        ({"TWILIO_AUTH_TOKEN_SECONDARY": REAL_TOKEN}, "TWILIO_AUTH_TOKEN_SECONDARY"),
        ({"TWILIO_API_KEY_SID": "SK" + "3f9b" * 8}, "TWILIO_API_KEY_SID"),
        ({"TWILIO_API_KEY_SECRET": REAL_TOKEN}, "TWILIO_API_KEY_SECRET"),
        ({"TWILIO_ACCOUNT_SID": INVENTED, "TWILIO_AUTH_TOKEN": REAL_TOKEN}, "TWILIO_AUTH_TOKEN"),
    ],
)
def test_real_credentials_stop_the_start_and_are_named(environment: dict[str, str], named: str) -> None:
    with pytest.raises(Misconfigured, match=f"{named} ") as refused:
        refuse_real_credentials(environment, DEMO)

    assert REAL_TOKEN not in str(refused.value) and REAL_SID not in str(refused.value)


def test_a_secret_in_a_file_counts_as_one(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(REAL_TOKEN)

    with pytest.raises(Misconfigured, match="TWILIO_AUTH_TOKEN_FILE"):
        refuse_real_credentials({"TWILIO_AUTH_TOKEN_FILE": str(tmp_path / "token")}, DEMO)
    with pytest.raises(Misconfigured, match="TWILIO_AUTH_TOKEN_FILE"):
        refuse_real_credentials({"TWILIO_AUTH_TOKEN_FILE": str(tmp_path / "absent")}, DEMO)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"TWILIO_ACCOUNT_SID": "", "TWILIO_AUTH_TOKEN": ""},
        {"TWILIO_ACCOUNT_SID": DEMO_ACCOUNT_SID, "TWILIO_AUTH_TOKEN": DEMO_AUTH_TOKEN},
        {"TWILIO_API_BASE_URL": "http://127.0.0.1:8001"},
    ],
)
def test_invented_credentials_do_not(environment: dict[str, str]) -> None:
    refuse_real_credentials(environment, account_of(environment, sid=None, auth_token=None))


def test_an_invented_account_in_the_environment_becomes_the_stand_ins_own() -> None:
    environment = {"TWILIO_ACCOUNT_SID": INVENTED, "TWILIO_AUTH_TOKEN": REAL_TOKEN}

    account = account_of(environment, sid=None, auth_token=None)

    refuse_real_credentials(environment, account)
    assert (account.sid, account.auth_token) == (INVENTED, REAL_TOKEN)


@pytest.mark.parametrize(("kind", "starts"), [(DataKind.LIVE, False), (DataKind.DEMO, True), (None, True)])
def test_a_live_folder_stops_the_start_and_is_named(
    tmp_path: Path, kind: DataKind | None, starts: bool
) -> None:
    if kind is not None:
        DataFolder(tmp_path).stamp(kind, at=utc_now())

    with contextlib.nullcontext() if starts else pytest.raises(Misconfigured, match="RINGFENCE_DATA_DIR"):
        refuse_a_live_folder({"RINGFENCE_DATA_DIR": str(tmp_path)})


@pytest.mark.parametrize("sid", [REAL_SID, "AC1", "", "AC" + "0" * 15 + "1" + "0" * 16])
def test_the_stand_in_takes_no_account_that_could_be_somebodys(sid: str) -> None:
    with pytest.raises(Misconfigured):
        Account(sid, "x")
