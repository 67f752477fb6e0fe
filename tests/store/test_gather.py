"""What one screening reads: the same facts by either protocol, and a store that is half there is no store."""

from datetime import timedelta
from pathlib import Path

import pytest

from dialer.errors import CannotKeep
from dialer.law.facts import Case
from dialer.law.records import Consent
from dialer.screening.gathered import Gathered
from dialer.screening.whose import place
from dialer.store import keys
from tests.doubles.house import NUMBER, House


def gathered(house: House, to: str = NUMBER, **asked: str) -> Gathered:
    question, configuration = house.outgoing(to, **asked), house.parts.configuration.current()
    placed = place(question, configuration)
    return house.parts.gate.facts.gather(question, placed, configuration, house.clock())


def a_full_line(house: House) -> None:
    """A line with a consent, a call, a no, and a listing."""
    for register in ("tps", "ctps"):
        house.load_register(register, NUMBER.replace("+44", "0"))
    given = house.clock() - timedelta(days=1)
    house.parts.records.add(
        Consent(id="con_1", contact_point=NUMBER, principal="alder", given_at=given, recorded_at=given)
    )
    house.screen(house.outgoing("020 7946 0125", receipt="0" * 64))
    house.screen(house.outgoing())
    house.object()


def case_by(protocol: int, redis_url: str, folder: Path) -> Case:
    return gathered(House(f"{redis_url}?protocol={protocol}", folder)).case


def test_either_protocol_reads_the_same_facts(redis_url: str, tmp_path: Path) -> None:
    a_full_line(House(redis_url, tmp_path))
    case = case_by(3, redis_url, tmp_path)
    assert case.consents and case.objections and case.registers.tps and case.registers.tps.listed
    assert case == case_by(2, redis_url, tmp_path)


@pytest.mark.parametrize("protocol", [2, 3])
def test_an_attempt_and_a_receipt_are_read_by_either_protocol(
    redis_url: str, tmp_path: Path, protocol: int
) -> None:
    house = House(f"{redis_url}?protocol={protocol}", tmp_path)
    for register in ("tps", "ctps"):
        house.load_register(register)
    house.screen(house.outgoing(receipt="a" * 64))
    found = gathered(house, receipt="a" * 64)
    assert found.case.conduct.attempts == (house.clock(),)
    assert found.receipt is not None and found.receipt.could_dial


def test_a_line_of_another_kind_is_not_known_and_not_known_is_no(redis_url: str, tmp_path: Path) -> None:
    house = House(redis_url, tmp_path)
    house.parts.redis.set(keys.line(NUMBER), "not a line")
    with pytest.raises(CannotKeep):
        gathered(house)


def test_a_line_nobody_knows_has_no_facts(redis_url: str, tmp_path: Path) -> None:
    found = gathered(House(redis_url, tmp_path))
    assert (found.seq, found.receipt, found.case.consents, found.case.registers.tps) == (0, None, (), None)
