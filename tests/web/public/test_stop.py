"""Anybody says no on the public page: in force at once, whatever is known, and nothing sent is lost."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dialer.law.records import Reach, Scope
from dialer.store.stop_floods import MOST_OF_ONE
from dialer.web import make_app
from tests.doubles.house import NUMBER, OTHER_NUMBER, House
from tests.objections.doubts import noes, reason

TYPED = "020 7946 0123"


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    made = House(redis_url, tmp_path)
    made.load_register("tps")
    made.load_register("ctps")
    return made


@pytest.fixture
def browser(house: House) -> Iterator[FlaskClient]:
    with make_app(house.parts.settings, parts=house.parts).test_client() as client:
        yield client


def mark_of(browser: FlaskClient, path: str = "/stop/alder") -> str:
    found = re.search(r'name="form" value="([^"]+)"', browser.get(path).text)
    assert found is not None
    return found.group(1)


def sends(
    browser: FlaskClient, path: str = "/stop/alder", *, mark: str | None = None, **form: str
) -> TestResponse:
    filled = {"form": mark or mark_of(browser, path), "number": TYPED, "what": "all", **form}
    return browser.post(path, data=filled)


def reference_in(page: str) -> str:
    found = re.search(r'class="reference">([\d ]{11})<', page)
    assert found is not None
    return found.group(1)


def only_no(house: House, line: str = NUMBER) -> tuple[str | None, str | None, Scope | None]:
    (no,) = house.parts.records.of_line(line).objections
    return no.principal, no.operator, no.scope


def test_a_no_is_in_force_before_the_page_says_so(browser: FlaskClient, house: House) -> None:
    done = sends(browser, words="I never asked for this")
    assert (done.status_code, "will not" in done.text) == (200, True)
    assert reference_in(done.text)
    assert only_no(house) == ("alder", None, Scope(reach=Reach.PRINCIPAL, channels="all"))
    assert reason(house) == "UK_ART21_OBJECTED"


@pytest.mark.parametrize(("what", "channels"), [("voice", "voice"), ("text", "text"), ("odd", "all")])
def test_what_stops_is_what_was_chosen(browser: FlaskClient, house: House, what: str, channels: str) -> None:
    sends(browser, what=what)
    assert only_no(house)[2] == Scope(reach=Reach.PRINCIPAL, channels=channels)  # type: ignore[arg-type]


def test_without_a_name_everybody_who_dials_here_is_stopped(browser: FlaskClient, house: House) -> None:
    assert "Beck Contact Ltd" in browser.get("/stop").text
    assert "Alder" not in browser.get("/stop").text
    sends(browser, "/stop")
    assert only_no(house) == (None, "beck", Scope(reach=Reach.OPERATOR, channels="all"))
    assert reason(house) == "UK_ART21_OBJECTED"


def test_a_number_and_an_address_are_both_kept(browser: FlaskClient, house: House) -> None:
    sends(browser, email="Jo@Example.com")
    assert only_no(house)[0] == only_no(house, "jo@example.com")[0] == "alder"


def test_the_answer_tells_nothing_of_what_is_known(browser: FlaskClient, house: House) -> None:
    house.object(NUMBER)
    pages = [sends(browser, number=number).text for number in (NUMBER, OTHER_NUMBER)]
    assert len({page.replace(reference_in(page), "") for page in pages}) == 1


def test_the_same_form_sent_twice_is_one_objection(browser: FlaskClient, house: House) -> None:
    mark = mark_of(browser)
    first, second = (sends(browser, mark=mark) for _ in range(2))
    assert first.text == second.text
    assert len(noes(house)) == 1


@pytest.mark.parametrize(
    ("number", "why"), [("", "phone number or the email"), ("0207", "not a phone number")]
)
def test_what_cannot_be_read_is_shown_again_with_the_reason(
    browser: FlaskClient, house: House, number: str, why: str
) -> None:
    again = sends(browser, number=number, words="please")
    assert (again.status_code, why in again.text, ">please</textarea>" in again.text) == (400, True, True)
    assert noes(house) == []


def test_a_form_too_old_is_shown_again_filled_in_and_then_kept(browser: FlaskClient, house: House) -> None:
    mark = mark_of(browser)
    house.clock.advance(hours=25)
    again = sends(browser, mark=mark)
    assert (again.status_code, f'value="{TYPED}"' in again.text, noes(house)) == (409, True, [])
    fresh = re.search(r'name="form" value="([^"]+)"', again.text)
    assert fresh is not None
    assert sends(browser, mark=fresh.group(1)).status_code == 200
    assert len(noes(house)) == 1


@pytest.mark.parametrize("mark", ["", "x", "1.2.3", "9" * 30 + ".a.b"])
def test_a_form_that_is_not_ours_keeps_nothing(browser: FlaskClient, house: House, mark: str) -> None:
    answer = browser.post("/stop/alder", data={"form": mark, "number": TYPED})
    assert (answer.status_code, noes(house)) == (409, [])


def test_a_foreign_page_cannot_send_for_its_visitor(browser: FlaskClient, house: House) -> None:
    filled = {"form": mark_of(browser), "number": TYPED}
    answer = browser.post("/stop/alder", data=filled, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, noes(house)) == (409, [])


def test_a_flood_is_held_for_a_person_and_loses_nothing(browser: FlaskClient, house: House) -> None:
    for _ in range(MOST_OF_ONE):
        sends(browser, number=OTHER_NUMBER)
    done = sends(browser)
    assert (done.status_code, "a person will look at it" in done.text, noes(house)) == (200, True, [])
    assert reason(house) == "POLICY_HOLD_REVIEW"
    house.clock.advance(hours=1)
    assert 'class="reference"' in sends(browser).text


def test_no_cookie_no_script_and_a_policy_that_allows_none_inline(browser: FlaskClient) -> None:
    page = browser.get("/stop/alder")
    assert "Set-Cookie" not in page.headers
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"


def test_an_organisation_nobody_knows_is_not_found(browser: FlaskClient) -> None:
    assert browser.get("/stop/nobody").status_code == 404
