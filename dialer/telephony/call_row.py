"""One row of Twilio's call log in our words: whom it rang, when, and whether it reached the network."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Final

from dialer.clock import LONDON
from dialer.files.number_cell import NotRead, NumberReading, contact_point_in
from dialer.files.table import plain_title
from dialer.screening.call_log import Band, LoggedCall, LogRow, NotJudged, RowEnd


class Zone(StrEnum):
    """The clock by which times without an offset are read."""

    UTC = "utc"
    LONDON = "london"


_BANDS: Final = {
    **dict.fromkeys(("completed", "busy", "noanswer", "inprogress", "ringing", "answered"), Band.ATTEMPT),
    **dict.fromkeys(("failed", "canceled", "cancelled"), Band.MAY_NOT_HAVE_RUNG),
}
_NOT_BEGUN: Final = frozenset({"queued", "initiated"})
# `outbound-api`, `outbound-dial` (the child leg of a Dial), the console's `Outgoing API`, a trunk's words.
_OUTWARD: Final = ("outbound", "outgoing", "trunkingterminating")
_INWARD: Final = ("inbound", "incoming", "trunkingoriginating")
_ENDPOINTS: Final = ("client:", "sip:", "sips:")
_CLOCKS: Final = r"(?P<clock>UTC|GMT|Z|BST)"
_TIME_FIRST: Final = re.compile(rf"(?P<time>\d\d:\d\d:\d\d) {_CLOCKS} (?P<day>\d{{4}}-\d\d-\d\d)")
_CLOCK_LAST: Final = re.compile(rf"(?P<day>\d{{4}}-\d\d-\d\d)[T ](?P<time>\d\d:\d\d(?::\d\d)?) ?{_CLOCKS}")
_OFFSETS: Final = {"BST": "+01:00"}


def read_call_row(number: int, cells: Mapping[str, str], numbers: NumberReading, zone: Zone | None) -> LogRow:
    """Return what one row tells; `cells` are by the names of `call_log.COLUMNS`, empty if there is none."""
    end = _without_call(cells)
    if end is not None:
        return NotJudged(row=number, end=end)
    band = _BANDS.get(plain_title(cells["status"]))
    if band is None:
        return _unreadable(number, "status: no status of a call")
    to = contact_point_in(cells["to"], numbers)
    if isinstance(to, NotRead):
        return _unreadable(number, f"to: {to.reason}")
    if "@" in to:
        return NotJudged(row=number, end=RowEnd.OWN_ENDPOINT)
    try:
        # A call that failed may never have started; it was made when it was created.
        at = _instant(cells["start"] or cells["created"], zone)
    except ValueError as problem:
        return _unreadable(number, f"start time: {problem}")
    return LoggedCall(row=number, ref=cells["sid"], to=to, at=at, band=band)


def _without_call(cells: Mapping[str, str]) -> RowEnd | None:
    """Return how a row ends that is no call of ours to a person's line, None for one that is.

    A row that does not say its direction is judged: to pass it over would clear it unseen.
    """
    direction = plain_title(cells["direction"])
    if direction.startswith(_INWARD):
        return RowEnd.INBOUND
    if direction and not direction.startswith(_OUTWARD):
        return RowEnd.UNREADABLE
    if cells["to"].strip().lower().startswith(_ENDPOINTS):
        return RowEnd.OWN_ENDPOINT
    return RowEnd.NOT_BEGUN if plain_title(cells["status"]) in _NOT_BEGUN else None


def _instant(text: str, zone: Zone | None) -> datetime:
    """Return the instant in UTC; raises ValueError, saying why, for what may be another one."""
    stripped = text.strip()
    if not stripped:
        raise ValueError("there is none")
    found = _TIME_FIRST.fullmatch(stripped) or _CLOCK_LAST.fullmatch(stripped)
    if found is not None:
        offset = _OFFSETS.get(found["clock"], "+00:00")
        at = datetime.fromisoformat(f"{found['day']}T{found['time']}{offset}")
    elif stripped[:1].isdigit() and stripped[4:5] == "-":
        at = _spelt(datetime.fromisoformat, stripped)
    else:
        at = _spelt(parsedate_to_datetime, stripped)
    if at.tzinfo is None and zone is None:
        raise ValueError("it does not say by which clock; say it with --zone")
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC if zone is Zone.UTC else LONDON)
    return at.astimezone(UTC)


def _spelt(read: Callable[[str], datetime], text: str) -> datetime:
    """Return the time as one of the two usual spellings has it; a day alone is no instant."""
    try:
        if ":" not in text:
            raise ValueError
        return read(text)
    except (ValueError, TypeError, OverflowError):
        raise ValueError("no time that can be read; send RFC 2822 or RFC 3339") from None


def _unreadable(number: int, why: str) -> NotJudged:
    return NotJudged(row=number, end=RowEnd.UNREADABLE, why=why)
