"""`/v1/registers/{name}/imports`: a file sent in a form, imported by a worker, held for a second person."""

import io
from datetime import timedelta

import pytest

from dialer.clock import london_day, utc_now
from dialer.people.roles import Role
from dialer.registers import import_jobs, import_work
from workers.parts import worker_parts

FULL = b"".join(b"01632%06d\r\n" % number for number in range(1, 201))
YESTERDAY, TODAY = ((london_day(utc_now()) - timedelta(days=days)).isoformat() for days in (1, 0))
PATH = "/v1/registers/tps/imports"


def sent(caller, content=FULL, *, name="tps_full.txt", path=PATH, **form):
    fields = {"file": (io.BytesIO(content), name), "extracted_on": YESTERDAY, **form}
    headers = {"Authorization": f"Bearer {caller.token}", **caller.headers}
    return caller.client.post(path, data=fields, headers=headers, content_type="multipart/form-data")


def work(parts):
    return import_work.work_off(worker_parts(parts, should_stop=lambda: False).imports)


def state_of(caller, answer):
    return caller.get(f"{PATH}/{answer.json['id']}").json


def test_a_file_is_taken_in_imported_and_in_force(caller, parts):
    admin = caller(Role.ADMIN)
    taken = sent(admin)
    assert (taken.status_code, taken.json["state"], taken.json["outcome"]) == (202, "waiting", None)

    assert work(parts) == 1

    found = state_of(admin, taken)
    assert (found["state"], found["progress"]) == ("done", 1.0)
    assert (found["outcome"]["numbers"], found["outcome"]["added"]) == (200, 200)
    live = next(each for each in admin.get("/v1/registers").json["items"] if each["name"] == "tps")["live"]
    assert (live["numbers"], live["file_name"], live["extracted_on"]) == (200, "tps_full.txt", YESTERDAY)
    assert [each["id"] for each in admin.get(PATH).json["items"]] == [taken.json["id"]]
    assert admin.get("/v1/registers/ctps/imports").json == {"items": []}


