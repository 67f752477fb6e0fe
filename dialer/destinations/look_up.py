"""A look-up provider asked over HTTP about one number: our plain question, its answer in one of two shapes.

The question is `POST {"number": "+44…"}`: in the body, so that no proxy writes a number into its log. The
answer is our own plain shape, `{"number", "tps", "ctps", "checked_on"?}` with true or the words of
docs/registers.md, or TPSClear's. Whatever cannot be told for certain is no answer.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal, Protocol

from dialer.delivery.reply import Reply, Unreachable
from dialer.errors import Misconfigured, Refused, Unreadable
from dialer.reading.strict_json import read_json
from dialer.registers.wash_file import UnreadableResult, WashReading, WashRow, day_of, number_of
from dialer.registers.wash_json import records_in, row_of
from dialer.registers.wash_words import AnswerColumn, Sense, UnknownWord, said
from dialer.registers.washed import NOTHING_SAID, REGISTERS, Answers
from dialer.screening.looking_up import NoAnswer, Told

USER_AGENT: Final = "Ringfence/1 (look-ups)"
_OK: Final = 200
# In these shapes a yes means something else, or is said elsewhere, than in ours.
_OTHER_SHAPES: Final = frozenset({"tpsListed", "ctpsListed", "phoneNumber", "Callable"})


class Courier(Protocol):
    """Carries one request within its time; see `courier.per_thread`."""

    def send(
        self, method: Literal["GET", "POST"], url: str, *, headers: Mapping[str, str], body: bytes = b""
    ) -> Reply:
        """Return the answer, or raise Unreachable, or Refused when the URL leads where it may not."""


class HttpProvider:
    """Fits `screening.looking_up.Provider`; `token` None sends no Authorization."""

    def __init__(self, courier: Courier, *, name: str, url: str, token: str | None) -> None:
        self.name = name
        self._courier = courier
        self._url = url
        self._headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": USER_AGENT,
        }
        if token is not None:
            self._headers["Authorization"] = f"Bearer {token}"

    def ask(self, number: str, *, today: date) -> Told | NoAnswer:
        """Return what it says of a number; an answer about another number, or of a day to come, is none."""
        body = json.dumps({"number": number}).encode()
        try:
            reply = self._courier.send("POST", self._url, headers=self._headers, body=body)
        except (Refused, Misconfigured, Unreachable) as problem:
            return NoAnswer(problem.message)
        if reply.status != _OK:
            return NoAnswer(f"it answered {reply.status}")
        try:
            return told_in(reply.body, number, today=today)
        except (Unreadable, Refused):
            return NoAnswer("its answer is not JSON, or does not tell which registers it is about")
        except UnreadableResult as problem:
            return NoAnswer(str(problem))


def told_in(body: bytes, number: str, *, today: date) -> Told:
    """Return what an answer says of this number; raises Unreadable, Refused, UnreadableResult."""
    records = records_in(read_json(body, what="the provider's answer"))
    if len(records) != 1:
        raise UnreadableResult("its answer holds several results, or none")
    row = _row(records[0])
    if row.fault is not None:
        raise UnreadableResult(row.fault)
    if f"+{row.number}" != number:
        raise UnreadableResult("its answer is about another number")
    checked_on = row.checked_on or today
    if checked_on > today:
        raise UnreadableResult("its answer is of a day to come")
    return Told(row.answers, checked_on)


def _row(record: Any) -> WashRow:
    if not isinstance(record, Mapping) or not _OTHER_SHAPES.isdisjoint(record):
        return row_of(record, 1, WashReading(), "the provider's answer")
    answers = NOTHING_SAID
    for register in REGISTERS:
        answers = answers.strictest(_answers(register, record.get(register, "")))
    return WashRow(
        line=1,
        number=number_of(_text(record, "number")),
        answers=answers,
        checked_on=day_of(_text(record, "checked_on"), None),
    )


def _answers(register: str, value: Any) -> Answers:
    """Return what stands under a register's own name: there a yes says that it is listed."""
    if type(value) is bool:
        return said(value, (register,))
    if not isinstance(value, str):
        raise UnreadableResult(f"`{register}` must be true, false or a word")
    column = AnswerColumn(place=0, title=register, registers=(register,), sense=Sense.LISTED)
    try:
        return column.answers(value)
    except UnknownWord as problem:
        raise UnreadableResult(str(problem)) from None


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name, "")
    if not isinstance(value, str):
        raise UnreadableResult(f"`{name}` must be text")
    return value
