"""A bureau's file read as it is meant, row by row, or refused: never the wrong way round."""

from datetime import date
from pathlib import Path

import pytest

from dialer.errors import Refused
from dialer.registers.wash_file import WashFormat, WashReading, WashRow, open_wash
from dialer.registers.wash_words import Sense
from dialer.registers.washed import Answers

N123, N124, N125 = 442079460123, 442079460124, 442079460125
LISTED, CLEAR = Answers(tps=True, ctps=True), Answers(tps=False, ctps=False)
BOTH = ("tps", "ctps")


def rows(folder: Path, text: str, *, name: str = "wash.csv", **reading: object) -> list[WashRow]:
    path = folder / name
    path.write_bytes(text.encode("cp1252"))
    with open_wash(path, WashReading(**reading)) as found:  # type: ignore[arg-type]
        return list(found)


def answers(found: list[WashRow]) -> dict[int | None, Answers]:
    return {row.number: row.answers for row in found}


def test_tpsclear_results_bring_their_own_day_and_keep_the_registers_apart(tmp_path: Path) -> None:
    text = (
        '{"results":[{"phoneNumber":"+442079460123","tpsListed":true,"ctpsListed":false,'
        '"status":"tps-listed","checkedAt":"2026-05-08T23:21:01Z"},'
        '{"phoneNumber":"+442079460124","tpsListed":false,"ctpsListed":false,"status":"clear"}]}'
    )
    found = rows(tmp_path, text, name="out.json")
    assert answers(found) == {N123: Answers(tps=True, ctps=False), N124: CLEAR}
    # 23:21 in UTC is the next civil day in London's summer.
    assert [row.checked_on for row in found] == [date(2026, 5, 9), None]


def test_a_tpsclear_result_that_contradicts_itself_is_not_believed(tmp_path: Path) -> None:
    text = '{"results":[{"phoneNumber":"+442079460123","tpsListed":false,"status":"tps-listed"}]}'
    (row,) = rows(tmp_path, text, name="out.json")
    assert (row.number, row.fault) == (None, "its status and its members contradict each other")


def test_data8_says_who_may_be_called_once_it_is_known_which_registers(tmp_path: Path) -> None:
    text = (
        '{"Status":{"Success":true},"Callable":false,"TelephoneNumber":"02079460123"}\n'
        '{"Status":{"Success":true},"Callable":true,"TelephoneNumber":"02079460124"}\n'
        '{"Status":{"Success":true},"Callable":true,"TelephoneNumber":""}\n'
        '{"Status":{"Success":false},"Callable":true,"TelephoneNumber":"02079460125"}\n'
    )
    with pytest.raises(Refused, match="which registers"):
        rows(tmp_path, text, name="data8.json")
    found = rows(tmp_path, text, name="data8.json", registers=BOTH)
    assert answers(found[:2]) == {N123: LISTED, N124: CLEAR}
    assert [row.number for row in found[2:]] == [None, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phone_number,tps,ctps\n02079460123,Y,N\n02079460124,N,\n",
         {N123: (True, False), N124: (False, None)}),
        ("Telephone;TPS/CTPS status\n2079460123;TPS\n2079460124;CTPS\n2079460125;Clear\n",
         {N123: (True, None), N124: (None, True), N125: (False, False)}),
        ("number\ttps_callable\n+442079460123\tYes\n00442079460124\tNo\n",
         {N123: (False, None), N124: (True, None)}),
        ("Record ID,Phone Number,tps_status\n1,02079460123,TPS-listed\n2,02079460124,Unknown\n3,02079460125,"
         "CTPS-listed\n", {N123: (True, None), N124: (None, None), N125: (None, True)}),
        ("name,result,telephone number,TPS status\nx,NOT FOUND,02079460123,Listed\n"
         "y,FOUND,02079460124,Clear\n",
         {N123: (True, None), N124: (False, None)}),
        ("phone,TPS,CTPS\n02079460123,Do Not Call (listed),Safe to Call (not listed)\n",
         {N123: (True, False)}),
    ],
)  # fmt: skip
def test_a_table_that_names_its_registers_is_read_by_its_own_words(
    tmp_path: Path, text: str, expected: dict[int, tuple[bool | None, bool | None]]
) -> None:
    found = rows(tmp_path, text)
    assert answers(found) == {n: Answers(tps=tps, ctps=ctps) for n, (tps, ctps) in expected.items()}


@pytest.mark.parametrize(
    "text",
    [
        "02079460123\n02079460124\n",
        "02079460123,Y\n02079460124,N\n",
        "phone,result\n02079460123,FOUND\n02079460124,NOT FOUND\n",
        "phone,status\n02079460123,1\n02079460124,0\n",
    ],
)
def test_a_file_whose_sense_cannot_be_told_is_refused_until_a_person_says_it(
    tmp_path: Path, text: str
) -> None:
    with pytest.raises(Refused, match=r"--sense|which registers"):
        rows(tmp_path, text, registers=BOTH)
    with pytest.raises(Refused, match="which registers"):
        rows(tmp_path, text, sense=Sense.LISTED)
    listed = answers(rows(tmp_path, text, sense=Sense.LISTED, registers=BOTH))
    clear = answers(rows(tmp_path, text, sense=Sense.CLEAR, registers=BOTH))
    assert (listed[N123], clear[N123]) == (LISTED, CLEAR)


def test_a_sense_that_the_title_contradicts_is_refused(tmp_path: Path) -> None:
    for title, sense in (("tps_listed", Sense.CLEAR), ("tps_clear", Sense.LISTED)):
        with pytest.raises(Refused, match="wrong way round"):
            rows(tmp_path, f"phone,{title}\n02079460123,Y\n", sense=sense)


def test_words_nobody_knows_are_no_reason_to_take_the_numbers_for_clear(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="words are none we know"):
        rows(tmp_path, "phone,tps\n02079460123,REG\n02079460124,-\n", sense=Sense.CLEAR, registers=BOTH)


def test_a_row_that_cannot_be_read_says_why_and_shows_no_number(tmp_path: Path) -> None:
    text = (
        "phone,tps,checked_on\n02079460123,Y,2026-11-01\n4.42079E+11,Y,2026-11-01\n02079460124,perhaps,2026-11-01\n"
        "02079460125,N,31/02/2026\n02079460125,N,05/06/2026\n02079460125,N,\n"
    )
    found = rows(tmp_path, text)
    assert [row.number for row in found] == [N123, None, None, None, None, N125]
    assert [row.line for row in found] == [2, 3, 4, 5, 6, 7]
    assert not any("0794" in (row.fault or "") for row in found)


def test_a_format_that_the_file_is_not_in_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is no JSON"):
        rows(tmp_path, "phone,tps\n02079460123,Y\n", layout=WashFormat.TPSCLEAR)
    with pytest.raises(Refused, match="is JSON"):
        rows(tmp_path, "[]", layout=WashFormat.CSV)


def test_121prodata_has_its_number_in_the_first_column(tmp_path: Path) -> None:
    text = "2079460123,02079460199,TPS\n00442079460124,02079460199,clear\n"
    found = rows(tmp_path, text, layout=WashFormat.PRODATA, registers=BOTH)
    assert answers(found) == {N123: Answers(tps=True), N124: CLEAR}
