"""Every vendor's do-not-call export is read for what it says, and for nothing it does not say."""

from pathlib import Path

import pytest

from dialer.errors import Refused
from dialer.files.outcome import FaultKind
from dialer.files.when import DateOrder
from dialer.law.records import Reach, Scope
from tests.objections.files import order, rows_of, written

DAY_END = "23:59:59"
LOG_TITLES = "phone_number,campaign_id,action,action_date,user"
LEAD_TITLES = (
    "lead_id\tentry_date\tmodify_date\tstatus\tlist_id\tphone_code\tphone_number\taddress3\talt_phone"
)


def dated(folder: Path, content: str, **how: object) -> list[tuple[str, str | None]]:
    """Return each number with the time it is dated by, in London's winter the same as UTC."""
    read = rows_of(written(folder, content), order(**how))
    return [
        (saying.contact_point, saying.effective_at.isoformat()[:19] if saying.effective_at else None)
        for row in read
        for saying in row.sayings
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "phone_number\r\n07700900123\r\n441632960123\r\n",
            [("+447700900123", None), ("+441632960123", None)],
        ),
        ("07700900123\n", [("+447700900123", None)]),
        (
            f"{LOG_TITLES}\n447700900123,-SYSINT-,add,2024-11-12 15:40:14,6666\n",
            [("+447700900123", "2024-11-12T15:40:14")],
        ),
        (
            "Last Name, First Name,DNC_Home,DNC_Cell,DNC_Work\nSmith,Bill,020 7946 0123,07700 900123,\n",
            [("+442079460123", None), ("+447700900123", None)],
        ),
        ("Phone\n020-7946-0123\n", [("+442079460123", None)]),
        ("07700900123,ContactGroup7,30\n", [("+447700900123", None)]),
        ("Phone Number,Expire Date\n07700900123,2027-01-31\n", [("+447700900123", None)]),
        (
            "Phone Number, Timestamp, expires_at\n07700900123,2026-03-04T10:15:00Z,\n",
            [("+447700900123", "2026-03-04T10:15:00")],
        ),
        (
            "Telephone number,Added by,Date added,Notes,Category\n07700900123,jo,31/01/2026,rude,DNC\n",
            [("+447700900123", f"2026-01-31T{DAY_END}")],
        ),
        (
            "Phone Number,Added,Expires,DNC Reason\n07700900123,2026-01-31,2027-01-31,asked\n",
            [("+447700900123", f"2026-01-31T{DAY_END}")],
        ),
        (
            "Id,Phone,DoNotCall,LastModifiedDate\n1,+44 1632 960123,1,2026-03-04T10:15:00.000Z\n",
            [("+441632960123", None)],
        ),
        (
            f"{LEAD_TITLES}\n7\t\t2024-02-03 10:11:12\tDNC\t101\t44\t7700900123\t020 7946 0123\t\n",
            [("+447700900123", "2024-02-03T10:11:12")],
        ),
        (
            f"{LEAD_TITLES}\n7\t\t2024-02-03 10:11:12\tNEVER\t101\t44\t07700900123\t\t\n",
            [("+447700900123", "2024-02-03T10:11:12")],
        ),
        (f"{LEAD_TITLES}\n7\t\t\tDNCL\t101\t1\t2125550123\t\t\n", [("+12125550123", None)]),
    ],
)
def test_each_export_gives_its_numbers_with_their_own_times(
    tmp_path: Path, content: str, expected: list[tuple[str, str | None]]
) -> None:
    assert dated(tmp_path, content) == expected


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("201XXXXXXX", FaultKind.WILDCARD),
        ("0770090*", FaultKind.WILDCARD),
        ("XXXXXX0404", FaultKind.MASKED),
        ("******0123", FaultKind.MASKED),
        ("4.47701E+11", FaultKind.SCIENTIFIC),
        ("4,47701E+11", FaultKind.SCIENTIFIC),
        ("07700 9OO123", FaultKind.NUMBER),
        ("999", FaultKind.NUMBER),
        ("n/a", FaultKind.NUMBER),
        ("jo@", FaultKind.NUMBER),
    ],
)
def test_what_is_no_number_is_told_apart_and_never_suppressed(
    tmp_path: Path, cell: str, kind: FaultKind
) -> None:
    (row,) = rows_of(written(tmp_path, f'phone_number\n"{cell}"\n'), order())
    assert row.sayings == ()
    assert [(fault.line, fault.column, fault.kind) for fault in row.faults] == [(2, "phone_number", kind)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("phone_number,action\n07700900123,delete\n", "a deletion elsewhere lifts no objection"),
        ("Phone,DoNotCall\n07700900123,false\n", "it is not marked do-not-call"),
        (f"{LEAD_TITLES}\n7\t\t\tSALE\t101\t44\t7700900123\t\t\n", "its status is not a do-not-call status"),
    ],
)
def test_a_row_that_is_no_objection_is_passed_over(tmp_path: Path, content: str, why: str) -> None:
    (row,) = rows_of(written(tmp_path, content), order())
    assert (row.passed_over, row.sayings, row.faults) == (why, (), ())


