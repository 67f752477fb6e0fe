"""A real browser, and a console with calls in it behind a real HTTP server.

The browser is Debian's (`apt-get install chromium`); CHROMIUM names another. Without one these tests are
skipped by name, which the run's summary shows, and the tests of the same pages under tests/web go on.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from redis import Redis
from werkzeug.serving import WSGIRequestHandler, make_server

from dialer.people.roles import Role
from dialer.people.users import User
from dialer.screening.verdict import Answer
from dialer.scrubbing.job import ScrubJob
from dialer.scrubbing.jobs import KEPT_FOR, list_of, new_job_id, work_off
from dialer.store.configuration import Section
from dialer.wiring import Parts
from tests.doubles.house import campaign
from tests.reports.lines import NOON, OBJECTED, TPS, decision, keep, reason
from tests.web.console.conftest import PASSWORD, app, clock, parts, password_hash
from workers.parts import worker_parts

__all__ = ["app", "clock", "parts"]

# Most wait, for no register is loaded; some are no number, a short code, a premium number, nothing.
LEADS = b"id,Phone\n" + b"".join(
    b"%d,%s\n" % (n, number)
    for n, number in enumerate([b"020 7946 0123"] * 30 + [b"nobody"] * 8 + [b"999", b"09011234567", b""])
)

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SCREENS = Path(__file__).parents[2] / "build" / "screens"
FACTS = (("register", "tps"), ("extracted_on", date(2026, 11, 20)), ("first_seen_on", date(2026, 1, 3)))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser where there is none, as one line of the summary for each file."""
    if Path(CHROMIUM).exists():
        return
    without = pytest.mark.skip(reason="needs chromium: apt-get install chromium, or name one in CHROMIUM")
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(without)


class Quiet(WSGIRequestHandler):
    """A request handler that writes no log to the terminal."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Console:
    """A console that answers; `addresses` are its pages by name."""

    address: str
    addresses: MappingProxyType[str, str]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of an xdist worker."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def lists_of_the_test(parts: Parts, tmp_path: Path) -> None:
    """Let lists lie in the test's own folder."""
    object.__setattr__(parts.lists, "folder", tmp_path / "scrubs")


@pytest.fixture
def console(app: Flask, parts: Parts, redis_client: "Redis") -> Iterator[Console]:
    """A console with a supervisor `sam` and a morning's calls."""
    parts.people.save(User(name="sam", role=Role.SUPERVISOR, password_hash=password_hash()))
    calls = [decision(TPS, at=NOON - timedelta(minutes=n), facts=FACTS) for n in range(60)]
    other = decision(OBJECTED, campaign="C2", principal="ORG_B", agent=None, more=(reason(TPS, facts=FACTS),))
    late = decision("UK_HOURS_OUTSIDE", Answer.DEFER)
    parts.configuration.put(Section.CAMPAIGNS, "C3", campaign("C3", principal="ORG_A", operator="ORG_A"))
    done, failed = scrubbed(parts), scrubbed(parts, b"id,name\n1,Alex\n")
    waiting = asked_for(parts, LEADS)
    keep(redis_client, *calls, other, late, decision("UK_R21_CLEAR", Answer.ALLOW))
    with serving(app) as address:
        pages = {
            "today": "/console/today",
            "a day without calls": "/console/today?day=2026-11-01",
            "blocked": "/console/blocked?outcome=both",
            "blocked, none": "/console/blocked?agent=nobody",
            "decision": f"/console/decisions/{other.id}",
            "put off": f"/console/decisions/{late.id}",
            "not there": "/console/decisions/none",
            "lists": "/console/lists",
            "list done": f"/console/lists/{done}",
            "list waiting": f"/console/lists/{waiting}",
            "list failed": f"/console/lists/{failed}",
        }
        yield Console(address, MappingProxyType(pages))


def asked_for(parts: Parts, content: bytes) -> str:
    """Have a list wait to be scrubbed; returns its id."""
    job = ScrubJob(
        id=new_job_id(NOON),
        principal="ORG_A",
        campaign="C3",
        file_name="a list of spring's leads with quite a long name.csv",
        by="sam",
        asked_at=NOON,
        expires_at=NOON + KEPT_FOR,
    )
    list_of(parts.lists.folder, job.id).write_bytes(content)
    parts.lists.scrubs.add(job)
    return job.id


def scrubbed(parts: Parts, content: bytes = LEADS) -> str:
    """Have a list scrubbed; returns its id."""
    job_id = asked_for(parts, content)
    work_off(worker_parts(parts, should_stop=lambda: False).workshop)
    return job_id


class serving:  # noqa: N801 - reads as a word where it is used
    """Serve an app on a free port of the loopback for as long as the block lasts."""

    def __init__(self, app: Flask) -> None:
        self._server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.port}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()


@pytest.fixture
def open_window(chromium: Browser, console: Console) -> Iterator[Callable[..., Page]]:
    """Open a window of its own on the console; a violation of the page's policy fails the test."""
    windows: list[BrowserContext] = []
    violations: list[str] = []

    def open_window(*, width: int = 1280, **options: object) -> Page:
        size = {"width": width, "height": 900}
        window = chromium.new_context(base_url=console.address, viewport=size, **options)  # type: ignore[arg-type]
        windows.append(window)
        page = window.new_page()
        page.set_default_timeout(20_000)
        page.on(
            "console", lambda said: violations.append(said.text) if "Security Policy" in said.text else None
        )
        page.on("pageerror", lambda error: violations.append(str(error)))
        return page

    yield open_window
    for window in windows:
        window.close()
    assert violations == []


def log_in(page: Page) -> None:
    """Log in as the supervisor."""
    page.goto("/login")
    page.get_by_label("Name").fill("sam")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/console/today")


def keep_screen(page: Page, name: str) -> None:
    """Keep a picture of the whole page for people to look at."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=True)
