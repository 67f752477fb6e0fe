"""`ringfence report`: figures for a person, a spreadsheet and a script, out of a real ledger."""

import csv
import io
import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from dialer.commands import report as command
from dialer.screening.verdict import Answer
from dialer.wiring import wire
from tests.reports.lines import NOON, OBJECTED, TPS, decision, keep
from tests.web.console.conftest import settings_at


@pytest.fixture
def run(redis_url, monkeypatch):
    # The parts of an installation whose clock stands at noon; what they read is a real ledger.
    parts = wire(settings_at(redis_url), clock=lambda: NOON)
    monkeypatch.setattr(command, "_parts", lambda: parts)
    return lambda *words: CliRunner().invoke(command.report, words)


@pytest.fixture
def two_days(redis_client):
    keep(
        redis_client,
        decision(TPS),
        decision(TPS, agent=None, campaign="C2"),
        decision(OBJECTED, at=NOON - timedelta(days=1)),
        decision("UK_HOURS_OUTSIDE", Answer.DEFER),
    )


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        (("--by", "reason"), [{"reason": TPS, "calls": 2}]),
        (("--by", "agent"), [{"agent": None, "calls": 1}, {"agent": "a17", "calls": 1}]),
        (
            ("--by", "day", "--from", "2026-11-22"),
            [{"day": d, "calls": n} for d, n in (("2026-11-22", 1), ("2026-11-23", 2))],
        ),
        (("--by", "campaign", "--agent", "a17"), [{"campaign": "C1", "calls": 1}]),
        (("--by", "reason", "--put-off"), [{"reason": "UK_HOURS_OUTSIDE", "calls": 1}]),
    ],
)
def test_json_counts_what_was_asked_for(run, two_days, words, groups):
    answer = run("blocked", "--json", *words)

    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["groups"] == groups


def test_json_without_by_lists_each_call(run, two_days):
    read = json.loads(run("blocked", "--from", "2026-11-22", "--to", "2026-11-23", "--json").stdout)

    assert read["total"] == len(read["calls"]) == 3
    assert read["calls"][0]["citation"] == "PECR 2003 reg 21(1)(a)"
    assert read["calls"][0]["to"] == "+442079460123"


def test_csv_is_a_file_a_spreadsheet_reads(run, two_days):
    text = run("blocked", "--csv").stdout_bytes.decode()

    assert "\r\n" in text
    assert [row["reason"] for row in csv.DictReader(io.StringIO(text))] == [TPS, TPS]


def test_a_person_sees_reasons_with_their_law_and_each_call_with_its_id(run, redis_client):
    made = decision(TPS)
    keep(redis_client, made)

    answer = run("blocked")

    assert answer.stdout.startswith("1 call blocked, 2026-11-23\n")
    for said in (TPS, "reg 21(1)(b)", "a17", "C1", made.id):
        assert said in answer.stdout


def test_why_tells_each_rule_its_law_and_its_facts(run, redis_client):
    made = decision(TPS, facts=(("extracted_on", NOON.date() - timedelta(days=3)), ("listed", True)))
    keep(redis_client, made)

    answer = run("why", made.id)

    assert "Blocked: Don't call: the number is on the TPS register." in answer.stdout
    assert "PECR 2003 reg 21(1)(b)  https://www.legislation.gov.uk/" in answer.stdout
    assert "File extracted on: 2026-11-20 (3 days before)" in answer.stdout


def test_an_agents_name_cannot_steer_the_terminal(run, redis_client):
    keep(redis_client, decision(agent="\x1b[2J[red]gone[/red]"))

    answer = run("blocked")

    assert "\x1b[2J" not in answer.stdout
    assert "[red]gone[/red]" in answer.stdout


def test_an_empty_day_is_said_and_is_no_failure(run):
    answer = run("blocked")

    assert (answer.exit_code, answer.stdout.strip()) == (0, "0 calls blocked, 2026-11-23")


def test_two_formats_at_once_are_wrong_usage(run):
    assert run("blocked", "--csv", "--json").exit_code == 2


@pytest.mark.parametrize("words", [("--from", "soon"), ("--from", "2026-11-23", "--to", "2026-11-22")])
def test_days_that_cannot_be_read_are_refused(run, words):
    answer = run("blocked", *words)

    assert answer.exit_code == 1
    assert answer.stdout == ""


def test_a_decision_nobody_made_is_said(run):
    assert "there is no decision dec_x" in str(run("why", "dec_x").exception)
