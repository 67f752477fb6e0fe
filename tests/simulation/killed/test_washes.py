"""A wash is killed: what was known stays, nothing of it counts, and a re-run takes all of it in.

The wash is the real command in a process of its own, over numbers on as many pages, so that it takes a while.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dialer.clock import london_day, utc_now
from dialer.registers.newest import washed_in
from dialer.registers.page import page_of
from dialer.store import keys
from dialer.store.wash_store import WashStore
from tests.commands.installations import LIVE
from tests.doubles.house import House
from tests.servers import wait_for

PAGES = 30_000
NUMBERS = [f"+44{1_000_000_000 + 10_000 * page}" for page in range(PAGES)]


def written(folder: Path, word: str) -> Path:
    path = folder / f"{word}.csv"
    path.write_text("phone,tps,ctps\n" + "".join(f"{number},{word},clear\n" for number in NUMBERS))
    return path


def washing(house: House, path: Path) -> "subprocess.Popen[str]":
    """`ringfence register wash FILE --json` as a process."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("RINGFENCE_", "TWILIO_"))}
    ours = {"RINGFENCE_REDIS_URL": house.redis_url, "RINGFENCE_DATA_DIR": str(house.data_dir)}
    options = ["--checked-on", london_day(utc_now()).isoformat(), "--accept-change", "--json"]
    return subprocess.Popen(
        [sys.executable, "-m", "dialer.commands", "register", "wash", str(path), *options],
        env={**plain, **LIVE, **ours},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def washed(house: House, path: Path) -> tuple[int, Any, str]:
    """Run the wash to its end; returns its status, what it told and what it complained of."""
    run = washing(house, path)
    out, err = run.communicate(timeout=60)
    return run.returncode, json.loads(out) if out else None, err


def said(house: House) -> set[tuple[str, bool]]:
    """Which wash says what of TPS, over every number: one member where they agree, none where nobody says."""
    store, found = WashStore(house.parts.redis), set()
    live, places = store.live(), [page_of(number) for number in NUMBERS]
    pages = store.pages([page for page, _ in filter(None, places)])
    for page in pages:
        answers = washed_in(live, page, 0).get("tps", [])
        found |= {(one.snapshot, one.listed) for one in answers[-1:]}
    return found


@pytest.mark.parametrize("moment", ["reading", "writing"])
def test_a_wash_that_is_killed_changes_nothing_and_completes_when_it_is_run_again(
    redis_url: str, tmp_path: Path, moment: str
) -> None:
    house = House(redis_url, tmp_path)
    before, after = written(tmp_path, "clear"), written(tmp_path, "listed")
    assert washed(house, before)[0] == 0
    run = washing(house, after)
    if moment == "writing":
        wait_for(lambda: bool(house.parts.redis.exists(keys.WASH_LEASE)), what="a wash that writes")
    run.kill()
    run.communicate(timeout=20)
    assert said(house) == {("wash-1", False)}

    if moment == "writing":
        status, _, err = washed(house, after)
        assert (status, "60 s if it was killed" in err) == (1, True)
        house.parts.redis.delete(keys.WASH_LEASE)
    status, told, err = washed(house, after)
    assert (status, told and told["outcome"], told and told["taken"]) == (0, "in_force", PAGES), err
    assert {listed for _, listed in said(house)} == {True}
