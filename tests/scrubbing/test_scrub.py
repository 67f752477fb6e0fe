"""A whole list judged: every column kept, rows that cannot be read said so, nothing half-written left."""

from pathlib import Path

import pytest

from dialer.calls.call import Channel
from dialer.errors import CannotKeep, NotFound, Refused, Unreadable
from dialer.scrubbing.list_file import OpenedList
from dialer.scrubbing.run import BLOCKS_A_CHECKPOINT
from dialer.scrubbing.scrub import Order, scrub
from dialer.store.configuration import Section
from tests.doubles.house import House, campaign
from tests.scrubbing.lists import result, scrubbed, told, unwatched, written

WIDE = "Phone,Mobile,name\n"
WIDER = "4 cells under 3 titles: a cell holds a delimiter without marks"


def test_every_column_and_every_cell_is_kept(house, folder):
    rows = (
        'id,Phone,say\n1,02079460009,"a ""quoted"", cell"\n2, 020 7946 0009 ,\n3,02079460009,"two\nlines"\n'
    )
    scrubbed(house, written(folder, rows))

    found = result(folder)
    assert [row["say"] for row in found] == ['a "quoted", cell', "", "two\nlines"]
    assert [row["Phone"] for row in found] == ["02079460009", " 020 7946 0009 ", "02079460009"]


