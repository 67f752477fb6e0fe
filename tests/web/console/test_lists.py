"""The page of lists: one is taken in, followed, and its waterfall shown in a picture and in a table."""

import io
import re
from dataclasses import replace

import pytest

from dialer.people.roles import NumbersShown, Role
from dialer.scrubbing.jobs import work_off
from workers.parts import worker_parts

LIST = b"id,Phone\n1,020 7946 0123\n2,nobody\n"


@pytest.fixture
def parts(redis_url, tmp_path, parts):
    """The console's parts, with a folder that lists may lie in."""
    return replace(parts, lists=replace(parts.lists, folder=tmp_path / "scrubs"))


def csrf(page):
    return re.search(r'name="csrf" value="([^"]+)"', page.text).group(1)


def sent(client, content=LIST, **fields):
    form = {"csrf": csrf(client.get("/console/lists")), "campaign": "C1"} | fields
    form["file"] = (io.BytesIO(content), "leads.csv")
    return client.post("/console/lists", data=form, content_type="multipart/form-data")


def work(parts):
    work_off(worker_parts(parts, should_stop=lambda: False).workshop)


def test_a_list_is_taken_in_and_its_waterfall_is_shown(as_user, parts):
    client = as_user(Role.SUPERVISOR)
    page = client.get(sent(client).location)
    assert "Waiting" in page.text

    work(parts)

    page = client.get(page.request.path)
    assert "From 2 rows to 0 that may be called" in page.text
    assert page.text.count("<rect") == page.text.count('<tr><th scope="row">') * 2 - 2
    with client.get(f"{page.request.path}/result.csv") as answer:
        assert answer.text.startswith("id,Phone,ringfence_verdict")


def test_a_form_of_elsewhere_is_refused(as_user):
    assert sent(as_user(Role.SUPERVISOR), csrf="x").status_code == 403


def test_without_a_campaign_the_page_says_so(as_user):
    page = sent(as_user(Role.SUPERVISOR), campaign="")

    assert (page.status_code, "choose the campaign" in page.text) == (200, True)


def test_an_auditor_reads_and_changes_nothing(as_user):
    page = as_user(Role.AUDITOR).get("/console/lists")

    assert (page.status_code, "Scrub a list" in page.text) == (200, False)


def test_another_principals_list_is_not_there(as_user):
    place = sent(as_user(Role.SUPERVISOR)).location
    stranger = as_user(Role.SUPERVISOR, principals=("ORG_B",))

    assert [stranger.get(path).status_code for path in (place, f"{place}/result.csv")] == [404, 404]
    assert "leads.csv" not in stranger.get("/console/lists").text


def test_who_sees_numbers_in_part_is_offered_no_result(as_user, parts):
    place = sent(as_user(Role.SUPERVISOR)).location
    work(parts)
    reader = as_user(Role.SUPERVISOR, numbers=NumbersShown.LAST4)

    assert "Fetch the result" not in reader.get(place).text
    assert reader.get(f"{place}/result.csv").status_code == 403


def test_a_list_may_be_thrown_away(as_user):
    client = as_user(Role.SUPERVISOR)
    place = sent(client).location

    found = client.post(f"{place}/remove", data={"csrf": csrf(client.get(place))})

    assert (found.status_code, client.get(place).status_code) == (303, 404)
