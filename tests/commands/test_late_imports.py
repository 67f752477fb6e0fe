"""A no that a file brings days late: the calls made meanwhile are listed for breach review."""

import json
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dialer.commands import audit as command
from dialer.files.number_cell import NumberReading
from dialer.objections.file_row import FileOrder
from dialer.objections.import_file import import_objections
from dialer.objections.record_all import BatchDesk, record_all
from dialer.store.objection_batches import ObjectionBatches
from tests.doubles.house import MONDAY, NUMBER, OTHER_NUMBER, House

CALLED_AT = MONDAY + timedelta(hours=2)


@pytest.fixture
def house(redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house that rang both numbers on Monday at noon; it is Tuesday now."""
    made = House(redis_url, tmp_path)
    for name in ("tps", "ctps"):
        made.load_register(name)
    made.clock.now = CALLED_AT
    for number in (NUMBER, OTHER_NUMBER):
        made.screen(made.outgoing(number))
    made.clock.advance(days=1)
    monkeypatch.setattr(command, "_parts", lambda: made.parts)
    return made


def suppress(house: House, *rows: str, principal: str | None = "alder", operator: str | None = None) -> None:
    path = house.data_dir / "dnc.csv"
    path.write_text("\n".join(["contact_point,person,effective_at", *rows]) + "\n")
    numbers = NumberReading("GB", drama_mobiles=False)
    order = FileOrder(principal=principal, operator=operator, at=house.clock(), numbers=numbers)
    desk = BatchDesk(batches=ObjectionBatches(house.parts.redis, house.parts.safety), desk=house.parts.desk)
    import_objections(path, order, partial(record_all, parts=desk))


def late() -> list[dict[str, Any]]:
    answer = CliRunner().invoke(command.audit, ["late", "--json"])
    assert answer.exit_code == 0, answer.output
    found: list[dict[str, Any]] = json.loads(answer.stdout)
    return found


@pytest.mark.parametrize("person", ["", "P1"])
def test_a_call_after_a_no_that_was_imported_late_is_listed(house: House, person: str) -> None:
    suppress(house, f"{NUMBER},{person},{MONDAY.isoformat()}", f"{OTHER_NUMBER},,")
    (found,) = late()
    assert (found["to"], found["reason"]) == (NUMBER, "UK_R21_1A_OBJECTED")
    assert found["called_at"] == CALLED_AT.isoformat()


def test_a_no_to_an_operator_reaches_its_calls_too(house: House) -> None:
    suppress(house, f"{NUMBER},,{MONDAY.isoformat()}", principal=None, operator="beck")
    assert [found["to"] for found in late()] == [NUMBER]


def test_a_no_that_is_dated_after_the_call_or_not_at_all_lists_none(house: House) -> None:
    suppress(house, f"{NUMBER},,{(CALLED_AT + timedelta(hours=1)).isoformat()}", f"{OTHER_NUMBER},,")
    assert late() == []


def test_the_file_again_lists_the_call_once(house: House) -> None:
    for _ in range(2):
        suppress(house, f"{NUMBER},,{MONDAY.isoformat()}")
        house.clock.advance(hours=1)
    assert len(late()) == 1