@pytest.mark.parametrize(
    ("content", "column", "reason"),
    [
        ("Phone,Added\n07700900123,soon\n", "Added", "no such time"),
        ("Phone,Added\n07700900123,2026-02-30\n", "Added", "no such time"),
        ("Phone,Added\n07700900123,05/06/2026\n", "Added", "two different days"),
        ("Phone,Added\n07700900123,2026-11-24\n", "Added", "in the future"),
        ("Phone Number,Expire Date\n07700900123,never\n", "Expire Date", "no such time"),
        ("07700900123,Group,30\n07700900124,Group,soon\n", "3", "not a number of days"),
        ("phone_number,action\n07700900123,maybe\n", "action", "neither add nor delete"),
        ("Phone,DoNotCall\n07700900123,perhaps\n", "DoNotCall", "neither yes nor no"),
        ('phone_number\n"07700900123\n', "1", "never closed"),
        ("Phone,Name\n,Jo\n", "Phone", "no digit"),
    ],
)
def test_a_row_with_a_bad_value_is_refused_and_does_not_become_permanent(
    tmp_path: Path, content: str, column: str, reason: str
) -> None:
    row = rows_of(written(tmp_path, content), order())[-1]
    assert row.sayings == ()
    assert [fault.column for fault in row.faults] == [column]
    assert reason in row.faults[0].reason


def test_a_date_that_may_be_two_days_is_read_once_the_order_is_said(tmp_path: Path) -> None:
    content = "Phone,Added\n07700900123,05/06/2026\n"
    assert dated(tmp_path, content, date_order=DateOrder.DAY_FIRST) == [
        ("+447700900123", "2026-06-05T22:59:59")
    ]


def test_a_row_of_several_numbers_keeps_the_good_ones_and_names_the_bad(tmp_path: Path) -> None:
    (row,) = rows_of(written(tmp_path, "DNC_Home,DNC_Cell\n020 7946 0123,XXXX0123\n"), order())
    assert [saying.contact_point for saying in row.sayings] == ["+442079460123"]
    assert [fault.column for fault in row.faults] == ["DNC_Cell"]


def test_a_row_without_scope_stops_all_voice_of_whose_list_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, "phone_number\n07700900123\n")
    (of_principal,) = rows_of(path, order())[0].sayings
    (of_operator,) = rows_of(path, order(principal=None, operator="beck"))[0].sayings
    assert of_principal.scope == Scope(reach=Reach.PRINCIPAL, channels="voice")
    assert of_operator.scope == Scope(reach=Reach.OPERATOR, channels="voice")
    assert (of_operator.principal, of_operator.operator) == (None, "beck")
    assert of_principal.words == "undated; export with titles"
    assert of_principal.source == "import"


def test_a_file_without_a_column_of_numbers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no column called as telephone numbers are"):
        rows_of(written(tmp_path, "name,town\nJo,Leeds\n"), order())
