"""Results of look-ups as a table: which column is the number, which say what, and what a yes means there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import Final

from dialer.errors import Refused
from dialer.files.table import Row, Table
from dialer.registers.register_row import UnreadableRow, number_in
from dialer.registers.wash_file import UnreadableResult, WashFormat, WashReading, WashRow, day_of, number_of
from dialer.registers.wash_words import (
    AnswerColumn,
    Sense,
    UnknownWord,
    is_answer,
    needs_sense,
    registers_in,
    said,
    sense_of_title,
)
from dialer.registers.washed import NOTHING_SAID, Answers

_SAMPLE: Final = 400
_NUMBER_TITLES: Final = (
    *("contact_point", "phone_number", "telephone_number", "phone", "telephone", "number", "tel", "msisdn"),
    *("mobile", "mobile_number", "phone number checked"),
)
_DATE_TITLES: Final = (
    *("checked_on", "checked_at", "date_checked", "check_date", "checked", "screened_on", "screened_at"),
    *("date_screened", "washed_on", "wash_date", "last_checked", "tps_check_date", "tps_checked_on"),
)
_PROVIDER_TITLES: Final = ("provider", "bureau")
# As for a register: a column of which fewer cells read is some other column.
_MOST: Final = 0.8


# Only ever the same or another file's: equal columns are not looked for, and are a fast key.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Columns:
    number: int
    answers: tuple[AnswerColumn, ...]
    checked_on: int | None
    provider: int | None
    said_by_being_there: Answers = NOTHING_SAID


def table_rows(table: Table, reading: WashReading, name: str) -> Iterator[WashRow]:
    """Return one result a row; raises Refused at once where the columns or their sense cannot be told."""
    sample = list(islice(table.rows, _SAMPLE))
    columns = _columns(table, sample, reading, name)
    return (_read(row, columns, reading) for row in chain(sample, table.rows))


def _read(row: Row, columns: _Columns, reading: WashReading) -> WashRow:
    try:
        answers = _answers(columns, tuple([row.cell(column.place) for column in columns.answers]))
        return WashRow(
            line=row.line,
            number=number_of(row.cell(columns.number)),
            answers=answers,
            checked_on=day_of(row.cell(columns.checked_on), reading.date_order),
            provider=row.cell(columns.provider) or None,
        )
    except (UnreadableResult, UnknownWord) as problem:
        return WashRow(line=row.line, fault=str(problem))


@lru_cache(maxsize=4096)
def _answers(columns: _Columns, cells: tuple[str, ...]) -> Answers:
    """Return what a row's cells say together; the same few words stand in all rows. Raises UnknownWord."""
    answers = columns.said_by_being_there
    for column, cell in zip(columns.answers, cells, strict=True):
        answers = answers.strictest(column.answers(cell))
    return answers


def _columns(table: Table, sample: Sequence[Row], reading: WashReading, name: str) -> _Columns:
    width = max((len(row.cells) for row in sample), default=0)
    if not width:
        raise Refused(f"{name} has no rows")
    number = _number_column(table, sample, width, reading, name)
    checked_on, provider = table.place_of(*_DATE_TITLES), table.place_of(*_PROVIDER_TITLES)
    taken = {number, checked_on, provider}
    answers = _answer_columns(table, sample, [c for c in range(width) if c not in taken], reading, name)
    return _Columns(
        number=number,
        answers=answers,
        checked_on=checked_on,
        provider=provider,
        said_by_being_there=NOTHING_SAID if answers else _said_by_being_there(reading, name),
    )


def _number_column(table: Table, sample: Sequence[Row], width: int, reading: WashReading, name: str) -> int:
    if reading.layout is WashFormat.PRODATA:
        return 0
    titled = table.place_of(*_NUMBER_TITLES)
    if titled is not None:
        return titled
    found = [place for place in range(width) if _reads_as_numbers(_cells(sample, place))]
    if len(found) != 1:
        what = f"{len(found)} columns of numbers" if found else "no column of telephone numbers"
        raise Refused(f"{name} was not imported: it has {what}; call the right one `phone_number`")
    return found[0]


def _answer_columns(
    table: Table, sample: Sequence[Row], places: list[int], reading: WashReading, name: str
) -> tuple[AnswerColumn, ...]:
    found = [place for place in places if _holds_answers(_cells(sample, place))]
    named = [place for place in found if _registers_of(table, sample, place)]
    # Beside a column that names its register, a bare *found* says that the number was found, not listed.
    chosen = named or found
    if len(chosen) > 1 and not named:
        raise Refused(
            f"{name} was not imported: {len(chosen)} columns hold answers; keep the one that counts"
        )
    odd = next(
        (place for place in places if place not in found and sense_of_title(_title(table, place))), None
    )
    if not chosen and odd is not None:
        raise Refused(
            f"{name} was not imported: column {odd + 1} should hold answers and its words are none we know; "
            "see docs/registers.md for the words"
        )
    is_alone = len(chosen) == 1
    return tuple(_answer_column(table, sample, place, reading, name, is_alone=is_alone) for place in chosen)


def _answer_column(
    table: Table, sample: Sequence[Row], place: int, reading: WashReading, name: str, *, is_alone: bool
) -> AnswerColumn:
    title = _title(table, place)
    # One column may speak of more than its title says; of two, each is about its own register.
    told_by_person = reading.registers if is_alone else ()
    registers = told_by_person or _registers_of(table, sample, place)
    if not registers:
        raise Refused(_not_told(name, f"column {place + 1} does not say which registers were checked"))
    told, sense = sense_of_title(title), reading.sense
    if needs_sense(_cells(sample, place)):
        if told is not None and sense is not None and told is not sense:
            raise Refused(
                f"{name} was not imported: by its title a yes in column {place + 1} means {told.value}, and "
                f"--sense says {sense.value}; read the wrong way round it would clear the listed"
            )
        sense = told or sense
        if sense is None:
            raise Refused(
                f"{name} was not imported: nothing says whether a yes in column {place + 1} means listed or "
                "clear; ask the bureau, then say --sense listed or --sense clear"
            )
    return AnswerColumn(place=place, title=title, registers=registers, sense=sense)


def _said_by_being_there(reading: WashReading, name: str) -> Answers:
    if reading.sense is None:
        raise Refused(
            f"{name} was not imported: it has numbers and no answers; are these the listed or the clear? "
            "ask the bureau, then say --sense listed or --sense clear"
        )
    if not reading.registers:
        raise Refused(_not_told(name, "it does not say which registers were checked"))
    return said(reading.sense is Sense.LISTED, reading.registers)


def _not_told(name: str, what: str) -> str:
    return f"{name} was not imported: {what}; say it with --registers tps, ctps or both"


def _registers_of(table: Table, sample: Sequence[Row], place: int) -> tuple[str, ...]:
    return registers_in(_title(table, place), _cells(sample, place))


def _title(table: Table, place: int) -> str:
    return table.titles[place] if place < len(table.titles) else ""


def _cells(sample: Sequence[Row], place: int) -> list[str]:
    return [row.cell(place) for row in sample]


def _holds_answers(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(map(is_answer, filled)) >= _MOST * len(filled)


def _reads_as_numbers(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(map(_is_number, filled)) >= _MOST * len(filled)


def _is_number(text: str) -> bool:
    try:
        number_in(text)
    except UnreadableRow:
        return False
    return True
