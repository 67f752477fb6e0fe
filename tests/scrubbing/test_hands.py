"""Several processes on one list: in order, each to its end, and none left behind."""

import mmap
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any

import pytest

from dialer.errors import CannotKeep, Unreadable
from dialer.scrubbing.facts import BasisGone
from dialer.scrubbing.hands import hands_here, worked_on
from tests.servers import wait_for


class Doing:
    """Work whose shares are marked in memory that all hands see."""

    def __init__(self, act: Callable[[bytes], Any]) -> None:
        self._act = act
        self._shares = mmap.mmap(-1, 8)

    def read_share(self, share: int, of: int) -> None:
        assert share < of
        self._shares[share] = 1

    def all_is_read(self) -> None:
        self._act = partial(_after, self._act, self._shares[:].count(1))

    def done(self, block: bytes) -> Any:
        return self._act(block)


def _after(act: Callable[[bytes], Any], shares: int, block: bytes) -> Any:
    assert shares == 2, "a block was given before all shares were read"
    return act(block)


def blocks(count: int) -> Iterator[bytes]:
    for number in range(count):
        yield b"%d" % number


def doubled(block: bytes) -> tuple[int, int]:
    """Return twice the number in a block, and who did it; the early ones take long."""
    number = int(block)
    for _ in range(20_000 * (40 - number) if number < 40 else 0):
        pass
    return 2 * number, os.getpid()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("hands", [1, 2])
def test_what_is_made_comes_in_the_order_of_the_blocks(hands):
    made = list(worked_on(blocks(60), Doing(doubled), hands=hands))

    assert [number for number, _ in made] == [2 * n for n in range(60)]
    assert len({pid for _, pid in made}) == hands


@pytest.mark.parametrize("count", [0, 1])
def test_a_short_list_is_worked_on_by_this_process(count):
    assert [pid for _, pid in worked_on(blocks(count), Doing(doubled), hands=2)] == [os.getpid()] * count


def test_large_blocks_pass_both_ways():
    sent = [os.urandom(3_000_000) for _ in range(5)]

    made = list(worked_on(iter(sent), Doing(lambda block: block[::-1]), hands=2))

    assert made == [block[::-1] for block in sent]


@pytest.mark.parametrize("failure", [BasisGone("gone"), Unreadable("bad"), ValueError("ours")])
def test_what_breaks_one_breaks_the_whole(failure):
    def work(block: bytes) -> bytes:
        if block == b"7":
            raise failure
        return block

    with pytest.raises(type(failure), match=str(failure)):
        list(worked_on(blocks(20), Doing(work), hands=2))


def test_what_breaks_a_share_breaks_the_whole():
    class Broken(Doing):
        def read_share(self, share: int, of: int) -> None:
            raise BasisGone("replaced meanwhile")

    with pytest.raises(BasisGone):
        list(worked_on(blocks(20), Broken(doubled), hands=2))


def test_one_that_is_killed_ends_the_work_with_what_to_do():
    def work(block: bytes) -> bytes:
        if block == b"5":
            os.kill(os.getpid(), signal.SIGKILL)
        return block

    with pytest.raises(CannotKeep, match="scrub it again"):
        list(worked_on(blocks(20), Doing(work), hands=2))


def test_none_is_left_when_nobody_wants_the_rest():
    every = worked_on(blocks(200), Doing(doubled), hands=2)
    pids = {pid for _, pid in islice(every, 60)}
    every.close()

    assert not any(map(is_running, pids))


def test_all_end_when_their_parent_is_killed():
    with subprocess.Popen([sys.executable, "-m", __name__], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pids = {int(next(parent.stdout)) for _ in range(60)}
        parent.kill()

    assert len(pids) == 2
    wait_for(lambda: not any(map(is_running, pids)), what="the end of all that worked for the dead one")


def test_there_is_at_least_one():
    assert 1 <= hands_here() <= 4


if __name__ == "__main__":
    # The parent that is killed: it says who works for it.
    for _, pid in worked_on(blocks(100_000), Doing(doubled), hands=2):
        print(pid, flush=True)
