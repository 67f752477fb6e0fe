"""The page of registers: a file is brought, followed, held for a second person, and its effect shown."""

import io
import re
from dataclasses import replace

import pytest

from dialer.people.roles import Role
from dialer.people.users import User
from dialer.registers import import_work
from tests.web.console.conftest import PASSWORD, password_hash
from workers.parts import worker_parts

FULL = b"".join(b"01632%06d\r\n" % number for number in range(1, 201))
PATH = "/console/registers"


@pytest.fixture
def parts(parts, tmp_path):
    """The console's parts, with a folder that files may lie in."""
    return replace(parts, settings=replace(parts.settings, data_dir=tmp_path))


def csrf(page):
    return re.search(r'name="csrf" value="([^"]+)"', page.text).group(1)


def brought(client, content=FULL, day="2026-11-20", **fields):
    form = {"csrf": csrf(client.get(PATH)), "register": "tps", "extracted_on": day} | fields
    form["file"] = (io.BytesIO(content), "tps_full.txt")
    return client.post(PATH, data=form, content_type="multipart/form-data")


def act(client, what):
    page = client.get(PATH)
    address = re.search(rf'action="([^"]+/{what})"', page.text).group(1)
    return client.post(address, data={"csrf": csrf(page), "register": "tps"})


def work(parts):
    return import_work.work_off(worker_parts(parts, should_stop=lambda: False).imports)


def another(app, parts, name, role):
    parts.people.save(User(name=name, role=role, password_hash=password_hash()))
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    form = {"name": name, "password": PASSWORD, "csrf": csrf(client.get("/login"))}
    assert client.post("/login", data=form).status_code == 303
    return client


def test_a_file_is_brought_and_its_effect_shown(as_user, parts):
    client = as_user(Role.ADMIN)
    assert "Never loaded. Calls that need it are put off until it is." in client.get(PATH).text
    assert brought(client).location == PATH
    page = client.get(PATH).text
    assert ("Waiting" in page, "live.js" in page) == (True, True)

    work(parts)

    page = client.get(PATH).text
    assert "200 numbers: 200 added, 0 removed, 0 rows unreadable" in page
    assert "old, extracted 20 November 2026; counts through 17 December 2026" in page
    assert "live.js" not in page


def test_a_file_is_tried_first_and_then_imported(as_user, parts):
    client = as_user(Role.ADMIN)
    brought(client)
    work(parts)
    rows = FULL.replace(b"\r\n", b";x\r\n") + b"01632900001;x\r\n"
    brought(client, rows, day="2026-11-21", dry_run="yes", layout='[layout]\ndelimiter = ";"')
    work(parts)
    page = client.get(PATH).text
    assert "Tried, nothing changed" in page
    assert "201 numbers, 200 before: 1 added, 0 removed, 0 rows unreadable (as described)" in page
    assert parts.registers.register("tps").live.numbers == 200

    assert act(client, "carry-out").status_code == 303
    work(parts)
    assert parts.registers.register("tps").live.numbers == 201


def test_what_a_tried_file_would_be_held_for_is_said(as_user, parts):
    client = as_user(Role.ADMIN)
    brought(client)
    work(parts)
    brought(client, FULL[: len(FULL) // 2], day="2026-11-21", dry_run="yes")
    work(parts)
    assert "It would be held: tps would go from 200 to 100 numbers" in client.get(PATH).text


def test_a_held_import_is_approved_by_somebody_else(as_user, app, parts):
    admin = as_user(Role.ADMIN)
    brought(admin)
    work(parts)
    brought(admin, FULL[: len(FULL) // 2], day="2026-11-21")
    work(parts)
    page = admin.get(PATH).text
    assert ("Held for a second person" in page, "from 200 to 100 numbers" in page) == (True, True)
    assert "I have looked" not in page

    second = another(app, parts, "bea", Role.COMPLIANCE)
    assert act(second, "approve").status_code == 303
    work(parts)
    assert "approved by bea" in second.get(PATH).text


def test_an_import_is_stopped_and_run_again(as_user, parts):
    client = as_user(Role.ADMIN)
    brought(client)
    act(client, "cancel")
    assert ("Cancelled" in client.get(PATH).text, work(parts)) == (True, 0)
    act(client, "resume")
    assert work(parts) == 1


@pytest.mark.parametrize("wrong", [{"extracted_on": "soon"}, {"register": "mps"}, {"layout": "[lay"}])
def test_what_is_wrong_with_the_form_is_said_beside_it(as_user, wrong):
    page = brought(as_user(Role.ADMIN), **wrong)
    assert 'role="alert"' in page.text


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AUDITOR])
def test_who_may_only_read_is_shown_no_form_and_refused_one(as_user, role):
    client = as_user(role)
    assert "Bring a file" not in client.get(PATH).text
    assert brought(client).status_code == 403


def test_a_form_of_elsewhere_is_refused(as_user):
    assert brought(as_user(Role.ADMIN), csrf="x" * 43).status_code == 403
