"""What a list is told of a row is what `POST /v1/screen` would say, on every kind of number and fact."""

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.consents.line_facts import LineWord, put_line
from dialer.law.facts import Policy, SubscriberKind
from dialer.law.records import Consent, Proof, Reach, Scope, Wording
from dialer.screening.question import Binding, Question
from dialer.screening.screen import screen
from dialer.screening.what_if import read_case
from dialer.store.configuration import POLICY_ID, Section
from tests.doubles.house import MONDAY, House
from tests.screening.cases_as_records import keep
from tests.screening.test_cases_through_the_store import cases
from tests.scrubbing.lists import result, scrubbed, written

KINDS = (
    "020",
    "0113",
    "0131",
    "028",
    "07720",
    "07911",
    "0844",
    "09011",
    "0300",
    "+353 1 ",
    "+1 212 ",
    "0",
    "",
)
SHOWN = ("ringfence_verdict", "ringfence_reason", "ringfence_reasons", "ringfence_until")


def asked(house: House, number: str, **changed: object) -> tuple[str, ...]:
    """Return what a screening says, as a list shows it; `until` of a defer alone, which a screening has."""
    wanted: dict[str, Any] = {"to": number, "binding": Binding.ADVISORY, "campaign": "C1"} | changed
    question = Question(**wanted)
    verdict = screen(question, house.parts.gate).decision.verdict  # type: ignore[union-attr]
    until = verdict.retry_at.isoformat() if verdict.retry_at else ""
    codes = "|".join(reason.code for reason in verdict.reasons)
    return verdict.answer.value, verdict.reason, codes, until


def shown(row: dict[str, str]) -> tuple[str, ...]:
    """Return the same of a row."""
    answer, reason, codes, until = (row[name] for name in SHOWN)
    return answer, reason, codes, until if answer == "defer" else ""


def any_number(draw: random.Random) -> str:
    """Return a number of any kind, or what somebody took for one."""
    number = draw.choice(KINDS) + "".join(draw.choices("0123456789", k=draw.choice((6, 6, 6, 7, 7))))
    return draw.choice((number, number, f" {number}", number.replace("0", "O", draw.random() < 0.05)))


def some_facts(house: House, numbers: list[str], draw: random.Random) -> None:
    """Hold something of every kind about some of the numbers."""
    at = house.clock()
    for number in numbers:
        match draw.randrange(7):
            case 0:
                house.object(number)
            case 1:
                house.object(number, principal="birch")
            case 2:
                house.object(number, scope=Scope(reach=Reach.CAMPAIGN, channels="voice", campaign="C1"))
            case 3:
                house.parts.records.add(consent(number, days=draw.randrange(1, 900)))
            case 4:
                known(house, number, subscriber=SubscriberKind.CORPORATE, subscriber_evidence="register")
            case 5:
                known(house, number, no_contact="vulnerable")
            case _:
                for hours in range(draw.randrange(1, 5)):
                    question = house.outgoing(number, call_ref=f"CA{number}{hours}")
                    house.screen(question)
    house.clock.now = at


def known(house: House, number: str, **told: Any) -> None:
    """Tell something of the line itself."""
    word = LineWord(contact_point=number, principal="alder", by="test", **told)
    put_line(word, house.parts.lines, at=house.clock())


def consent(number: str, *, days: int) -> Consent:
    """Return a consent to live calls by Alder."""
    given = MONDAY - timedelta(days=days)
    return Consent(
        id=f"con_{number}",
        contact_point=number,
        principal="alder",
        named_as="Alder Energy Ltd",
        channels=(Channel.LIVE_CALL,),
        purposes=(Purpose.GENERAL,),
        given_at=given,
        recorded_at=given,
        method="web_form",
        wording=Wording(version="w3", text="May Alder Energy Ltd ring me?"),
        proof=Proof(kind="form_log", ref="f1", sha256="0" * 64),
        given_by="subscriber",
        source="own",
        specific=True,
    )


@pytest.mark.parametrize("grace", ["off", "statutory"])
@pytest.mark.parametrize("hour", [10, 22])
def test_each_row_of_a_mixed_list_is_told_what_a_screening_says(
    house: House, folder: Path, grace: str, hour: int
) -> None:
    draw = random.Random(f"{grace} {hour}")
    house.put(Section.POLICY, POLICY_ID, Policy(tps_grace=grace))  # type: ignore[arg-type]
    numbers = [any_number(draw) for _ in range(250)]
    readable = [f"+44207946{n:04d}" for n in range(40)]
    some_facts(house, readable, draw)
    house.load_register("tps", *(f"0{n[3:]}" for n in readable[::5]), extracted_on=date(2026, 11, 22))
    house.clock.now = MONDAY.replace(hour=hour)
    lines = "".join(f"{n},{number}\n" for n, number in enumerate([*numbers, *readable]))

    scrubbed(house, written(folder, "id,Phone\n" + lines))

    rows = result(folder)
    assert len(rows) == 290
    for row in rows:
        assert shown(row) == asked(house, row["Phone"].strip()), row["Phone"]


def test_each_case_of_the_law_is_told_in_a_list_as_at_the_door(redis_url: str, tmp_path: Path) -> None:
    house = House(redis_url, tmp_path)
    checked = 0
    for described in cases():
        case = read_case(json.dumps(described))
        if case.campaign is None or case.request is None or described["stores"]["objections"] != "up":
            continue
        house.parts.redis.flushall()
        keep(house, case)
        channel = case.request.channel
        path = written(tmp_path, f"id,number\n1,{case.request.to or ''}\n")
        scrubbed(house, path, campaign=case.campaign.id, channel=channel, columns=("number",))
        expected = asked(house, case.request.to or "", campaign=case.campaign.id, channel=channel)
        assert shown(result(tmp_path)[0]) == expected, described["id"]
        checked += 1
    assert checked > 40
