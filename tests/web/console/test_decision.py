"""One decision: the plain sentence first, then every rule and the facts it rests on."""

import re
from datetime import date, timedelta

import pytest

from dialer.people.roles import NumbersShown, Role
from dialer.screening.verdict import Answer
from dialer.store import keys
from tests.reports.lines import NOON, OBJECTED, TPS, decision, keep, reason


@pytest.fixture
def show(supervisor, redis_client):
    def show(made):
        keep(redis_client, made)
        return supervisor.get(f"/console/decisions/{made.id}")

    return show


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def test_the_page_begins_with_the_sentence_the_agent_was_told(show):
    page = show(decision(TPS))

    assert (
        re.search(r"<h1[^>]*>([^<]+)</h1>", page.text).group(1)
        == "Don&#39;t call: the number is on the TPS register."
    )


def test_every_rule_is_shown_with_its_citation_and_link(show):
    page = show(decision(TPS, more=(reason(OBJECTED),)))

    assert "Why: 2 rules failed" in page.text
    for citation in ("PECR 2003 reg 21(1)(b)", "PECR 2003 reg 21(1)(a)"):
        assert f'rel="noreferrer external">{citation}</a>' in page.text


def test_facts_are_shown_with_their_age(show):
    facts = (
        ("extracted_on", date(2026, 11, 20)),
        ("effective_at", NOON - timedelta(hours=3)),
        ("decided_on", date(2026, 11, 23)),
        ("listed", True),
        ("last_absent_on", None),
        ("attempts", 3),
    )

    text = words(show(decision(TPS, facts=facts)))

    assert "File extracted on 20 November 2026 3 days before" in text
    assert "In force since 23 Nov 2026, 09:00:00 GMT 3 hours before" in text
    assert "Decided on 23 November 2026 the same day" in text
    assert "Listed yes" in text
    assert "Last absent on not known" in text
    assert "Attempts 3" in text


def test_a_call_put_off_says_when_it_may_be_tried(show):
    text = words(show(decision("UK_HOURS_OUTSIDE", Answer.DEFER)))

    assert "It may be tried again from 23 Nov 2026, 14:00:00 GMT." in text


def test_an_allowed_call_shows_the_ground_that_opened_the_gate(show):
    text = words(show(decision("UK_R21_CLEAR", Answer.ALLOW)))

    assert "What allowed it" in text
    assert "failed" not in text


def test_names_stand_beside_the_ids(show):
    text = words(show(decision()))

    assert "Campaign C1 · Alder Energy" in text
    assert "Agent a17 · Robin Reed" in text
    assert "On behalf of Alder Energy Ltd" in text


@pytest.mark.parametrize("asked", ["dec_00000000000000000000000000", "x", "rf:ledger", "%2e%2e"])
def test_a_decision_that_is_not_there_is_a_page_that_says_so(supervisor, asked):
    answer = supervisor.get(f"/console/decisions/{asked}")

    assert answer.status_code == 404
    assert "Nothing here" in answer.text


def test_another_principals_decision_answers_as_if_it_were_not_there(as_user, redis_client):
    theirs = decision(principal="ORG_B")
    keep(redis_client, theirs)
    reader = as_user(principals=("ORG_A",))

    answers = [reader.get(f"/console/decisions/{asked}") for asked in (theirs.id, "dec_none")]

    texts = {re.sub(r"urn:uuid:[\w-]+", "", answer.text) for answer in answers}
    assert ({answer.status_code for answer in answers}, len(texts)) == ({404}, 1)


@pytest.mark.parametrize("numbers", [NumbersShown.LAST4, NumbersShown.NONE])
def test_a_hidden_number_is_nowhere_on_the_page(as_user, redis_client, numbers):
    facts = (("words", "ring me on 020 7946 0123"), ("line", "+442079460123"))
    made = decision(to="+442079460123", facts=facts)
    keep(redis_client, made)

    page = as_user(numbers=numbers).get(f"/console/decisions/{made.id}")

    assert "2079460123" not in page.text.replace(" ", "")
    assert page.status_code == 200


def test_a_link_in_a_ledger_line_is_never_a_script(show):
    from dataclasses import replace

    made = decision()
    bad = replace(made.verdict.reasons[0], url="javascript:alert(1)", citation="<b>x</b>")
    page = show(replace(made, verdict=replace(made.verdict, reasons=(bad,))))

    assert 'href="javascript' not in page.text
    assert "<b>x</b>" not in page.text


def test_a_line_that_cannot_be_read_is_said_and_not_guessed(supervisor, redis_client):
    entry = redis_client.xadd(keys.LEDGER, {"k": "decision", "d": '{"id":"dec_1","verdict":"maybe"}'})
    redis_client.set(keys.decision("dec_1"), entry)

    answer = supervisor.get("/console/decisions/dec_1")

    assert answer.status_code == 503
    assert "cannot be read" in answer.text


def test_an_objection_is_not_shown_as_a_decision(supervisor, redis_client):
    entry = redis_client.xadd(keys.LEDGER, {"k": "objection", "d": '{"id":"obj_1","principal":"ORG_A"}'})
    redis_client.set(keys.decision("dec_2"), entry)

    assert supervisor.get("/console/decisions/dec_2").status_code == 404


@pytest.mark.parametrize(
    ("role", "is_told"), [(Role.SUPERVISOR, False), (Role.AUDITOR, False), (Role.COMPLIANCE, True)]
)
def test_why_somebody_is_left_in_peace_is_shown_to_compliance_alone(as_user, redis_client, role, is_told):
    made = decision("POLICY_NO_CONTACT", facts=(("why", "vulnerable"),))
    keep(redis_client, made)
    page = as_user(role).get(f"/console/decisions/{made.id}")
    assert ("vulnerable" in page.text, page.status_code) == (is_told, 200)
