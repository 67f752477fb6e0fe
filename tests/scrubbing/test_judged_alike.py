"""Lines judged once for many, among thousands of any records, are told what each would be told alone."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from dialer.calls.call import DialMode
from dialer.calls.campaign import Purpose
from dialer.law.facts import Policy
from dialer.law.records import Consent
from dialer.screening.at_hand import with_noes_at_hand
from dialer.screening.lasting import judge_for_long
from dialer.screening.question import Binding, Question
from dialer.screening.whose import place
from dialer.scrubbing.outcome import outcome_of
from dialer.store.configuration import POLICY_ID, Section
from tests.doubles.house import MONDAY, House, campaign
from tests.scrubbing.any_line import AnyLine
from tests.scrubbing.lists import result, scrubbed, written
from tests.scrubbing.test_same_as_screening import consent

LINES = [f"+4420794{n:05d}" for n in range(60_000, 61_500)]
COLUMNS = ("verdict", "reason", "until", "reasons", "say")


def alone(house: House, line: str) -> dict[str, str]:
    """Judge one line's facts as a screening reads them, and say it as a list does."""
    question = Question(to=line, binding=Binding.ADVISORY, campaign="C1")
    configuration, parts = house.parts.configuration.current(), house.parts
    gathered = parts.gate.facts.gather(question, place(question, configuration), configuration, house.clock())
    verdict, until = judge_for_long(with_noes_at_hand(gathered.case), parts.book)
    told = outcome_of(verdict, until=until)
    shown = told.until.isoformat() if told.until else ""
    return {
        "verdict": told.answer.value,
        "reason": told.reason,
        "until": shown,
        "reasons": "|".join(told.reasons),
        "say": told.say.replace("’", "'"),
    }


@pytest.mark.parametrize(
    ("changed", "hour"),
    [
        ({}, 10),
        ({}, 22),
        ({"dial_mode": DialMode.PREDICTIVE, "machine_detection": True}, 10),
        ({"dial_mode": DialMode.PREDICTIVE}, 21),
        ({"purpose": Purpose.CLAIMS}, 10),
    ],
    ids=["live", "at night", "predictive", "predictive at night", "claims"],
)
def test_each_line_is_told_what_it_would_be_told_alone(
    house: House, folder: Path, changed: dict[str, Any], hour: int
) -> None:
    at = MONDAY.replace(hour=hour)
    draw = random.Random(f"{changed} {hour}")
    for line in LINES:
        AnyLine(draw, line, at).some().keep(house)
    house.put(Section.CAMPAIGNS, "C1", campaign(**changed))
    house.put(Section.POLICY, POLICY_ID, Policy(tps_grace="statutory"))
    house.load_register("tps", *(f"0{line[3:]}" for line in LINES[::3]), extracted_on=date(2026, 11, 22))
    house.clock.now = at
    scrubbed(house, written(folder, "id,Phone\n" + "".join(f"{line},{line}\n" for line in LINES)))

    for row in result(folder):
        told = {name: row[f"ringfence_{name}"] for name in COLUMNS}
        assert told == alone(house, row["id"]), row["id"]


def test_consents_are_taken_in_the_order_of_their_ids_and_not_as_they_stand(
    house: House, folder: Path
) -> None:
    first, other = LINES[0], LINES[1]
    for line, ends in ((first, (30, 60)), (other, (60, 30))):
        for name, days in zip("ab", ends, strict=True):
            house.parts.records.add(_consent(line, f"con_{name}", days))
    rows = f"Phone\n{first}\n{other}\n"
    scrubbed(house, written(folder, rows))

    ends_on = [row["ringfence_until"][:10] for row in result(folder)]
    assert ends_on == ["2026-12-23", "2027-01-22"]


def _consent(line: str, name: str, days: int) -> Consent:
    return replace(consent(line, days=5), id=name, expires_at=MONDAY + timedelta(days=days))
