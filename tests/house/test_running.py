"""What docs/running.md, .env.example and the make targets promise is what the code does."""

import json
import re
import subprocess

import pytest

from dialer.environment import Environment, variable
from tests.house.sources import ROOT

SETTINGS = {variable(name) for name in Environment.model_fields}
NAME = re.compile(r"\b(?:RINGFENCE|TWILIO)_[A-Z_]+[A-Z]\b")
# Twilio's own variable, mentioned because it fights with one of ours.
OTHERS = {"TWILIO_REGION", "TWILIO_AUTH_TOKEN_FILE"}


def named_in(path: str) -> set[str]:
    return set(NAME.findall((ROOT / path).read_text(encoding="utf-8")))


def test_every_setting_is_explained_and_no_other() -> None:
    assert named_in("docs/running.md") - OTHERS == SETTINGS


def test_the_example_offers_every_setting_of_a_live_installation() -> None:
    assert named_in(".env.example") == SETTINGS - {"RINGFENCE_DRAMA_NUMBERS"}


def test_the_example_sets_nothing_by_itself() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.match(r"[A-Z_]+=.", line)] == []


@pytest.mark.parametrize("target", ["run", "test", "bench", "soak", "interop", "audit"])
def test_every_promised_target_exists(target: str) -> None:
    asked = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr


def test_locks_carry_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-interop.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = re.findall(r"^[a-z0-9][^\s=]*==", text, re.MULTILINE)
        assert len(pinned) > 20
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "://" not in text


def test_the_strangers_lock_carries_hashes_and_no_address() -> None:
    text = (ROOT / "tests/interop/strangers/package-lock.json").read_text(encoding="utf-8")
    packages = {name: kept for name, kept in json.loads(text)["packages"].items() if name}
    assert {"node_modules/standardwebhooks", "node_modules/twilio"} <= set(packages)
    assert [name for name, kept in packages.items() if not kept["integrity"].startswith("sha512-")] == []
    assert [name for name, kept in packages.items() if "resolved" in kept] == []


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9][^\s=]*==[^\s;]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))


def test_locks_agree_with_each_other() -> None:
    tests, interop = pins("requirements-dev.lock"), pins("requirements-interop.lock")
    assert pins("requirements.lock") - tests == set()
    shared = {pin.partition("==")[0] for pin in tests}
    assert {pin for pin in interop if pin.partition("==")[0] in shared} - tests == set()
