"""VICIdial's do-not-call lists, by the API that its documentation describes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from dialer.courier import Courier
from dialer.delivery.address import LOOPBACK_ALLOWED
from dialer.delivery.answer import Holding, Outcome
from dialer.delivery.destination import Destination, Login
from dialer.delivery.notice import CORRECTED, Notice
from dialer.destinations.vicidial import VicidialAdapter, forms_of
from tests.delivery.notices import NOW, destination, notice
from tests.doubles.vicidial import MAY, PASSWORD, Vicidial

FORMS = {"447700900123", "07700900123", "7700900123"}
LINE = "+447700900123"


@pytest.fixture
def server() -> Vicidial:
    return Vicidial()


@pytest.fixture
def adapter() -> Iterator[VicidialAdapter]:
    courier = Courier(LOOPBACK_ALLOWED, total_seconds=5)
    yield VicidialAdapter(lambda _: courier, is_still_refused=lambda _: False)
    courier.close()


@pytest.fixture
def dialer(server: Vicidial, httpserver: HTTPServer) -> Destination:
    httpserver.expect_request("/vicidial/non_agent_api.php").respond_with_handler(server.answer)
    url = httpserver.url_for("/vicidial/non_agent_api.php")
    login = Login(user=MAY, password=PASSWORD)
    return destination(kind="vicidial", url=url, secrets=(), login=login, removes_corrected=True)


def corrected(sent: Notice) -> Notice:
    return replace(sent, event=CORRECTED)


def test_a_number_goes_on_its_list_in_every_form_it_may_stand_there(
    adapter: VicidialAdapter, dialer: Destination, server: Vicidial
) -> None:
    told = adapter.tell(dialer, [notice(line=LINE)], at=NOW)
    assert (told.outcome, told.status) == (Outcome.RECEIVED, 200)
    assert server.lists == {"SYSTEM_INTERNAL": FORMS}


def test_a_list_of_a_campaign_can_be_meant(
    adapter: VicidialAdapter, dialer: Destination, server: Vicidial
) -> None:
    adapter.tell(replace(dialer, campaign="TESTCAMP"), [notice(line=LINE)], at=NOW)
    assert server.lists["TESTCAMP"] == FORMS


def test_a_number_that_is_there_already_is_as_good_as_told(
    adapter: VicidialAdapter, dialer: Destination, server: Vicidial
) -> None:
    adapter.tell(dialer, [sent := notice(line=LINE)], at=NOW)
    again = adapter.tell(dialer, [sent], at=NOW)
    assert (again.outcome, again.reason) == (Outcome.RECEIVED, "its list held the number already")


def test_what_failed_half_way_is_finished_by_the_next_attempt(
    adapter: VicidialAdapter, dialer: Destination, server: Vicidial
) -> None:
    server.lists["SYSTEM_INTERNAL"].add("447700900123")
    assert adapter.tell(dialer, [notice(line=LINE)], at=NOW).outcome is Outcome.RECEIVED
    assert server.lists["SYSTEM_INTERNAL"] == FORMS


def test_a_log_in_that_fails_rests_the_whole_destination(
    adapter: VicidialAdapter, dialer: Destination, server: Vicidial
) -> None:
    wrong = replace(dialer, login=Login(user=MAY, password="forgotten"))
    told = adapter.tell(wrong, [notice(line=LINE)], at=NOW)
    assert told.outcome is Outcome.UNWELL
    assert "forgotten" not in f"{told}"
    assert not server.lists


def test_the_password_stands_in_no_address(
    adapter: VicidialAdapter, dialer: Destination, httpserver: HTTPServer
) -> None:
    adapter.tell(dialer, [notice(line=LINE)], at=NOW)
    assert all(not request.args for request, _ in httpserver.log)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("SUCCESS: add_dnc_phone DNC NUMBER HAS BEEN ADDED - 6|7|X", Outcome.RECEIVED),
        ("NOTICE: add_dnc_phone something new", Outcome.RETRY),
        ("<html>Welcome to nginx</html>", Outcome.RETRY),
        ("", Outcome.RETRY),
        ("ERROR: add_dnc_phone USER DOES NOT HAVE PERMISSION TO ADD DNC NUMBERS - 6|0", Outcome.UNWELL),
        ("ERROR: add_dnc_phone YOU MUST USE ALL REQUIRED FIELDS - 6|||1", Outcome.RETRY),
        ("ERROR: add_dnc_phone DNC NUMBER DOES NOT EXIST", Outcome.RETRY),
    ],
)
def test_only_what_it_documents_as_success_is_one(
    adapter: VicidialAdapter, httpserver: HTTPServer, text: str, outcome: Outcome
) -> None:
    httpserver.expect_request("/api").respond_with_data(text, content_type="text/html")
    there = destination(kind="vicidial", url=httpserver.url_for("/api"), login=Login(user="6", password="7"))
    assert adapter.tell(there, [notice(line=LINE)], at=NOW).outcome is outcome


@pytest.mark.parametrize(
    ("status", "outcome"), [(503, Outcome.UNWELL), (500, Outcome.RETRY), (302, Outcome.RETRY)]
)
def test_an_answer_that_is_not_200_is_no_success(
    adapter: VicidialAdapter, httpserver: HTTPServer, status: int, outcome: Outcome
) -> None:
    body = "SUCCESS: add_dnc_phone"
    httpserver.expect_request("/api").respond_with_handler(lambda _: Response(body, status=status))
    there = destination(kind="vicidial", url=httpserver.url_for("/api"), login=Login(user="6", password="7"))
    assert adapter.tell(there, [notice(line=LINE)], at=NOW).outcome is outcome


def test_a_correction_takes_a_number_out_where_the_destination_says_so(
    adapter: VicidialAdapter, dialer: Destination, server: Vicidial
) -> None:
    adapter.tell(dialer, [sent := notice(line=LINE)], at=NOW)
    assert adapter.tell(dialer, [corrected(sent)], at=NOW).outcome is Outcome.RECEIVED
    assert not server.lists["SYSTEM_INTERNAL"]
    gone = adapter.tell(dialer, [corrected(sent)], at=NOW)
    assert gone.outcome is Outcome.RECEIVED


def test_a_correction_leaves_a_number_in_unless_the_destination_says_so(
    adapter: VicidialAdapter, dialer: Destination, server: Vicidial
) -> None:
    adapter.tell(dialer, [sent := notice(line=LINE)], at=NOW)
    careful = replace(dialer, removes_corrected=False)
    assert adapter.tell(careful, [corrected(sent)], at=NOW).outcome is Outcome.RECEIVED
    assert server.lists["SYSTEM_INTERNAL"] == FORMS


def test_a_correction_leaves_a_number_in_that_another_objection_refuses(
    dialer: Destination, server: Vicidial
) -> None:
    courier = Courier(LOOPBACK_ALLOWED, total_seconds=5)
    adapter = VicidialAdapter(lambda _: courier, is_still_refused=lambda _: True)
    adapter.tell(dialer, [sent := notice(line=LINE)], at=NOW)
    told = adapter.tell(dialer, [corrected(sent)], at=NOW)
    courier.close()
    assert (told.outcome, server.lists["SYSTEM_INTERNAL"]) == (Outcome.RECEIVED, FORMS)


def test_an_old_version_that_cannot_delete_is_tried_again_and_shown(
    adapter: VicidialAdapter, dialer: Destination, server: Vicidial
) -> None:
    server.knows_deletion = False
    assert adapter.tell(dialer, [corrected(notice(line=LINE))], at=NOW).outcome is Outcome.RETRY


def test_a_destination_without_a_log_in_says_what_to_do(
    adapter: VicidialAdapter, dialer: Destination
) -> None:
    told = adapter.tell(replace(dialer, login=None), [notice(line=LINE)], at=NOW)
    assert (told.outcome, told.reason) == (
        Outcome.RETRY,
        "not sent: the destination has no log-in; give it one",
    )


def test_it_cannot_be_asked_what_it_holds(adapter: VicidialAdapter, dialer: Destination) -> None:
    assert adapter.confirm(dialer, notice(), at=NOW).holding is Holding.UNKNOWN
    assert adapter.list(dialer) is None


@pytest.mark.parametrize(
    ("line", "forms"),
    [
        ("+442079460123", ("442079460123", "02079460123", "2079460123")),
        ("+12025550123", ("12025550123",)),
        ("jane@example.co.uk", ()),
    ],
)
def test_a_line_has_the_forms_a_list_may_hold(line: str, forms: tuple[str, ...]) -> None:
    assert forms_of(line) == forms
