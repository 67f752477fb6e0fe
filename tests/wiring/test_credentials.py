"""Credentials at rest."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from dialer.errors import Damaged
from dialer.wiring.credentials import Credentials
from tests.doubles.house import settings_for

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
OTHER = "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU="


@pytest.fixture
def credentials(tmp_path: Path) -> Credentials:
    return Credentials(settings_for("unix:///nowhere.sock", tmp_path))


def test_what_is_sealed_opens_again_and_shows_nothing(credentials: Credentials) -> None:
    sealed = credentials.seal("open sesame", of="dst_a")
    assert "sesame" not in sealed
    assert credentials.unseal(sealed, of="dst_a") == "open sesame"
    assert credentials.seal(sealed, of="dst_a") == sealed


def test_a_credential_opens_for_its_own_destination_alone(credentials: Credentials) -> None:
    sealed = credentials.seal("open sesame", of="dst_a")
    with pytest.raises(Damaged):
        credentials.unseal(sealed, of="dst_b")


def test_one_that_was_never_sealed_is_taken_as_it_is(credentials: Credentials) -> None:
    assert credentials.unseal("whsec_abc", of="dst_a") == "whsec_abc"


def test_one_that_was_cut_short_is_said_to_be_damaged(credentials: Credentials) -> None:
    for text in ("sealed:", "sealed:!!!", credentials.seal("open sesame", of="dst_a")[:-8]):
        with pytest.raises(Damaged):
            credentials.unseal(text, of="dst_a")


def test_a_key_is_changed_by_putting_a_new_one_in_front(tmp_path: Path) -> None:
    settings = settings_for("unix:///nowhere.sock", tmp_path)
    old = Credentials(replace(settings, archive_keys=SecretStr(KEY)))
    new = Credentials(replace(settings, archive_keys=SecretStr(f"{OTHER},{KEY}")))
    assert new.unseal(old.seal("open sesame", of="dst_a"), of="dst_a") == "open sesame"
    with pytest.raises(Damaged):
        old.unseal(new.seal("open sesame", of="dst_a"), of="dst_a")
