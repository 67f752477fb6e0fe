"""Results of look-up services as JSON: TPSClear's and Data8's, one document, an array, or one a line."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dialer.errors import Refused
from dialer.files.json_values import json_values
from dialer.files.opened_file import OpenedFile
from dialer.registers.wash_file import UnreadableResult, WashFormat, WashReading, WashRow, day_of, number_of
from dialer.registers.wash_words import Sense, folded, said
from dialer.registers.washed import Answers

_DATA8_NUMBERS: Final = ("TelephoneNumber", "Number", "telephoneNumber", "number")
# TPSClear says it twice, in two members and in a word; a row in which the two differ is not believed.
_TPSCLEAR_WORDS: Final = {
    "tpslisted": (True, None),
    "ctpslisted": (None, True),
    "tpsctpslisted": (True, True),
    "bothlisted": (True, True),
    "listed": (None, None),
    "clear": (False, False),
    "notlisted": (False, False),
}


def json_rows(file: OpenedFile, reading: WashReading) -> Iterator[WashRow]:
    """Yield one row for each result; `line` counts results."""
    line = 0
    for value in json_values(file):
        for record in records_in(value):
            line += 1
            yield row_of(record, line, reading, file.name)


def records_in(value: Any) -> list[Any]:
    """Return the results in one JSON value: it is one, or holds a list of them."""
    if isinstance(value, Mapping):
        for name in ("results", "Results", "data"):
            if isinstance(value.get(name), list):
                return list(value[name])
    return [value]


def row_of(record: Any, line: int, reading: WashReading, name: str) -> WashRow:
    """Return one result as a row; raises Refused where its sense cannot be told."""
    if not isinstance(record, Mapping):
        return WashRow(line=line, fault="it is no result of a look-up")
    is_data8 = "Callable" in record or reading.layout is WashFormat.DATA8
    if is_data8 and (reading.sense is Sense.LISTED or not reading.registers):
        raise Refused(_data8_refusal(name, reading))
    try:
        return _data8(record, line, reading) if is_data8 else _tpsclear(record, line, reading)
    except UnreadableResult as problem:
        return WashRow(line=line, fault=str(problem))


def _data8_refusal(name: str, reading: WashReading) -> str:
    if reading.sense is Sense.LISTED:
        return (
            f"{name} was not imported: its `Callable` says who is clear, and --sense says listed; look again"
        )
    return (
        f"{name} was not imported: `Callable` does not say which registers were checked; "
        "say it with --registers tps, ctps or both"
    )


def _tpsclear(record: Mapping[str, Any], line: int, reading: WashReading) -> WashRow:
    tps, ctps = record.get("tpsListed"), record.get("ctpsListed")
    if any(answer is not None and type(answer) is not bool for answer in (tps, ctps)):
        raise UnreadableResult("`tpsListed` and `ctpsListed` must be true or false")
    word = record.get("status")
    if isinstance(word, str):
        _insist_on_agreement(folded(word), tps, ctps)
    return WashRow(
        line=line,
        number=number_of(_text(record, "phoneNumber")),
        answers=Answers(tps=tps, ctps=ctps),
        checked_on=day_of(_text(record, "checkedAt"), reading.date_order),
    )


def _insist_on_agreement(word: str, tps: bool | None, ctps: bool | None) -> None:
    if word not in _TPSCLEAR_WORDS:
        return
    told = zip(_TPSCLEAR_WORDS[word], (tps, ctps), strict=True)
    differs = any(None not in pair and pair[0] is not pair[1] for pair in told)
    if differs or (word == "listed" and not (tps or ctps)):
        raise UnreadableResult("its status and its members contradict each other")


def _data8(record: Mapping[str, Any], line: int, reading: WashReading) -> WashRow:
    status = record.get("Status")
    if isinstance(status, Mapping) and status.get("Success") is False:
        raise UnreadableResult("the bureau could not check it")
    callable_ = record.get("Callable")
    if type(callable_) is not bool:
        raise UnreadableResult("`Callable` must be true or false")
    number = next((_text(record, name) for name in _DATA8_NUMBERS if record.get(name)), "")
    if not number:
        raise UnreadableResult("it names no number; ask the bureau for results with the number in them")
    return WashRow(line=line, number=number_of(number), answers=said(not callable_, reading.registers))


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise UnreadableResult(f"`{name}` must be text")
    return value or ""
