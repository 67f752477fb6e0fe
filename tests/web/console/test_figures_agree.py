"""Pages, API, files and terminal tell the same figures of the same days."""

import csv
import io
import json
import random
import re
from datetime import timedelta

import pytest
from click.testing import CliRunner

from dialer.commands import report as command
from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.screening.verdict import Answer
from dialer.store.configuration import Section
from tests.reports.lines import NOON, OBJECTED, TPS, decision, keep

CODES = (
    (TPS, Answer.BLOCK),
    (OBJECTED, Answer.BLOCK),
    ("UK_R21_CLEAR", Answer.ALLOW),
    ("UK_FREQ_CAP", Answer.DEFER),
)


@pytest.fixture
def a_busy_week(redis_client):
    chance = random.Random(20261123)
    calls = [
        decision(
            *chance.choice(CODES),
            at=NOON - timedelta(minutes=chance.randrange(7 * 24 * 60)),
            campaign=chance.choice(("C1", "C2", None)),
            agent=chance.choice(("a17", "a18", "client:zoë|x", None)),
            advisory=chance.random() < 0.1,
        )
        for _ in range(400)
    ]
    keep(redis_client, *calls)


@pytest.fixture
def everywhere(supervisor, parts, monkeypatch):
    """Ask for a report at each of the four doors; returns what each calls its total."""
    key = Key(id="key_1", name="test", role=Role.SUPERVISOR, digest=digest_of("rfk_test"))
    parts.configuration.put(Section.KEYS, key.id, key)
    monkeypatch.setattr(command, "_parts", lambda: parts)

    def ask(query, *options):
        page = supervisor.get(f"/console/blocked?{query}").text
        file = supervisor.get(f"/console/blocked.csv?{query}").text
        headers = {"Authorization": "Bearer rfk_test", "Accept": "application/json"}
        api = supervisor.get(f"/v1/reports/blocked-calls?{query}", headers=headers)
        terminal = CliRunner().invoke(command.report, ["blocked", "--json", *options])
        return [
            int(re.search(r"<strong>([\d,]+)</strong> call", page).group(1).replace(",", "")),
            len(list(csv.DictReader(io.StringIO(file)))),
            api.get_json()["total"],
            len(api.get_json()["calls"]),
            json.loads(terminal.stdout)["total"],
        ]

    return ask


DAYS = ("from=2026-11-17&to=2026-11-23", "--from", "2026-11-17", "--to", "2026-11-23")


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", ()),
        (f"&reason={TPS}", ("--reason", TPS)),
        ("&campaign=C2", ("--campaign", "C2")),
        ("&agent=a18", ("--agent", "a18")),
        (
            f"&agent=a17&reason={OBJECTED}&campaign=C1",
            ("--agent", "a17", "--reason", OBJECTED, "--campaign", "C1"),
        ),
    ],
)
def test_page_file_api_and_terminal_tell_the_same_figure(a_busy_week, everywhere, query, options):
    figures = everywhere(DAYS[0] + query, *DAYS[1:], *options)

    assert figures[0] > 0
    assert len(set(figures)) == 1
