"""A file of our own phones: each is declared; live it is only once a code rung to it is read back."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import Field

from dialer.calls.contact_point import is_email_address
from dialer.calls.shape import STRICT
from dialer.consents.file_kind import FileKind
from dialer.consents.import_file import KeptAs
from dialer.errors import Fault, Unreadable
from dialer.screening.own_lines import Keeping, OwnLineGiven, declare


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLineRow:
    """One of our phones, as a row declares it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    contact_point: str
    kind: Literal["staff", "transfer", "test"]
    owner: Annotated[str, Field(min_length=1, max_length=128)]


OWN_LINES: Final = FileKind(
    shape=OwnLineRow,
    id_kind=None,
    plural="own lines",
    command="own-line",
    columns=("contact_point", "kind", "owner"),
    needed=("contact_point", "kind", "owner"),
    lists=frozenset(),
    past=(),
)


def keep_own_line(row: OwnLineRow, keeping: Keeping, *, by: str) -> KeptAs:
    """Declare a row's phone; one declared so before, proved or not, stays as it is. Raises Unreadable."""
    if is_email_address(row.contact_point):
        fault = Fault("/contact_point", "must be a number")
        raise Unreadable("an address cannot be rung; give a number", faults=(fault,))
    before = keeping.own_lines.held(row.contact_point).own
    is_same = before is not None and (before.kind, before.owner) == (row.kind, row.owner)
    declare(row.contact_point, OwnLineGiven(kind=row.kind, owner=row.owner), keeping, by=by)
    return KeptAs(repeated=is_same)
