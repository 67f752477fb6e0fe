"""Results gathered number by number: sorted, repeats made one, the strictest of them kept."""

from collections import defaultdict
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dialer.registers.page import NUMBERS
from dialer.registers.wash_collected import Collected, Lot, RowEnd
from dialer.registers.wash_file import WashRow
from dialer.registers.washed import NOTHING_SAID, Answers, WashResult

LOTS = [Lot(date(2026, 11, 20 + day), "bureau") for day in range(3)]
said = st.sampled_from((None, True, False))
# Few numbers, so that they meet again, of them the longest there may be.
numbers = st.sampled_from((442079460123, 442079460124, 442079470000, 1, 999_999_999_999_999))
Rows = list[tuple[int, Lot, Answers]]
rows = st.lists(st.tuples(numbers, st.sampled_from(LOTS), st.builds(Answers, tps=said, ctps=said)))


def collected(given_rows: Rows) -> Collected:
    found = Collected()
    for line, (number, lot, answers) in enumerate(given_rows, start=1):
        end = found.take(WashRow(line=line, number=number, answers=answers), lot)
        assert end is (RowEnd.NOTHING_SAID if answers.is_empty else RowEnd.TAKEN)
    return found


def strictest_of(given_rows: Rows) -> dict[tuple[int, Lot], Answers]:
    found: defaultdict[tuple[int, Lot], Answers] = defaultdict(lambda: NOTHING_SAID)
    for number, lot, answers in given_rows:
        if not answers.is_empty:
            found[number, lot] = found[number, lot].strictest(answers)
    return found


@given(rows)
def test_every_number_has_one_result_a_lot_and_it_is_the_strictest(given_rows: Rows) -> None:
    found, wanted = collected(given_rows), strictest_of(given_rows)
    pages: defaultdict[int, list[WashResult]] = defaultdict(list)
    for (number, lot), answers in wanted.items():
        result = WashResult(number % NUMBERS, 7 + found.lots[lot], answers)
        pages[number // NUMBERS].append(result)
    ordered = {page: sorted(pages[page], key=lambda one: (one.offset, one.ordinal)) for page in sorted(pages)}
    assert list(found.pages(7)) == list(ordered.items())


@given(rows)
def test_each_lots_numbers_are_counted_once_and_the_listed_among_them(given_rows: Rows) -> None:
    found, wanted = collected(given_rows), strictest_of(given_rows)
    assert found.numbers_in() == {
        lot: (
            sum(its is lot for _, its in wanted),
            sum(its is lot and bool(answers.tps or answers.ctps) for (_, its), answers in wanted.items()),
        )
        for lot in found.lots
    }


def test_what_is_taken_after_a_look_is_found_in_the_next_one() -> None:
    found = collected([(442079460123, LOTS[0], Answers(tps=True))])
    assert found.numbers_in() == {LOTS[0]: (1, 1)}
    found.take(WashRow(line=2, number=442079460124, answers=Answers(tps=False)), LOTS[0])
    assert found.numbers_in() == {LOTS[0]: (2, 1)}
    assert found.results == 2
