"""Rooms keep to themselves: floors are complete, vendors have one room each, one clock, one environment."""

import ast
import re
import tomllib

import pytest

from tests.house.sources import CODE, ROOT, Source, sources

VENDORS = {
    "twilio": ("dialer/telephony/", "dialer/sandbox/"),
    "redis": ("dialer/store/", "dialer/wiring/"),
    "rq": ("workers/", "dialer/bell"),
    "flask": ("dialer/web/", "app.py"),
    "werkzeug": ("dialer/web/", "app.py"),
    "granian": ("dialer/commands/web.py", "dialer/processes/"),
    "urllib3": ("dialer/courier", "dialer/destinations/"),
    "standardwebhooks": ("dialer/courier", "dialer/destinations/"),
    "argon2": ("dialer/people/",),
    "cryptography": ("dialer/archive/",),
    "fsspec": ("dialer/archive/",),
    "phonenumbers": ("dialer/calls/",),
    "holidays": ("dialer/law/",),
    "pydantic_settings": ("dialer/environment.py",),
}
# The stand-in plays the outside world: it sends webhooks and serves HTTP by its own means.
OUTSIDE = "dialer/sandbox/"
CLOCK_CALLS = {"datetime.now", "datetime.utcnow", "date.today", "datetime.today", "time.time", "time.time_ns"}


def of_vendor(source: Source, vendor: str) -> bool:
    return any(name == vendor or name.startswith(f"{vendor}.") for name in source.imports())


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_vendor_is_known_in_its_own_room_only(vendor: str) -> None:
    strangers = [
        source.name
        for source in sources(*CODE)
        if of_vendor(source, vendor) and not source.name.startswith((*VENDORS[vendor], OUTSIDE))
    ]
    assert strangers == []


def test_every_room_stands_on_a_floor() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = " ".join(
        layer for contract in contracts if contract["id"] == "floors" for layer in contract["layers"]
    )
    placed = {name.strip("() ") for name in floors.replace("|", " ").replace(":", " ").split()}
    rooms = {
        f"dialer.{p.stem}"
        for p in (ROOT / "dialer").iterdir()
        if p.suffix == ".py" or (p / "__init__.py").exists()
    }
    assert rooms - placed == {"dialer.__init__"}


def test_nothing_imports_the_front_door() -> None:
    assert [s.name for s in sources(*CODE) if "app" in set(s.imports())] == []


def test_only_the_clock_asks_the_time() -> None:
    asked = [
        f"{source.name}:{node.lineno}"
        for source in sources(*CODE)
        if source.name != "dialer/clock.py"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in CLOCK_CALLS
    ]
    assert asked == []


def test_only_the_settings_read_the_environment() -> None:
    free = ("dialer/settings.py", "dialer/environment.py", "dialer/processes/", "dialer/commands/", OUTSIDE)
    # Setting one variable for a library that reads it at import is not reading the settings.
    own = re.compile(r"os\.environ(?!\[\"RQ_KEY_PREFIX\"\] = )|getenv\(")
    readers = [s.name for s in sources(*CODE) if own.search(s.text)]
    assert [name for name in readers if not name.startswith(free)] == []
