"""The script ran and its answer was lost: sent again, nothing is done twice and nothing is left undone.

The line to the store is cut after every answer in turn, so each act is lost once at each of its steps.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dialer.errors import CannotKeep, Conflict
from dialer.store import keys
from dialer.wiring import Parts, wire
from tests.doubles.house import NUMBER, OTHER_NUMBER, House, settings_for
from tests.lines import Line
from tests.servers import RunningServer
from tests.store.acts import ACTS, Act

MOST_STEPS = 40
# What cannot be done twice by its nature answers so; that it was done is seen by its trace.
SAYS_IT_IS_DONE = {"permit"}


@dataclass
class Lossy:
    """A house reached by two processes: one over a line that can be cut, one straight."""

    server: RunningServer
    folder: Path
    line: Line

    def fresh(self, act: Act) -> tuple[House, dict[str, str], Parts]:
        """An emptied store with a house, what comes before the act done; and the parts behind the line."""
        House(self.server.url, self.folder).parts.redis.flushall()
        house = House(self.server.url, self.folder)
        house.load_register("tps")
        house.load_register("ctps")
        self.line.answers_until_cut = None
        far = wire(settings_for(self.line.url, self.folder), clock=house.clock)
        far.configuration.refresh()
        return house, act.before(house), far

    def lost_after(self, answers: int, act: Act) -> tuple[House, bool]:
        """Do the act over a line that is cut after so many answers, then again; says if it was lost."""
        house, found, far = self.fresh(act)
        straight, house.parts = house.parts, far
        self.line.answers_until_cut = answers
        was_lost = False
        try:
            act.act(house, found)
        except CannotKeep:
            was_lost = True
        self.line.cut()
        house.parts = straight
        if was_lost:
            again(house, found, act)
        return house, was_lost


def again(house: House, found: dict[str, str], act: Act) -> None:
    try:
        act.act(house, found)
    except Conflict:
        assert act in [ACTS[name] for name in SAYS_IT_IS_DONE]


def trace(house: House) -> dict[str, Any]:
    """What an act leaves behind, without the ids and times that differ from run to run."""
    redis = house.parts.redis
    entries: Any = redis.xrange(keys.LEDGER)
    lines: Any = [redis.hgetall(keys.line(line)) for line in (NUMBER, OTHER_NUMBER)]
    return {
        "ledger": Counter(fields[b"k"] for _, fields in entries),
        "fields": [Counter(name.partition(b":")[0] for name in line) for line in lines],
        "seq": [line.get(b"seq") for line in lines],
        "entries": [redis.llen(keys.line_entries(line)) for line in (NUMBER, OTHER_NUMBER)],
        "reviews": (redis.zcard(keys.REVIEWS_OPEN), redis.zcard(keys.REVIEWS_SETTLED)),
        "notices": redis.zcard(keys.NOTICES_BY_STATE),
        "attempts": redis.zcard(keys.attempts(NUMBER)),
        "codes": redis.hgetall(keys.WRAP_UP_CODES),
    }


@pytest.fixture
def lossy(shared_server: RunningServer, line: Line, tmp_path: Path) -> Lossy:
    return Lossy(shared_server, tmp_path, line)


# An entry as it came is told again as it came: two are no more than one, and change nothing.
@pytest.mark.parametrize("name", sorted(set(ACTS) - {"wrap-up", "wrap-up codes", "line facts"}))
def test_an_act_whose_answer_was_lost_is_done_once_when_it_is_sent_again(lossy: Lossy, name: str) -> None:
    act = ACTS[name]
    house, found, _ = lossy.fresh(act)
    act.act(house, found)
    wanted, losses = trace(house), 0
    for answers in range(MOST_STEPS):
        house, was_lost = lossy.lost_after(answers, act)
        assert trace(house) == wanted, (name, answers)
        losses += was_lost
        if not was_lost:
            break
    assert 0 < losses < MOST_STEPS
