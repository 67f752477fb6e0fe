"""A delta lost once its register is in force: the import comes to its end, and is not begun for ever."""

from dataclasses import replace
from pathlib import Path

import pytest

from dialer.registers.import_job import ImportState
from dialer.registers.import_work import ImportWorkshop, work_off
from dialer.registers.load import Loaded
from dialer.store.register_store import RegisterStore
from tests.doubles.house import House
from tests.workers.test_registers import FEW, MANY, numbers_in_force, sent, standing
from workers.parts import worker_parts

EARLIER, LATER = FEW, range(MANY.start, MANY.start + 210)


@pytest.fixture
def house(redis_url: str, data_folder: Path) -> House:
    return House(redis_url, data_folder)


@pytest.fixture
def workshop(house: House) -> ImportWorkshop:
    """A workshop of a house that has a first register, whose next file therefore newly lists somebody."""
    workshop = worker_parts(house.parts, should_stop=lambda: False).imports
    sent(house, EARLIER, days_ago=2)
    assert work_off(workshop) == 1
    return workshop


def lose_deltas(house: House) -> None:
    for delta in (house.data_dir / "registers" / "tps").iterdir():
        delta.unlink()


def test_a_delta_lost_after_the_swap_costs_the_count_and_not_the_import(
    house: House, workshop: ImportWorkshop
) -> None:
    def told(loaded: Loaded) -> dict[str, object]:
        lose_deltas(house)
        return workshop.told(loaded)

    later = sent(house, LATER, days_ago=1)
    assert work_off(replace(workshop, told=told)) == 1
    found = standing(house, later)
    assert (found.state, numbers_in_force(house)) == (ImportState.DONE, len(LATER))
    assert found.outcome is not None
    assert (found.outcome["added"], "newly_listed" in found.outcome) == (10, False)
    assert work_off(workshop) == 0


def test_a_delta_lost_within_the_swap_is_met_once_and_then_never_again(
    house: House, workshop: ImportWorkshop
) -> None:
    class Losing(RegisterStore):
        def swap(self, *given: object) -> None:  # type: ignore[override]
            super().swap(*given)  # type: ignore[arg-type]
            lose_deltas(house)

    later = sent(house, LATER, days_ago=1)
    assert work_off(replace(workshop, store=Losing(house.parts.redis))) == 0
    assert numbers_in_force(house) == len(LATER)

    assert work_off(workshop) == 1
    found = standing(house, later)
    assert (found.state, (found.outcome or {})["outcome"]) == (ImportState.DONE, "already_loaded")
    assert work_off(workshop) == 0