def test_what_is_doubted_waits_for_a_second_person(caller, parts):
    first, second = caller(Role.ADMIN), caller(Role.COMPLIANCE)
    sent(first)
    work(parts)
    halved = sent(first, FULL[: len(FULL) // 2], extracted_on=TODAY)
    work(parts)
    held = state_of(first, halved)
    assert held["state"] == "held"
    assert "from 200 to 100 numbers" in held["problem"]

    address = f"{PATH}/{halved.json['id']}/approval"
    assert first.post(address, {}).status_code == 403
    assert second.post(address, {}).status_code == 202
    work(parts)

    done = state_of(first, halved)
    assert (done["state"], done["outcome"]["numbers"]) == ("done", 100)
    assert done["approved_by"] != done["by"]
    assert second.post(address, {}).status_code == 409


def test_a_file_is_tried_and_then_carried_out(caller, parts):
    admin = caller(Role.ADMIN)
    sent(admin)
    work(parts)
    tried = sent(admin, FULL[: len(FULL) // 2], extracted_on=TODAY, dry_run="true")
    address = f"{PATH}/{tried.json['id']}/carrying-out"
    assert (tried.json["dry_run"], admin.post(address, {}).status_code) == (True, 409)
    work(parts)

    found = state_of(admin, tried)
    outcome = found["outcome"]
    assert (found["state"], outcome["outcome"], outcome["after"]) == ("done", "dry_run", None)
    assert (outcome["before"]["numbers"], outcome["numbers"], outcome["removed"]) == (200, 100, 100)
    assert "from 200 to 100 numbers" in outcome["doubts"][0]

    assert admin.post(address, {}).status_code == 202
    work(parts)
    assert (state_of(admin, tried)["state"], state_of(admin, tried)["dry_run"]) == ("held", False)
    assert admin.post(address, {}).status_code == 409


def test_a_dry_run_of_what_nobody_may_accept_is_refused(caller, parts):
    admin = caller(Role.ADMIN)
    torn = sent(admin, FULL[:-6], dry_run="true")
    work(parts)
    assert state_of(admin, torn)["state"] == "refused"


def test_a_layout_of_its_own_is_described_with_the_file(caller, parts):
    admin = caller(Role.ADMIN)
    rows = b"".join(b"%06d;01632 %06d;OUT OF IT\n" % (9_000_000 - n, n) for n in range(1, 201))
    layout = '[layout]\ndelimiter = ";"\ncolumn = 2\n'
    taken = sent(admin, rows, name="odd.txt", layout=layout)
    work(parts)
    outcome = state_of(admin, taken)["outcome"]
    assert (outcome["numbers"], outcome["layout"]) == (200, "as described")


@pytest.mark.parametrize(
    ("layout", "why"),
    [
        ("delimiter = ';'", "has no [layout] table"),
        ("[layout]\ndelimiter = 7", "‘delimiter’ is unknown or of the wrong type"),
        ("[layout", "is not TOML"),
        ("x" * 4001, "4000"),
    ],
)
def test_a_layout_that_cannot_be_is_refused_before_anything_is_kept(caller, parts, layout, why):
    answer = sent(caller(Role.ADMIN), layout=layout)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (400, "/layout")
    assert why in answer.text
    assert list((parts.settings.data_dir / "imports").glob("*")) == []


def test_a_layout_sent_as_a_file_is_not_passed_over(caller, parts):
    answer = sent(caller(Role.ADMIN), layout=(io.BytesIO(b"[layout]"), "operator.toml"))
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (400, "/layout")


def test_what_is_wrong_with_a_file_refuses_it(caller, parts):
    admin = caller(Role.ADMIN)
    torn = sent(admin, FULL[:-6])
    damaged = sent(admin, b"\x1f\x8b\x08\x00nonsense", name="tps.gz")
    work(parts)
    assert (state_of(admin, torn)["state"], state_of(admin, damaged)["state"]) == ("refused", "failed")
    assert admin.get("/v1/registers").json["items"][1]["live"] is None


def test_an_import_is_cancelled_and_resumed(caller, parts):
    admin = caller(Role.ADMIN)
    taken = sent(admin)
    address = f"{PATH}/{taken.json['id']}"
    assert admin.post(f"{address}/resume", {}).status_code == 409
    assert admin.ask("DELETE", address).json["state"] == "cancelled"
    assert work(parts) == 0
    assert admin.ask("DELETE", address).status_code == 409

    assert admin.post(f"{address}/resume", {}).json["state"] == "waiting"
    assert work(parts) == 1
    assert state_of(admin, taken)["state"] == "done"


def test_a_worker_that_is_asked_to_stop_leaves_the_import_open(caller, parts):
    admin = caller(Role.ADMIN)
    taken = sent(admin)
    assert import_work.work_off(worker_parts(parts, should_stop=lambda: True).imports) == 0
    assert state_of(admin, taken)["state"] == "waiting"
    assert work(parts) == 1


def test_what_expired_is_forgotten_with_its_file(caller, parts):
    admin = caller(Role.ADMIN)
    taken = sent(admin)
    at = parts.clock() + import_jobs.KEPT_FOR
    folder = parts.settings.data_dir / "imports"
    assert len(list(folder.iterdir())) == 1
    assert import_jobs.expire(parts.imports.jobs, parts.settings.data_dir, at) == 1
    assert admin.get(f"{PATH}/{taken.json['id']}").status_code == 404
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("role", [Role.DIALER, Role.AGENT, Role.SUPERVISOR, Role.COMPLIANCE, Role.AUDITOR])
def test_only_administrators_send_registers(caller, role):
    assert sent(caller(role)).status_code == 403


@pytest.mark.parametrize(
    ("form", "path", "status"),
    [
        ({"extracted_on": "2026-02-30"}, PATH, 400),
        ({"accept_change": "perhaps"}, PATH, 400),
        ({}, "/v1/registers/mps/imports", 404),
    ],
)
def test_a_form_that_cannot_be_is_refused(caller, form, path, status):
    assert sent(caller(Role.ADMIN), path=path, **form).status_code == status
