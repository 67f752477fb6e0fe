"""The queue's page: what waits, with its words and when it comes into force; each decision by its form."""

import re

import pytest

from dialer.people.roles import NumbersShown, Role
from dialer.people.users import User
from dialer.store.configuration import Section
from tests.doubles.house import campaign
from tests.web.console.conftest import password_hash
from tests.web.console.noes import (
    CLEAR,
    DOUBTFUL,
    LINE,
    objection_on,
    open_ids,
    questioned,
    said,
)

PATH = "/console/reviews"


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def csrf(page):
    return re.search(r'name="csrf" value="([^"]+)"', page.text).group(1)


def decide(client, review, act, **fields):
    form = {"csrf": csrf(client.get(PATH)), "act": act} | fields
    return client.post(f"{PATH}/{review}", data=form)


def held(parts):
    return [hold.id for hold in parts.holds.standing(LINE)]


def test_it_shows_the_words_with_the_doubt_marked_and_when_each_comes_into_force(supervisor, parts):
    said(parts, DOUBTFUL)
    page = supervisor.get(PATH)
    assert "oh just <mark>get lost</mark>" in page.text
    text = words(page)
    for told in (
        "In force by itself 25 Nov 2026, 00:00:00 GMT in 1 day",
        "All marketing, from Alder Energy Ltd",
        "A hostile dismissal",
        "a17 · Robin Reed",
        "Model hearing-",
        "No clip of this call is kept: read the words.",
    ):
        assert told in text, told


def test_a_possible_no_is_confirmed_and_the_page_says_so(supervisor, parts):
    said(parts, DOUBTFUL)
    (review,) = open_ids(parts)
    answer = decide(supervisor, review, "confirm")
    assert (answer.status_code, answer.location) == (303, f"{PATH}?done={review}")
    page = words(supervisor.get(answer.location))
    assert ("Confirmed: it is in force." in page, "Nothing waits." in page) == (True, True)
    assert [no.words for no in parts.records.of_line(LINE).objections] == [DOUBTFUL]
    assert parts.reviews.find(review).settled_by.name == "sam"


def test_a_line_is_released_only_with_a_reason(supervisor, parts):
    said(parts, DOUBTFUL)
    (review,) = open_ids(parts)
    refused = decide(supervisor, review, "not_an_opt_out", note="  ")
    assert (refused.status_code, "to lift a hold needs a reason" in refused.text, len(held(parts))) == (
        400,
        True,
        1,
    )
    done = decide(supervisor, review, "not_an_opt_out", note="they meant the dog")
    assert (done.status_code, held(parts)) == (303, [])
    assert "they meant the dog" in supervisor.get(done.location).text


@pytest.mark.parametrize(
    ("fields", "scope"),
    [
        ({"reach": "campaign", "channels": ["calls"]}, ("campaign", ("calls",), "C1", False)),
        (
            {"reach": "principal", "channels": ["calls", "texts", "email", "post"]},
            ("principal", "all", None, False),
        ),
        (
            {"reach": "group", "channels": ["texts"], "this_line_only": "yes"},
            ("group", ("texts",), None, True),
        ),
    ],
)
def test_its_scope_is_changed(supervisor, parts, fields, scope):
    said(parts, DOUBTFUL)
    assert decide(supervisor, open_ids(parts)[0], "change_scope", **fields).status_code == 303
    (no,) = parts.records.of_line(LINE).objections
    assert (no.scope.reach, no.scope.channels, no.scope.campaign, no.scope.this_line_only) == scope


@pytest.mark.parametrize("fields", [{"act": "perhaps"}, {"act": "change_scope", "reach": "principal"}])
def test_half_a_form_is_refused_and_changes_nothing(supervisor, parts, fields):
    said(parts, DOUBTFUL)
    answer = decide(supervisor, open_ids(parts)[0], **fields)
    assert (answer.status_code, 'role="alert"' in answer.text, len(held(parts))) == (400, True, 1)


