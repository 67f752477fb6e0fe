"""Which column of a do-not-call export says what, told from its titles, whoever's export it is.

Sources: VICIdial `list_download.php` and `vicidial_dnc_log`, Genesys Cloud, LiveVox, NICE CXone, Google CCAI,
MaxContact, Readymode, Salesforce, and Ringfence's own columns (formats.md 2–5).
"""

import re
from dataclasses import dataclass
from typing import Final

from dialer.errors import Refused
from dialer.files.table import Row, Table, plain_title

OWN_COLUMNS: Final = (
    *("contact_point", "person", "principal", "operator", "kind", "scope.reach", "scope.channels"),
    *("scope.brand", "scope.campaign", "scope.this_line_only", "scope.company"),
    *("effective_at", "source", "words"),
)
_PHONE_TITLES: Final = (
    *("phone number", "telephone number", "phone", "telephone", "number", "msisdn", "mobile phone", "mobile"),
    *("home phone", "work phone"),
)
_DATE_TITLES: Final = ("action_date", "date added", "added", "timestamp", "effective_at", "opt out date")
_EXPIRY_TITLES: Final = ("expire date", "expires_at", "expires", "expiry", "expiry date", "expiration date")
_WORDS_TITLES: Final = ("words", "dnc reason", "reason", "notes")
_GENESYS_PHONE: Final = re.compile(r"dnc(?!reason|status|date)")
_LIVEVOX_CELLS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLayout:
    """Places of columns, from 0; None where the file has no such column."""

    name: str
    titles: tuple[str, ...]
    phones: tuple[int, ...]
    country_code: int | None = None
    effective_at: int | None = None
    expires: int | None = None
    expires_in_days: int | None = None
    words: int | None = None
    action: int | None = None
    status: int | None = None
    flag: int | None = None
    list_name: int | None = None

    def title(self, place: int) -> str:
        """Return a column's title, or its number from 1 where it has none."""
        return self.titles[place] if place < len(self.titles) else str(place + 1)


def is_own(table: Table) -> bool:
    """Say whether the file has Ringfence's own columns."""
    return table.place_of("contact_point") is not None


def layout_of(table: Table, first: Row, file_name: str) -> FileLayout:
    """Return the layout of an export with foreign columns; raises Refused if none of them is a number's."""
    if not table.titles:
        return _untitled(first)
    if table.place_of("lead_id") is not None and table.place_of("phone_code") is not None:
        return _lead_export(table)
    phones = _phones(table)
    if not phones:
        raise Refused(
            f"{file_name} has no column called as telephone numbers are; name one ‘phone_number’, "
            "or take our own columns (`ringfence suppress import --template`)"
        )
    action = table.place_of("action")
    return FileLayout(
        name="VICIdial log" if action is not None else "export with titles",
        titles=table.titles,
        phones=phones,
        country_code=table.place_of("phone_code", "country_code"),
        effective_at=table.place_of(*_DATE_TITLES),
        expires=table.place_of(*_EXPIRY_TITLES),
        words=table.place_of(*_WORDS_TITLES),
        action=action,
        flag=table.place_of("DoNotCall", "do not call"),
        list_name=table.place_of("campaign_id"),
    )


def _phones(table: Table) -> tuple[int, ...]:
    """Return every column of numbers: by the usual titles, or Genesys's own that begin with DNC."""
    titles = [plain_title(title) for title in table.titles]
    usual = {plain_title(title) for title in _PHONE_TITLES}
    found = [
        place
        for place, title in enumerate(titles)
        if title in usual or (_GENESYS_PHONE.match(title) and table.titles[place].upper().startswith("DNC_"))
    ]
    return tuple(found)


def _lead_export(table: Table) -> FileLayout:
    """Return the layout of VICIdial's lead export, of which only do-not-call statuses are objections.

    A lead's other telephones are not taken: who answers them is not known to have objected.
    """
    number = table.place_of("phone_number")
    return FileLayout(
        name="VICIdial lead export",
        titles=table.titles,
        phones=() if number is None else (number,),
        country_code=table.place_of("phone_code"),
        effective_at=table.place_of("modify_date"),
        status=table.place_of("status"),
        list_name=table.place_of("list_id"),
    )


def _untitled(first: Row) -> FileLayout:
    if len(first.cells) == _LIVEVOX_CELLS and first.cell(2).isdecimal():
        return FileLayout(name="LiveVox", titles=(), phones=(0,), expires_in_days=2, list_name=1)
    return FileLayout(name="numbers without titles", titles=(), phones=(0,))