@pytest.mark.parametrize(
    ("row", "reason", "problem"),
    [
        ("1,07911 12345O,x", "E_NUMBER_INVALID", "letter O at 12"),
        ("1,4.47701E+11,x", "E_NUMBER_INVALID", "a spreadsheet rounded it; export the column as text"),
        ("1,XXXXXX0123,x", "E_NUMBER_INVALID", "masked; export as a user who may see whole numbers"),
        ("1,201XXXXXXX,x", "E_NUMBER_INVALID", "a wildcard for many numbers; list them one by one"),
        ("1,999,x", "E_NUMBER_EMERGENCY_OR_SHORTCODE", "an emergency number or short code"),
        ("1,,x", "E_INPUT_INCOMPLETE", ""),
        ("1", "E_INPUT_INCOMPLETE", "the row ends before column 2"),
        ('1,"02079460009,x', "E_INPUT_INCOMPLETE", "a quotation mark is opened and never closed"),
        (
            "1,02079460009,x,y",
            "E_INPUT_INCOMPLETE",
            "4 cells under 3 titles: a cell holds a delimiter without marks",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_blocked_and_says_why(house, folder, row, reason, problem):
    good = "2,02079460009,z\n"
    scrubbed(house, written(folder, f"id,Phone,note\n{row}\n{good * 60}"))

    first, *rest = result(folder)
    assert (first["ringfence_verdict"], first["ringfence_reason"]) == ("block", reason)
    assert first["ringfence_problem"] == problem
    assert told(rest) == ["allow UK_R21_CLEAR"] * 60


def test_what_stands_beyond_the_last_title_is_kept_in_its_cell(house, folder):
    scrubbed(house, written(folder, "id,Phone,note\n1,02079460009,x,y\n2,02079460009,z,,\n"))

    assert [row["note"] for row in result(folder)] == ["x,y", "z"]


def test_with_several_numbers_the_row_is_told_of_the_strictest(house, folder):
    rows = "02079460009,02079460001,a\n02079460009,02079460008,b\n,02079460008,c\n,,d\n"
    found = scrubbed(house, written(folder, WIDE + rows))

    assert [row["ringfence_verdict"] for row in result(folder)] == ["block", "allow", "allow", "block"]
    assert [row["ringfence_verdict:Phone"] for row in result(folder)] == ["allow", "allow", "", ""]
    assert (found.columns, found.waterfall.with_a_callable_number) == (("Phone", "Mobile"), 3)


def test_the_columns_may_be_named(house, folder):
    path = written(folder, "a,b,c\n02079460001,02079460009,7\n")

    for name, verdict in (("b", "allow"), ("1", "block")):
        scrubbed(house, path, columns=(name,))
        assert result(folder)[0]["ringfence_verdict"] == verdict


def test_a_column_that_is_not_there_is_refused_with_those_that_are(house, folder):
    with pytest.raises(Unreadable, match="it has id, Phone"):
        scrubbed(house, written(folder, "id,Phone\n1,02079460009\n"), columns=("Mobile",))


def test_a_list_without_numbers_is_refused(house, folder):
    with pytest.raises(Refused, match="--column"):
        scrubbed(house, written(folder, "id,name\n1,Alex\n2,Sam\n"))


def test_a_country_code_in_a_column_of_its_own_is_heeded(house, folder):
    rows = "phone_code\tphone_number\n44\t7911123456\n1\t2125550123\n\t7911123456\n"
    scrubbed(house, written(folder, rows))

    assert told(result(folder, delimiter="\t")) == [
        "allow UK_R21_CLEAR",
        "block E_JURISDICTION_UNSUPPORTED",
        "allow UK_R21_CLEAR",
    ]


def test_email_addresses_are_judged_for_email(house, folder):
    house.put(Section.CAMPAIGNS, "C2", campaign("C2", channel=Channel.EMAIL, caller_id="hello@alder.example"))
    scrubbed(house, written(folder, "Email\nsam@example.com\nnobody\n"), campaign="C2")

    assert [row["ringfence_reason"] for row in result(folder)][1] == "E_NUMBER_INVALID"


def test_an_unknown_campaign_is_refused(house, folder):
    with pytest.raises(NotFound):
        scrubbed(house, written(folder, "Phone\n02079460009\n"), campaign="C9")


class Killed(Exception):
    """A stop in the middle."""


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have lists read in blocks of some twenty rows, so that a short list has many."""
    whole = OpenedList.blocks

    def blocks(opened: OpenedList):
        for block in whole(opened):
            lines = block.splitlines(keepends=True)
            for first in range(0, len(lines), 20):
                yield b"".join(lines[first : first + 20])

    monkeypatch.setattr(OpenedList, "blocks", blocks)


def leads(folder: Path) -> Path:
    rows = [f"{n},0207946{n % 1000:04d},note {n}\n" for n in range(500)]
    return written(folder, "id,Phone,note\n" + "".join(rows))


def killed_after(rows: int):
    def watch(_done: int, _size: int, judged: int) -> None:
        if judged >= rows:
            raise Killed

    return watch


@pytest.mark.parametrize("rows", [20, 100, 260, 480])
def test_an_interrupted_scrub_goes_on_and_ends_as_if_it_had_not_been(house, folder, small_blocks, rows):
    order = Order(source=leads(folder), result=folder / "result.csv", campaign="C1")
    with pytest.raises(Killed):
        scrub(order, house.parts.lists.scrubber, watch=killed_after(rows))
    assert not order.result.exists()

    house.clock.advance(minutes=5)
    seen: list[int] = []
    found = scrub(order, house.parts.lists.scrubber, watch=lambda _d, _s, judged: seen.append(judged))

    assert (found.waterfall.rows, min(seen) > rows - 20 * BLOCKS_A_CHECKPOINT) == (500, True)
    assert [row["note"] for row in result(folder)] == [f"note {n}" for n in range(500)]
    assert sorted(path.name for path in folder.iterdir()) == ["list.csv", "result.csv"]


def test_what_was_begun_on_other_facts_begins_anew(house, folder, small_blocks):
    order = Order(source=leads(folder), result=folder / "result.csv", campaign="C1")
    with pytest.raises(Killed):
        scrub(order, house.parts.lists.scrubber, watch=killed_after(260))
    house.put(Section.CAMPAIGNS, "C1", campaign(topic="heat pumps"))

    seen: list[int] = []
    scrub(order, house.parts.lists.scrubber, watch=lambda _d, _s, judged: seen.append(judged))

    assert min(seen) == 20


def test_a_register_that_is_replaced_meanwhile_begins_the_scrub_again(house, folder, small_blocks):
    swapped: list[int] = []

    def swap(_done: int, _size: int, judged: int) -> None:
        if judged == 260 and not swapped:
            swapped.append(judged)
            house.load_register("tps", "02079460009")

    order = Order(source=leads(folder), result=folder / "result.csv", campaign="C1")
    scrub(order, house.parts.lists.scrubber, watch=swap)

    verdicts = {row["Phone"]: row["ringfence_verdict"] for row in result(folder)}
    assert (verdicts["02079460001"], verdicts["02079460009"]) == ("allow", "block")


def test_a_store_that_may_not_be_rested_on_judges_nothing(house, folder, forgetful_redis):
    away = House(forgetful_redis.url, folder)
    order = Order(source=leads(folder), result=folder / "result.csv", campaign="C1")

    with pytest.raises(CannotKeep, match="append-only"):
        scrub(order, away.parts.lists.scrubber, watch=unwatched)
