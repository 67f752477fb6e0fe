"""The invented files are what users bring: the same seed the same file, and nobody's numbers."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialer.registers.page import members
from dialer.registers.read_register import read_register
from dialer.sandbox.demo import consents, do_not_call, tps
from dialer.sandbox.demo.callees import CTPS_LISTED, TPS_LISTED, TPS_WITH_CONSENT

NOBODYS = range(1632000000, 1633000000)
DRAMA = (range(2079460000, 2079461000), range(7700900000, 7700901000), range(1134960000, 1134961000))


def register_file(folder: Path, *options: str) -> Path:
    path = folder / "register.txt"
    made = CliRunner().invoke(tps.main, [str(path), "--rows", "2000", *options])
    assert made.exit_code == 0, made.output
    return path


@pytest.mark.parametrize(("register", "listed"), [("tps", TPS_LISTED), ("ctps", CTPS_LISTED)])
def test_a_register_file_is_in_the_operators_layout_and_lists_the_chosen(
    tmp_path: Path, register: str, listed: tuple[int, ...]
) -> None:
    path = register_file(tmp_path, "--register", register)
    assert {len(line) for line in path.read_bytes().split(b"\r\n")[:-1]} == {12}
    reading = read_register(path)
    assert (reading.layout.name, reading.rows, reading.unreadable_rows) == (
        "fixed width, with spaces",
        2000,
        0,
    )
    numbers = {page * 10_000 + offset for page, packed in reading.listed for offset in members(packed)}
    assert {440000000000 + number for number in listed} <= numbers
    assert len(numbers) == 2000


def test_every_number_is_nobodys(tmp_path: Path) -> None:
    lines = register_file(tmp_path).read_text().split("\n")[:-1]
    numbers = [int(line.replace(" ", "")) for line in lines]
    assert all(number in NOBODYS or any(number in span for span in DRAMA) for number in numbers)


def test_the_same_seed_gives_the_same_file_and_another_seed_another(tmp_path: Path) -> None:
    first = register_file(tmp_path, "--seed", "7").read_bytes()
    assert register_file(tmp_path, "--seed", "7").read_bytes() == first
    assert register_file(tmp_path, "--seed", "8").read_bytes() != first


def test_consented_numbers_stand_on_the_register() -> None:
    assert set(TPS_WITH_CONSENT) <= set(TPS_LISTED)
    rows = list(consents.rows(date(2026, 11, 23)))
    assert rows[0] == consents.TITLES
    assert {len(row) for row in rows} == {len(consents.TITLES)}


def test_the_log_has_dates_and_the_export_has_none(tmp_path: Path) -> None:
    for options, titles in (([], "phone_number\n"), (["--log"], "phone_number,campaign_id,action")):
        path = tmp_path / "export.csv"
        made = CliRunner().invoke(do_not_call.main, [str(path), "--today", "2026-11-23", *options])
        assert made.exit_code == 0, made.output
        assert path.read_text().startswith(titles)
