"""A consent import is killed, or its store is: each record is whole or not there, and a re-run completes.

The import is the real command in a process of its own. Some rows meet a no, so that they wait for two people.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dialer.store import keys
from tests.commands.installations import LIVE
from tests.doubles.house import House
from tests.servers import RunningServer, wait_for

ROWS = 600
WITH_A_NO = range(0, ROWS, 10)


def number(row: int) -> str:
    return f"+44207946{row:04d}"


def written(folder: Path) -> Path:
    path = folder / "consents.csv"
    rows = (f"{number(n)},alder,live_call,general,2026-10-01T09:00:00Z\n" for n in range(ROWS))
    path.write_text("contact_point,principal,channels,purposes,given_at\n" + "".join(rows), encoding="ascii")
    return path


def importing(house: House, path: Path) -> "subprocess.Popen[str]":
    """`ringfence consent import FILE --json` as a process."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("RINGFENCE_", "TWILIO_"))}
    ours = {"RINGFENCE_REDIS_URL": house.redis_url, "RINGFENCE_DATA_DIR": str(house.data_dir)}
    return subprocess.Popen(
        [sys.executable, "-m", "dialer.commands", "consent", "import", str(path), "--json"],
        env={**plain, **LIVE, **ours},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def imported(house: House, path: Path) -> Any:
    """Run the import to its end and return what it told."""
    run = importing(house, path)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 0, err
    return json.loads(out)


def entries(house: House) -> Counter[tuple[str, str]]:
    """How often each record is in the ledger, by its line and what was written."""
    found: Any = house.parts.redis.xrange(keys.LEDGER)
    kinds = {b"con": "con", b"proposed-con": "pro"}
    kept = [(kinds[f[b"k"]], json.loads(f[b"d"])) for _, f in found if f[b"k"] in kinds]
    return Counter((kind, fields["contact_point"]) for kind, fields in kept)


def halves(house: House) -> list[str]:
    """The lines on which a record stands without its ledger line or review, or the other way round."""
    redis, kept, wrong = house.parts.redis, entries(house), []
    waiting = [json.loads(body) for body in redis.mget([keys.review(name) for name in open_reviews(house)])]
    for row in range(ROWS):
        fields: Any = redis.hgetall(keys.line(number(row)))
        counts = sum(name.startswith(b"con:") for name in fields)
        proposed = sum(name.startswith(b"pro:con:") for name in fields)
        in_ledger = (kept["con", number(row)], kept["pro", number(row)])
        reviews = sum(review["contact_point"] == number(row) for review in waiting)
        if (counts, proposed) != in_ledger or proposed != reviews or counts + proposed > 1:
            wrong.append(number(row))
    return wrong


def open_reviews(house: House) -> list[str]:
    found: Any = house.parts.redis.zrange(keys.REVIEWS_OPEN, 0, -1)
    return [name.decode() for name in found] or ["none"]


def with_noes(redis_url: str, folder: Path) -> House:
    house = House(redis_url, folder)
    for row in WITH_A_NO:
        house.object(number(row))
    return house


def insist_all_is_there(house: House, told: Any, before: int) -> None:
    """Run again, every row ended, what was there was recognised, and each record stands once."""
    assert (told["rows"], told["rejected"], told["repeated"]) == (ROWS, 0, before)
    assert halves(house) == []
    kept = entries(house)
    assert sum(kept.values()) == len(kept) == ROWS
    assert sum(kind == "pro" for kind, _ in kept) == len(WITH_A_NO)


@pytest.mark.parametrize("rows", [1, 150, 400])
def test_an_import_that_is_killed_leaves_whole_records_and_completes_when_it_is_run_again(
    redis_url: str, tmp_path: Path, rows: int
) -> None:
    house, path = with_noes(redis_url, tmp_path), written(tmp_path)
    run = importing(house, path)
    noes = len(WITH_A_NO)
    wait_for(lambda: house.parts.redis.xlen(keys.LEDGER) >= noes + rows, what="the first rows")
    run.kill()
    run.communicate(timeout=20)
    before = sum(entries(house).values())
    assert rows <= before <= ROWS
    assert halves(house) == []
    insist_all_is_there(house, imported(house, path), before)


@pytest.mark.parametrize("rows", [1, 250])
def test_an_import_whose_store_is_killed_says_so_and_completes_when_it_is_run_again(
    own_server: RunningServer, tmp_path: Path, rows: int
) -> None:
    house, path = with_noes(own_server.url, tmp_path), written(tmp_path)
    run = importing(house, path)
    noes = len(WITH_A_NO)
    wait_for(lambda: house.parts.redis.xlen(keys.LEDGER) >= noes + rows, what="the first rows")
    own_server.kill()
    _, err = run.communicate(timeout=60)
    assert (run.returncode, len(err.strip().splitlines())) == (1, 1), err
    own_server.start()
    before = sum(entries(house).values())
    assert rows <= before <= ROWS
    assert halves(house) == []
    insist_all_is_there(house, imported(house, path), before)
