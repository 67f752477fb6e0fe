"""The list of blocked calls: filters in its address, pages, and exactly the same list as a file."""

import csv
import html
import io
import re
import zipfile
from datetime import timedelta

import pytest

from dialer.people.roles import NumbersShown
from dialer.screening.verdict import Answer
from tests.reports.lines import NOON, OBJECTED, TPS, decision, keep


def ids_on(page):
    return re.findall(r"/console/decisions/(dec_\d+)", page.text)


def count_on(page):
    return int(re.search(r"<strong>([\d,]+)</strong> call", page.text).group(1).replace(",", ""))


def sheet_of(browser, query):
    with (
        browser.get(f"/console/blocked.xlsx{query}") as answer,
        zipfile.ZipFile(io.BytesIO(answer.data)) as book,
    ):
        return book.read("xl/worksheets/sheet1.xml").decode()


@pytest.fixture
def some_calls(redis_client):
    calls = {
        "tps": decision(TPS),
        "objected": decision(OBJECTED, campaign="C2", principal="ORG_B", agent="a18"),
        "held": decision("POLICY_CAMPAIGN_REFUSED", agent=None),
        "broken": decision("E_ENGINE_UNAVAILABLE", campaign=None, principal=None),
        "late": decision("UK_HOURS_OUTSIDE", Answer.DEFER),
        "allowed": decision("UK_R21_CLEAR", Answer.ALLOW),
        "yesterday": decision(TPS, at=NOON - timedelta(days=1)),
    }
    keep(redis_client, *calls.values())
    return {made.id: name for name, made in calls.items()}


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"tps", "objected", "held", "broken"}),
        ("?kind=law", {"tps", "objected"}),
        ("?kind=policy", {"held"}),
        ("?kind=engine", {"broken"}),
        ("?kind=code", set()),
        ("?kind=code&outcome=put_off", {"late"}),
        (f"?reason={TPS}", {"tps"}),
        (f"?reason={TPS}&kind=policy", set()),
        ("?campaign=C2", {"objected"}),
        ("?campaign=-", {"broken"}),
        ("?agent=-", {"held"}),
        ("?agent=a18", {"objected"}),
        ("?principal=ORG_B", {"objected"}),
        ("?outcome=put_off", {"late"}),
        ("?outcome=both", {"tps", "objected", "held", "broken", "late"}),
        ("?from=2026-11-22&to=2026-11-22", {"yesterday"}),
        ("?from=2026-11-22", {"tps", "objected", "held", "broken", "yesterday"}),
        ("?to=2026-11-22", {"yesterday"}),
        ("?from=&to=&agent=&kind=", {"tps", "objected", "held", "broken"}),
        ("?agent=nobody", set()),
    ],
)
def test_each_filter_shows_its_calls_and_the_count_agrees(supervisor, some_calls, query, shown):
    page = supervisor.get(f"/console/blocked{query}")

    assert {some_calls[found] for found in ids_on(page)} == shown
    assert count_on(page) == len(shown)


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-13-01",
        "from=2026-11-24&to=2026-11-23",
        "from=1990-01-01",
        "kind=rumour",
        "outcome=allow",
        "order=upwards",
        "after=elsewhere",
        "agent=" + "a" * 129,
    ],
)
def test_a_filter_that_cannot_be_read_is_a_page_that_says_which(supervisor, query):
    answer = supervisor.get(f"/console/blocked?{query}")

    assert answer.status_code == 400
    assert f"<code>{query.rpartition('&')[2].partition('=')[0]}</code>".replace("from", "to") in (
        answer.text.replace("<code>from</code>", "<code>to</code>")
    )


def test_pages_follow_each_other_by_link_and_keep_the_filters(supervisor, redis_client):
    keep(redis_client, *(decision(at=NOON + timedelta(seconds=n)) for n in range(60)))
    first = supervisor.get("/console/blocked?agent=a17&order=oldest")
    onward = html.unescape(re.search(r'rel="next" href="([^"]+)"', first.text).group(1))

    second = supervisor.get(onward)

    assert (len(ids_on(first)), len(ids_on(second))) == (50, 10)
    assert set(ids_on(first)).isdisjoint(ids_on(second))
    assert "agent=a17" in onward
    assert 'rel="next"' not in second.text


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_the_list_begins_at_the_end_that_was_asked_for(supervisor, redis_client, order):
    made = [decision(at=NOON + timedelta(seconds=n)) for n in range(3)]
    keep(redis_client, *made)

    page = supervisor.get(f"/console/blocked?order={order}")

    assert ids_on(page) == [d.id for d in (reversed(made) if order == "newest" else made)]


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [(NumbersShown.FULL, "+442079460123"), (NumbersShown.LAST4, "…0123"), (NumbersShown.NONE, "hidden")],
)
def test_numbers_are_shown_on_page_and_in_files_as_the_reader_may_see_them(
    as_user, redis_client, numbers, shown
):
    keep(redis_client, decision(to="+442079460123"))
    reader = as_user(numbers=numbers)

    texts = [reader.get("/console/blocked").text, reader.get("/console/blocked.csv").text]

    assert all(shown in text for text in texts)
    assert all(("+442079460123" in text) is (numbers is NumbersShown.FULL) for text in texts)


def test_no_number_stands_in_any_address_on_the_pages(supervisor, redis_client):
    keep(redis_client, *(decision(to="+442079460123", agent=agent) for agent in ("a17", None)))

    pages = [supervisor.get(address).text for address in ("/console/today", "/console/blocked")]

    for address in re.findall(r'(?:href|action|src)="([^"]*)"', "".join(pages)):
        assert "2079460123" not in address


def test_the_csv_is_exactly_the_filtered_view(supervisor, some_calls):
    query = "?kind=law&from=2026-11-22"

    answer = supervisor.get(f"/console/blocked.csv{query}")
    rows = list(csv.DictReader(io.StringIO(answer.text)))

    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="blocked-calls-2026-11-22-to-2026-11-23.csv"'
    )
    assert {row["decision"] for row in rows} == set(ids_on(supervisor.get(f"/console/blocked{query}")))


def test_the_workbook_is_exactly_the_filtered_view(supervisor, some_calls):
    xml = sheet_of(supervisor, "?agent=a18")

    assert [some_calls[found] for found in re.findall(r"dec_\d+", xml)] == ["objected"]


@pytest.mark.parametrize("ending", ["", ".csv", ".xlsx"])
def test_another_principals_calls_are_in_no_list_and_no_file(as_user, some_calls, ending):
    reader, query = as_user(principals=("ORG_A",)), "?from=2026-11-22"

    is_book = ending == ".xlsx"
    body = sheet_of(reader, query) if is_book else reader.get(f"/console/blocked{ending}{query}").text
    seen = {some_calls[found] for found in re.findall(r"dec_\d+", body)}
    assert seen == {"tps", "held", "yesterday"}


def test_asking_for_another_principal_by_name_shows_nothing(as_user, some_calls):
    page = as_user(principals=("ORG_A",)).get("/console/blocked?principal=ORG_B")

    assert (ids_on(page), count_on(page)) == ([], 0)
    assert "No call fits these filters" in page.text


def test_an_empty_day_says_what_to_do(supervisor):
    assert (
        "No call was blocked on this day. Choose other days above." in supervisor.get("/console/blocked").text
    )


def test_a_formula_for_an_agent_is_no_formula_in_the_file(supervisor, redis_client):
    keep(redis_client, decision(agent="=1+1"))

    rows = list(csv.DictReader(io.StringIO(supervisor.get("/console/blocked.csv").text)))

    assert rows[0]["agent"] == "'=1+1"
