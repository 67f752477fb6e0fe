"""A shift of 200 agents: few reviews, no call cut by a machine, each no in force before the next screening.

What it takes for granted stands in `shift/assumptions.py` and docs/possible-opt-outs.md. `pytest -s` shows
what happened; SHIFT_SEED gives another shift.
"""

import os
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from dialer.calls.call import Channel
from dialer.law.records import ScopeChannels
from dialer.law.scope import channels_of
from dialer.store.ledger import Entry
from tests.doubles.house import House
from tests.simulation.shift.assumptions import Assumptions, Mood
from tests.simulation.shift.floor import Floor

SEED: Final = int(os.environ.get("SHIFT_SEED", "20261124"))
# Reviews that wait for a person once the call is wrapped up, of a hundred conversations.
BAR: Final = 1.0


def shift(house: House, *, conversations_each: int) -> tuple[Floor, float]:
    """Work one, print what happened, and return it with the reviews left of a hundred conversations."""
    assumed = Assumptions()
    floor = Floor(house, assumed, SEED)
    floor.work(conversations_each)
    left = sum(1 for _ in house.parts.listening.reviews.waiting.open_ones())
    held = sum(entry.kind == "hold" for entry in everything(house))
    share = 100 * left / floor.counts["conversations"]
    floor.counts.update({"reviews opened": held, "reviews left": left, "orders": floor.exchange.tended})
    print(f"seed {SEED}: {share:.2f} reviews a hundred", dict(sorted(floor.counts.items())), file=sys.stderr)
    return floor, share


def everything(house: House) -> list[Entry]:
    """Return the whole ledger, the oldest line first."""
    begin, end = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
    return list(house.parts.ledger.entries(begin, end, newest_first=False))


def dialled_after_a_no(house: House) -> list[str]:
    """Return decisions that allowed a call to a line after an objection to it: there must be none."""
    refused: set[str] = set()
    found: list[str] = []
    for entry in everything(house):
        if entry.kind == "objection" and Channel.LIVE_CALL in channels_of(channels_in(entry.fields)):
            refused |= set(entry.fields["lines"])
        elif (
            entry.kind == "decision" and entry.fields["to"] in refused and entry.fields["verdict"] == "allow"
        ):
            found.append(entry.fields["id"])
    return found


def channels_in(objection: dict[str, Any]) -> ScopeChannels | None:
    """Return what an objection in the ledger names."""
    named = objection["scope"]["channels"]
    return tuple(named) if isinstance(named, list) else named


def insist_that_it_was_a_shift(counts: Counter[str], *, conversations: int) -> None:
    """A shift in which nobody objected, or nobody was prompted, would prove nothing."""
    assert counts["conversations"] == conversations
    assert counts["turns"] > 3 * conversations
    assert all(counts[f"who {mood.value}"] for mood in (Mood.OBJECTS, Mood.REFUSES, Mood.TALKS))
    assert counts["prompted: opt_out"] >= conversations / 50
    assert counts["prompted: refusal"] >= conversations / 10
    assert min(counts["wrapped up: asked"], counts["wrapped up: fine"], counts["reviews opened"]) > 0
    assert counts["refused again"] >= conversations / 3
    assert counts["barred after: objects"] >= 0.8 * counts["who objects"]


def test_a_small_shift_cuts_nobody_off_and_forgets_no_objection(house: House) -> None:
    floor, share = shift(house, conversations_each=2)
    assert floor.wrong == []
    assert floor.exchange.cut == []
    assert dialled_after_a_no(house) == []
    insist_that_it_was_a_shift(floor.counts, conversations=400)
    # So few conversations say little of one in a hundred: what is far beyond it would show.
    assert share <= 2 * BAR


@pytest.mark.soak
@pytest.mark.timeout(3_600)
def test_a_whole_shift_leaves_less_than_one_review_a_hundred_conversations(house: House) -> None:
    floor, share = shift(house, conversations_each=Assumptions().conversations_each)
    assert (floor.wrong, floor.exchange.cut, dialled_after_a_no(house)) == ([], [], [])
    insist_that_it_was_a_shift(floor.counts, conversations=11_400)
    assert share <= BAR


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    """A house on a Monday morning, an hour after calls may begin."""
    return House(redis_url, tmp_path)
