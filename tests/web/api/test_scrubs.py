"""`/v1/scrubs`: a list sent in a form, judged by a worker, fetched by who may see it."""

import csv
import io

import pytest

from dialer.people.roles import NumbersShown, Role
from dialer.scrubbing.jobs import work_off
from tests.web.api.conftest import CAMPAIGN, ORGANISATION
from workers.parts import worker_parts

LIST = b"id,Phone\n1,020 7946 0123\n2,nobody\n3,999\n"


@pytest.fixture
def centre(caller):
    admin = caller(Role.ADMIN)
    for name in ("ORG_A", "ORG_B", "OP_1"):
        assert admin.put(f"/v1/organisations/{name}", ORGANISATION).status_code == 200
    for name, principal in (("C1", "ORG_A"), ("C2", "ORG_B")):
        own = {"principal": principal, "caller_id": f"+44207946010{name[1]}"}
        found = admin.put(f"/v1/campaigns/{name}", {**CAMPAIGN, **own})
        assert found.status_code == 200, found.json
    return caller


def sent(caller, content=LIST, **form):
    fields = {"file": (io.BytesIO(content), "leads.csv"), "campaign": "C1", **form}
    headers = {"Authorization": f"Bearer {caller.token}", **caller.headers}
    return caller.client.post("/v1/scrubs", data=fields, headers=headers, content_type="multipart/form-data")


def work(parts):
    return work_off(worker_parts(parts, should_stop=lambda: False).workshop)


def test_a_list_is_taken_in_judged_and_fetched(centre, parts):
    supervisor = centre(Role.SUPERVISOR)
    taken = sent(supervisor)
    assert (taken.status_code, taken.json["state"], taken.json["result"]) == (202, "waiting", None)

    assert work(parts) == 1

    found = supervisor.get(f"/v1/scrubs/{taken.json['id']}").json
    assert (found["state"], found["progress"], found["waterfall"]["rows"]) == ("done", 1.0, 3)
    with supervisor.get(found["result"]) as answer:
        rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["ringfence_verdict"] for row in rows] == ["defer", "block", "block"]


def test_another_principals_scrub_is_not_there(centre, parts):
    scrub = sent(centre(Role.SUPERVISOR, ("ORG_A",))).json["id"]
    stranger = centre(Role.SUPERVISOR, ("ORG_B",))

    for method, path in (("GET", ""), ("GET", "/result.csv"), ("DELETE", "")):
        assert stranger.ask(method, f"/v1/scrubs/{scrub}{path}").status_code == 404
    assert stranger.get("/v1/scrubs").json == {"items": []}
    assert sent(stranger).status_code == 404


@pytest.mark.parametrize("role", [Role.DIALER, Role.AGENT, Role.INTEGRATOR, Role.AUDITOR])
def test_only_supervisors_have_lists_scrubbed(centre, role):
    assert sent(centre(role)).status_code == 403


def test_who_sees_numbers_in_part_does_not_fetch_the_result(centre, parts):
    scrub = sent(centre(Role.SUPERVISOR)).json["id"]
    work(parts)

    found = centre(Role.SUPERVISOR, None, NumbersShown.LAST4).get(f"/v1/scrubs/{scrub}/result.csv")

    assert found.status_code == 403


def test_a_result_that_is_not_there_yet_is_a_conflict(centre):
    supervisor = centre(Role.SUPERVISOR)
    scrub = sent(supervisor).json["id"]

    assert supervisor.get(f"/v1/scrubs/{scrub}/result.csv").status_code == 409


def test_a_removed_scrub_leaves_nothing(centre, parts):
    supervisor = centre(Role.SUPERVISOR)
    scrub = sent(supervisor).json["id"]

    assert supervisor.ask("DELETE", f"/v1/scrubs/{scrub}").status_code == 204

    assert supervisor.get(f"/v1/scrubs/{scrub}").status_code == 404
    assert (work(parts), list(parts.lists.folder.iterdir())) == (0, [])


def test_a_list_that_cannot_be_read_fails_and_says_why(centre, parts):
    supervisor = centre(Role.SUPERVISOR)
    scrub = sent(supervisor, b"id,name\n1,Alex\n").json["id"]
    work(parts)

    found = supervisor.get(f"/v1/scrubs/{scrub}").json

    assert (found["state"], "--column" in found["problem"]) == ("failed", True)


@pytest.mark.parametrize(
    "form", [{"campaign": ""}, {"channel": "carrier pigeon"}, {"at": "tomorrow"}, {"colour": "blue"}]
)
def test_a_form_is_read_as_strictly_as_json(centre, form):
    found = sent(centre(Role.SUPERVISOR), **form)

    assert (found.status_code, found.json["code"]) == (400, "unreadable")


def test_a_form_without_a_file_and_a_body_that_is_no_form_are_refused(centre):
    supervisor = centre(Role.SUPERVISOR)
    headers = {"Authorization": f"Bearer {supervisor.token}"}

    no_file = supervisor.client.post(
        "/v1/scrubs", data={"campaign": "C1"}, headers=headers, content_type="multipart/form-data"
    )

    assert (no_file.status_code, supervisor.post("/v1/scrubs", {"campaign": "C1"}).status_code) == (400, 415)


def test_the_same_upload_with_the_same_idempotency_key_is_one_scrub(centre):
    supervisor = centre(Role.SUPERVISOR)
    supervisor.headers["Idempotency-Key"] = "k1"

    first, again, other = sent(supervisor), sent(supervisor), sent(supervisor, LIST + b"4,x\n")

    assert (first.json["id"] == again.json["id"], other.status_code) == (True, 422)
    del supervisor.headers["Idempotency-Key"]
    assert len(supervisor.get("/v1/scrubs").json["items"]) == 1


def test_columns_may_be_named_several_times(centre, parts):
    supervisor = centre(Role.SUPERVISOR)
    content = b"a,b,c\n02079460123,02079460124,7\n"
    scrub = sent(supervisor, content, column=["a", "b"]).json["id"]
    work(parts)

    assert supervisor.get(f"/v1/scrubs/{scrub}").json["waterfall"]["columns"] == ["a", "b"]
