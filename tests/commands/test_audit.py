"""`ringfence audit`: a past call log judged then and now, late noes found, decisions judged again."""

import csv
import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dialer.clock import LONDON
from dialer.commands import audit as command
from dialer.law.facts import SubscriberKind
from dialer.screening.screen import Screened
from dialer.store import keys
from dialer.store.configuration import Section
from tests.doubles.house import ALDER, BECK, MONDAY, NUMBER, OTHER_NUMBER, House, campaign
from tests.store.linking import tell

THIRD = "+442079460125"


@pytest.fixture
def house(redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    made = House(redis_url, tmp_path)
    made.load_register("tps", OTHER_NUMBER)
    made.load_register("ctps")
    monkeypatch.setattr(command, "_parts", lambda: made.parts)
    return made


def run(*words: object) -> Result:
    return CliRunner().invoke(command.audit, [str(word) for word in words])


def log(folder: Path, *calls: tuple[str, datetime], **changed: str) -> Path:
    path = folder / "calls.jsonl"
    records = [
        {
            "sid": f"CA{n}",
            "to": to,
            "status": "completed",
            "direction": "outbound-dial",
            "start_time": at.astimezone(LONDON).strftime("%a, %d %b %Y %H:%M:%S %z"),
            **changed,
        }
        for n, (to, at) in enumerate(calls)
    ]
    path.write_text("\n".join(map(json.dumps, records)))
    return path


def audited(path: Path, *words: object) -> dict[str, Any]:
    answer = run("calls", path, "--campaign", "C1", "--json", *words)
    assert answer.exit_code == 0, answer.output
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def test_each_call_is_judged_then_and_now(house: House, tmp_path: Path) -> None:
    call_at = MONDAY + timedelta(hours=1)
    house.clock.now = MONDAY + timedelta(days=1)
    house.object(NUMBER, effective_at=MONDAY)
    found = audited(log(tmp_path, (NUMBER, call_at), (OTHER_NUMBER, call_at), (THIRD, call_at)))
    assert found["then"]["verdicts"] == {"allow": 2, "block": 1, "defer": 0, "unknown": 0}
    assert found["now"]["verdicts"] == {"allow": 1, "block": 2, "defer": 0, "unknown": 0}
    assert found["then"]["reasons"] == {"UK_R21_CLEAR": 2, "UK_R21_1B_TPS_LISTED": 1}
    assert found["now"]["reasons"]["UK_R21_1A_OBJECTED"] == 1
    assert [one["to"] for one in found["late"]["first"]] == [NUMBER]


def test_what_is_at_stake_is_split_on_the_day_the_cap_rose(house: House, tmp_path: Path) -> None:
    house.parts.redis.delete(keys.CONFIGURATION_HISTORY)
    house.clock.now = datetime(2026, 1, 1, tzinfo=MONDAY.tzinfo)
    for one in (ALDER, BECK):
        house.put(Section.ORGANISATIONS, one.id, one)
    house.put(Section.CAMPAIGNS, "C1", campaign())
    house.object(NUMBER)
    house.clock.now = MONDAY
    before, after = (datetime(2026, 2, day, 10, tzinfo=MONDAY.tzinfo) for day in (4, 5))
    found = audited(log(tmp_path, (NUMBER, before), (NUMBER, after), (NUMBER, after + timedelta(hours=1))))
    at_stake = found["then"]["exposure"]
    found_by_cap = {e["fine_cap_pounds"]: (e["calls"], e["lines"]) for e in at_stake}
    assert found_by_cap == {500_000: (1, 1), 17_500_000: (2, 1)}


def test_where_history_is_missing_the_answer_is_unknown(house: House, tmp_path: Path) -> None:
    long_ago = MONDAY - timedelta(weeks=57)
    found = audited(log(tmp_path, (NUMBER, long_ago)))
    assert found["then"]["verdicts"]["unknown"] == 1
    assert found["now"]["verdicts"]["unknown"] == 1
    assert found["missing"] == {"campaign": 1, "ctps": 1, "tps": 1}


def test_a_no_that_was_known_is_certain_though_the_registers_are_missing(
    redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = House(redis_url, tmp_path)
    monkeypatch.setattr(command, "_parts", lambda: bare.parts)
    bare.object(NUMBER)
    bare.clock.advance(hours=1)
    found = audited(log(tmp_path, (NUMBER, bare.clock.now), (THIRD, bare.clock.now)))
    assert found["then"]["reasons"] == {"UK_R21_1A_OBJECTED": 1, "unknown": 1}


def test_failed_and_cancelled_calls_stand_apart(house: House, tmp_path: Path) -> None:
    found = audited(log(tmp_path, (OTHER_NUMBER, MONDAY), status="failed"))
    assert found["then"]["verdicts"]["block"] == 0
    assert found["then"]["may_not_have_rung"] == {"block": 1}
    assert found["then"]["exposure"] == []


def test_the_logs_own_calls_count_as_attempts_and_ours_once(house: House, tmp_path: Path) -> None:
    times = []
    for _ in range(3):
        assert isinstance(house.screen(house.outgoing()), Screened)
        times.append(house.clock.now + timedelta(seconds=2))
        house.clock.advance(hours=1)
    by_hand = house.clock.now
    house.clock.advance(hours=1)
    found = audited(log(tmp_path, *((NUMBER, at) for at in (*times, by_hand))))
    assert found["now"]["reasons"] == {"UK_R21_CLEAR": 3, "UK_FREQ_CAP": 1}
    assert found["then"]["reasons"] == {"UK_R21_CLEAR": 3, "UK_FREQ_CAP": 1}


def test_every_row_ends_in_one_count_and_a_second_run_says_the_same(house: House, tmp_path: Path) -> None:
    path = log(tmp_path, *((NUMBER, MONDAY + timedelta(hours=n)) for n in range(5)))
    lines = path.read_text().splitlines()
    others = ['{"direction": "inbound"}', "{}", lines[0], "17", '{"to": "client:a17", "status": "busy"}']
    path.write_text("\n".join([*lines, *others]))
    once, again = audited(path), audited(path)
    assert once == again
    assert once["rows"] == 10 == sum(once["ends"].values())
    assert once["ends"]["judged"] == 5
    assert once["ends"]["repeated"] == once["ends"]["inbound"] == once["ends"]["own_endpoint"] == 1
    assert [fault["row"] for fault in once["faults"]] == [7, 9]


def test_the_csv_holds_each_call_and_agrees_with_the_counts(house: House, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    path = log(tmp_path, (OTHER_NUMBER, MONDAY), (NUMBER, MONDAY))
    found = audited(path, "--csv", out)
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert Counter(row["then_verdict"] for row in rows) == +Counter(found["then"]["verdicts"])
    judged = {row["to"]: row["then_reason"] for row in rows}
    assert judged == {NUMBER: "UK_R21_CLEAR", OTHER_NUMBER: "UK_R21_1B_TPS_LISTED"}
    assert not list(tmp_path.glob("*.part"))


def test_an_unknown_campaign_and_a_broken_file_end_with_one(house: House, tmp_path: Path) -> None:
    path = log(tmp_path, (NUMBER, MONDAY))
    assert run("calls", path, "--campaign", "C9").exit_code == 1
    path.write_text(path.read_text()[:-9])
    assert run("calls", path, "--campaign", "C1").exit_code == 1
    assert run("calls", path).exit_code == 2


def test_calls_between_a_no_and_our_hearing_of_it_are_listed(house: House) -> None:
    house.screen(house.outgoing())
    called_at = house.clock.now
    house.clock.advance(hours=1)
    house.screen(house.outgoing(OTHER_NUMBER))
    house.clock.advance(days=1)
    house.object(NUMBER, effective_at=called_at - timedelta(hours=1), source="letter")
    (found,) = json.loads(run("late", "--json").stdout)
    assert (found["to"], found["reason"]) == (NUMBER, "UK_R21_1A_OBJECTED")
    assert found["called_at"] == called_at.isoformat()


def test_a_late_no_to_another_matter_lists_no_call(house: House) -> None:
    house.screen(house.outgoing())
    house.clock.advance(days=1)
    house.object(NUMBER, effective_at=MONDAY - timedelta(days=1), principal="birch", operator=None)
    assert json.loads(run("late", "--json").stdout) == []


def test_a_decision_is_judged_the_same_again(house: House) -> None:
    screened = house.screen(house.outgoing())
    house.clock.advance(hours=1)
    house.object(NUMBER)
    tell(house, NUMBER, subscriber=SubscriberKind.CORPORATE, subscriber_evidence="register")
    assert isinstance(screened, Screened)
    answer = run("decision", screened.decision.id, "--json")
    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["same"] is True


def test_a_decision_that_was_altered_comes_out_other(house: House) -> None:
    screened = house.screen(house.outgoing(OTHER_NUMBER))
    assert isinstance(screened, Screened)
    line = house.parts.ledger.find(screened.decision.id)
    assert line is not None
    altered = json.dumps(line.fields | {"verdict": "allow"})
    forged = house.parts.redis.xadd(keys.LEDGER, {"k": "decision", "d": altered})
    house.parts.redis.set(keys.decision(screened.decision.id), forged)
    answer = run("decision", screened.decision.id)
    assert answer.exit_code == 1
    assert "comes out block" in answer.stdout