def test_what_somebody_else_settled_meanwhile_is_said(supervisor, parts):
    said(parts, DOUBTFUL)
    (review,) = open_ids(parts)
    decide(supervisor, review, "confirm")
    said(parts, DOUBTFUL, call="CA2", line="+442079460124")
    late = decide(supervisor, review, "not_an_opt_out", note="no")
    assert (late.status_code, "this was confirmed before" in late.text) == (409, True)


def test_what_was_heard_first_comes_into_force_soonest_and_stands_first(supervisor, parts, clock):
    for number in range(6):
        said(parts, DOUBTFUL, call=f"CA{number}", line=f"+4420794602{number:02d}")
        clock.advance(minutes=1)
    for query, expected in (("", [*range(6)]), ("?order=newest", [*range(5, -1, -1)])):
        found = re.findall(r"\+44207946020(\d)", supervisor.get(PATH + query).text)
        assert [int(each) for each in found] == expected


def test_it_is_filtered_sorted_and_paged(supervisor, parts):
    parts.configuration.put(Section.CAMPAIGNS, "C9", campaign("C9", principal="ORG_A", operator="OP_1"))
    for number in range(23):
        named = {"campaign": "C9"} if number == 22 else {}
        said(parts, DOUBTFUL, call=f"CA{number}", line=f"+4420794602{number:02d}", **named)
    first, second = supervisor.get(PATH), None
    following = re.search(r'rel="next" href="([^"]+)"', first.text).group(1).replace("&amp;", "&")
    second = supervisor.get(following)
    counts = [
        page.text.count("data-review") for page in (first, second, supervisor.get(f"{PATH}?campaign=C9"))
    ]
    assert counts == [20, 3, 1]
    order = re.findall(r'<article class="card no" id="([^"]+)"', first.text + second.text)
    newest = re.findall(r'<article class="card no" id="([^"]+)"', supervisor.get(f"{PATH}?order=newest").text)
    assert (sorted(order) == order, newest) == (True, order[::-1][:20])
    assert "Nothing that waits fits" in supervisor.get(f"{PATH}?agent=nobody").text


@pytest.mark.parametrize(("numbers", "seen"), [(NumbersShown.LAST4, "0123"), (NumbersShown.NONE, "hidden")])
def test_numbers_are_hidden_in_the_words_too(as_user, parts, numbers, seen):
    said(parts, CLEAR)
    questioned(parts, objection_on(parts), note="it was 07700 900123 that they meant")
    page = as_user(numbers=numbers).get(PATH).text
    assert ("07700 900123" in page, LINE in page, seen in page) == (False, False, True)


def test_another_principals_noes_are_not_there(as_user, parts):
    said(parts, DOUBTFUL)
    (review,) = open_ids(parts)
    stranger = as_user(principals=("ORG_B",))
    said(parts, DOUBTFUL, call="CA2", line="+442079460124", principal="ORG_B", campaign="C2")
    assert stranger.get(PATH).text.count("data-review") == 1
    assert decide(stranger, review, "confirm").status_code == 404
    assert stranger.get(f"{PATH}/{review}/clip").status_code == 404


def test_an_auditor_reads_and_decides_nothing(as_user, parts):
    said(parts, DOUBTFUL)
    auditor = as_user(Role.AUDITOR)
    page = auditor.get(PATH)
    assert ("get lost" in page.text, "data-act" in page.text) == (True, False)
    assert decide(auditor, open_ids(parts)[0], "confirm").status_code == 403


def test_a_form_of_elsewhere_is_refused(supervisor, parts):
    said(parts, DOUBTFUL)
    assert decide(supervisor, open_ids(parts)[0], "confirm", csrf="x" * 43).status_code == 403
    assert len(held(parts)) == 1


def test_an_agent_is_told_that_the_page_is_not_theirs(as_user, parts):
    parts.people.save(User(name="ann", role=Role.AGENT, password_hash=password_hash()))
    assert as_user(Role.AGENT).get(PATH).status_code == 403
