"""Decisions, reports, registers, destinations and notices: what supervisors and administrators read."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from dialer.people.roles import NumbersShown, Role
from dialer.wiring import Parts
from dialer.wiring.credentials import Credentials
from tests.web.api.conftest import NUMBER, Caller, CallerAs, pointers

SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
WEBHOOK = {"name": "CRM", "url": "https://crm.example/hooks", "secrets": [SECRET]}


def opened(parts: Parts, name: str) -> tuple[str, ...]:
    credentials = Credentials(parts.settings)
    kept = parts.configuration.current().destinations[name]
    return tuple(credentials.unseal(secret, of=name) for secret in kept.secrets)


@pytest.fixture
def blocked(centre: Caller, dialer: Caller) -> list[str]:
    """Three decisions on a number whose owner has said no; oldest first."""
    centre.post("/v1/objections", {"contact_point": NUMBER, "principal": "ORG_A"})
    asked = {"to": NUMBER, "campaign": "C1"}
    return [dialer.post("/v1/screen", asked).json["id"] for _ in range(3)]


def test_decisions_are_listed_newest_first_page_by_page(centre: Caller, blocked: list[str]) -> None:
    found: list[str] = []
    query = ""
    while True:
        page = centre.get(f"/v1/decisions?limit=2{query}").json
        found += [decision["id"] for decision in page["items"]]
        if page["next_cursor"] is None:
            break
        query = f"&cursor={page['next_cursor']}"
    assert found == blocked[::-1]


def test_a_decision_says_every_reason_and_nothing_of_how_it_is_kept(
    centre: Caller, blocked: list[str]
) -> None:
    decision = centre.get(f"/v1/decisions/{blocked[0]}").json
    assert (decision["verdict"], decision["to"], decision["campaign"]) == ("block", NUMBER, "C1")
    assert not {"permit", "key", "epoch", "seq", "versions"} & set(decision)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("verdict=block", 3),
        ("verdict=allow", 0),
        ("campaign=C1", 3),
        ("campaign=C2", 0),
        ("agent=nobody", 0),
        ("from=2020-01-01&to=2020-01-02", 0),
        ("from=2020-01-01T00:00:00%2B00:00", 3),
        ("from=2020-01-01T00:00:00+00:00", 3),
        ("to=2020-01-01T00:00:00Z", 0),
    ],
)
def test_decisions_are_filtered(centre: Caller, blocked: list[str], query: str, found: int) -> None:
    assert len(centre.get(f"/v1/decisions?{query}").json["items"]) == found


@pytest.mark.parametrize(
    "day", ["yesterday", "2026-02-30", "2026-11-23T10:00:00", "20261123", "0001-01-01", "9999-12-31"]
)
def test_a_day_that_is_none_is_refused(centre: Caller, day: str) -> None:
    answer = centre.get(f"/v1/decisions?from={day}")
    assert (answer.status_code, pointers(answer)) == (400, ["/from"])


def days_around(at: datetime) -> str:
    return f"from={(at - timedelta(days=2)).date()}&to={(at + timedelta(days=2)).date()}"


def test_a_report_tells_the_same_figures_in_each_form(
    centre: Caller, blocked: list[str], parts: Parts, caller: CallerAs
) -> None:
    around = days_around(parts.clock().astimezone(UTC))
    listed = centre.get(f"/v1/reports/blocked-calls?{around}").json
    counted = centre.get(f"/v1/reports/blocked-calls?{around}&by=campaign").json
    csv = centre.get(f"/v1/reports/blocked-calls?{around}&format=csv")
    workbook = centre.get(f"/v1/reports/blocked-calls?{around}&format=xlsx")
    assert (listed["total"], len(listed["calls"])) == (3, 3)
    assert (counted["total"], counted["groups"]) == (3, [{"campaign": "C1", "calls": 3}])
    assert csv.get_data(as_text=True).count(NUMBER) == 3
    assert csv.headers["Content-Disposition"] == 'attachment; filename="blocked-calls.csv"'
    assert "xl/worksheets/sheet1.xml" in ZipFile(BytesIO(workbook.get_data())).namelist()


def test_a_report_hides_numbers_from_who_may_not_see_them(
    blocked: list[str], parts: Parts, caller: CallerAs
) -> None:
    auditor = caller(Role.AUDITOR, numbers=NumbersShown.LAST4)
    around = days_around(parts.clock())
    for form in ("json", "csv"):
        text = auditor.get(f"/v1/reports/blocked-calls?{around}&format={form}").get_data(as_text=True)
        assert "…0123" in text
        assert NUMBER not in text


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("to=2026-01-01", "/from"),
        ("from=2026-01-01&to=x", "/to"),
        ("from=2026-01-01&to=2026-01-01&by=hair", "/by"),
        ("from=2026-01-01&to=2026-01-01&format=pdf", "/format"),
    ],
)
def test_a_report_that_cannot_be_asked_for_is_pointed_at(centre: Caller, query: str, pointer: str) -> None:
    assert pointers(centre.get(f"/v1/reports/blocked-calls?{query}")) == [pointer]


def test_a_register_never_loaded_says_so(centre: Caller) -> None:
    assert centre.get("/v1/registers").json["items"] == [
        {"name": "ctps", "live": None, "snapshots": []},
        {"name": "tps", "live": None, "snapshots": []},
    ]


def test_a_destinations_secret_is_written_and_never_read(centre: Caller, parts: Parts) -> None:
    kept = centre.put("/v1/destinations/crm", WEBHOOK)
    assert (kept.status_code, kept.json["secrets_held"], kept.json["secret"]) == (200, 1, None)
    for path in ("/v1/destinations/crm", "/v1/destinations"):
        assert SECRET not in centre.get(path).get_data(as_text=True)
    assert opened(parts, "crm") == (SECRET,)


def test_a_destination_kept_again_without_secrets_keeps_its_own(centre: Caller, parts: Parts) -> None:
    centre.put("/v1/destinations/crm", WEBHOOK)
    again = centre.put("/v1/destinations/crm", {"name": "New CRM", "url": "https://crm.example/hooks"})
    assert (again.json["name"], again.json["secret"]) == ("New CRM", None)
    assert opened(parts, "crm") == (SECRET,)


def test_a_new_destination_without_a_secret_is_given_one_shown_once(centre: Caller, parts: Parts) -> None:
    made = centre.put("/v1/destinations/crm", {"name": "CRM", "url": "https://crm.example/hooks"}).json[
        "secret"
    ]
    assert opened(parts, "crm") == (made,)
    assert made not in centre.get("/v1/destinations/crm").get_data(as_text=True)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://crm.example/",
        "https://user:pass@crm.example/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://",
        "//crm.example",
        "javascript:alert(1)",
    ],
)
def test_a_destination_that_leads_nowhere_good_is_refused_without_its_address(
    centre: Caller, url: str
) -> None:
    answer = centre.put("/v1/destinations/crm", {**WEBHOOK, "url": url})
    assert answer.status_code in {400, 422}
    assert "pass" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("secret", ["whsec_", "whsec_c2hvcnQ=", "plain", "whsec_!!!!"])
def test_a_secret_nobody_could_sign_with_is_refused_and_not_repeated(centre: Caller, secret: str) -> None:
    answer = centre.put("/v1/destinations/crm", {**WEBHOOK, "secrets": [secret]})
    assert (answer.status_code, pointers(answer)) == (400, ["/secrets/0"])


def test_a_removed_destination_is_gone_and_only_once(centre: Caller) -> None:
    centre.put("/v1/destinations/crm", WEBHOOK)
    gone = centre.ask("DELETE", "/v1/destinations/crm")
    assert (gone.status_code, gone.get_data()) == (204, b"")
    assert centre.ask("DELETE", "/v1/destinations/crm").status_code == 404


def test_a_waiting_notice_is_sent_off_again_by_hand_and_a_strangers_is_not(
    centre: Caller, caller: CallerAs, parts: Parts
) -> None:
    centre.put("/v1/destinations/crm", WEBHOOK)
    kept = centre.post("/v1/objections", {"contact_point": NUMBER, "principal": "ORG_A"}).json
    notice = kept["notices"][0]["id"]
    assert caller(Role.ADMIN, principals=("ORG_B",)).post(f"/v1/notices/{notice}/retry").status_code == 404
    again = centre.post(f"/v1/notices/{notice}/retry")
    assert (again.status_code, again.json["state"], again.json["contact_point"]) == (200, "pending", NUMBER)
    assert centre.post("/v1/notices/ntc_none/retry").status_code == 404
