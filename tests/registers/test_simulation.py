"""Random imports, full and change files in turn, against a plain model of what is listed since when."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from dialer.registers.delta import standing_on
from dialer.store.register_store import RegisterStore
from tests.registers.conftest import Listings
from tests.registers.files import FIRST, FRIDAY, changes_file, load_file, numbers_file

# Three pages: one crowded around the change of form, one thin, one that comes and goes.
UNIVERSE = [
    *range(FIRST, FIRST + 900),
    *range(FIRST + 10_000, FIRST + 10_040),
    *range(FIRST + 20_000, FIRST + 20_003),
]
IMPORTS = 7


@dataclass
class Model:
    """Number → (first seen, absent before), the day of the newest file, and what was listed on each day."""

    listed: dict[int, tuple[date, date | None]] = field(default_factory=dict)
    newest: date | None = None
    history: dict[date, set[int]] = field(default_factory=dict)

    def becomes(self, numbers: set[int], day: date) -> None:
        """Take over a new state of the register."""
        self.listed = {n: self.listed.get(n, (day, self.newest)) for n in numbers}
        self.newest = day
        self.history[day] = numbers


@pytest.mark.parametrize("seed", range(6))
def test_after_any_sequence_of_files_every_number_is_as_the_model_says(
    store: RegisterStore, tmp_path: Path, listing: Listings, seed: int
) -> None:
    draw, model, day = random.Random(seed), Model(), FRIDAY - timedelta(days=40)
    for _ in range(IMPORTS):
        day += timedelta(days=draw.randrange(1, 5))
        _import_something(draw, model, store, tmp_path, day)
        for number in UNIVERSE[::7]:
            said, known = listing(f"+44{number}"), model.listed.get(number)
            assert said.listed is (known is not None), (seed, number)
            assert (said.first_seen_on, said.last_absent_on) == (known or (None, None)), (seed, number)
    for number in draw.sample(UNIVERSE, 10):
        for past, listed in model.history.items():
            said_then = standing_on(tmp_path / "registers" / "tps", f"+44{number}", past)
            assert said_then.listed is (number in listed), (seed, number, past)


def _import_something(
    draw: random.Random, model: Model, store: RegisterStore, folder: Path, day: date
) -> None:
    before = set(model.listed)
    if not before or draw.random() < 0.5:
        after = set(draw.sample(UNIVERSE, draw.randrange(500, len(UNIVERSE))))
        path = numbers_file(folder, draw.sample(sorted(after), len(after)), f"{day}.txt")
    else:
        added = set(draw.sample(UNIVERSE, draw.randrange(1, 60))) - before
        removed = set(draw.sample(sorted(before), draw.randrange(1, 60)))
        after = (before | added) - removed
        path = changes_file(folder, added=sorted(added), removed=sorted(removed), name=f"{day}.csv")
    load_file(store, path, extracted_on=day, accept_change=True)
    model.becomes(after, day)
