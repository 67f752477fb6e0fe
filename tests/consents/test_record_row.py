"""A consent file's row is the consent it proves, or is refused with every fault named."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.consents.file_kind import CONSENTS, RELATIONSHIPS, SOLICITATIONS, FileKind
from dialer.consents.record_row import ReadRecord, RecordColumns, RowOrder, read_record
from dialer.files.number_cell import NumberReading
from dialer.files.outcome import FaultKind
from dialer.files.table import open_table
from dialer.law.records import Consent, Proof, Relationship, Solicitation, SourceChain, Wording

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
GOOD = {
    "contact_point": "07700 900123",
    "person": "P1",
    "principal": "alder",
    "named_as": "Alder Energy Ltd",
    "channels": "live_call|sms",
    "purposes": "general",
    "given_at": "2026-10-01T09:00:00+01:00",
    "method": "web_form",
    "wording.version": "w3",
    "wording.text": "Yes, ring me",
    "proof.kind": "form_log",
    "proof.ref": "f-1",
    "given_by": "subscriber",
    "source": "third_party",
    "source_chain.collector": "Cedar Leads Ltd",
    "source_chain.evidence_complete": "yes",
    "specific": "true",
    "expires_at": "2027-10-01T09:00:00Z",
}


def read(folder: Path, **changed: str) -> ReadRecord:
    cells = {**GOOD, **{name.replace("__", "."): text for name, text in changed.items()}}
    path = folder / "consents.csv"
    path.write_text(",".join(cells) + "\n" + ",".join(f'"{text}"' for text in cells.values()) + "\n")
    order = RowOrder(principals=frozenset({"alder"}), at=NOON, numbers=NumberReading(drama_mobiles=True))
    with open_table(path) as table:
        columns = RecordColumns(table, CONSENTS)
        assert (columns.unknown, columns.missing) == ((), ())
        (row,) = (read_record(row, columns, order) for row in table.rows)
    return row


def test_a_whole_row_is_the_consent_it_describes(tmp_path: Path) -> None:
    consent = read(tmp_path).record
    assert isinstance(consent, Consent)
    assert (consent.contact_point, consent.person, consent.principal) == ("+447700900123", "P1", "alder")
    assert consent.channels == (Channel.LIVE_CALL, Channel.SMS)
    assert consent.purposes == (Purpose.GENERAL,)
    assert consent.given_at == datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
    assert consent.wording == Wording(version="w3", text="Yes, ring me")
    assert consent.proof == Proof(kind="form_log", ref="f-1")
    assert consent.source_chain == SourceChain(collector="Cedar Leads Ltd", evidence_complete=True)
    assert (consent.specific, consent.recorded_at) == (True, NOON)


def test_a_consent_is_named_by_what_it_says(tmp_path: Path) -> None:
    first, again = read(tmp_path).record, read(tmp_path, contact_point="+44 7700 900123").record
    other = read(tmp_path, purposes="service").record
    assert first is not None
    assert first == again
    assert other is not None
    assert first.id != other.id
    assert str(first.id).startswith("con_")


@pytest.mark.parametrize(
    ("column", "text", "kind"),
    [
        ("contact_point", "XXXX0123", FaultKind.MASKED),
        ("contact_point", "4.47701E+11", FaultKind.SCIENTIFIC),
        ("contact_point", "", FaultKind.VALUE),
        ("principal", "birch", FaultKind.VALUE),
        ("principal", "", FaultKind.VALUE),
        ("channels", "live_call|pigeon", FaultKind.VALUE),
        ("channels", "", FaultKind.VALUE),
        ("purposes", "anything", FaultKind.VALUE),
        ("given_at", "", FaultKind.VALUE),
        ("given_at", "2026-02-30T09:00:00Z", FaultKind.TIME),
        ("given_at", "2026-10-01T09:00:00", FaultKind.TIME),
        ("given_at", "2026-10-01", FaultKind.TIME),
        ("given_at", "20261001", FaultKind.TIME),
        ("given_at", "1759309200", FaultKind.TIME),
        ("given_at", "01/10/2026", FaultKind.TIME),
        ("given_at", "2026-11-23T12:00:01Z", FaultKind.TIME),
        ("expires_at", "never", FaultKind.TIME),
        ("withdrawn_at", "2026-12-01T00:00:00Z", FaultKind.TIME),
        ("specific", "perhaps", FaultKind.VALUE),
        ("source", "rumour", FaultKind.VALUE),
        ("source_chain__evidence_complete", "half", FaultKind.VALUE),
    ],
)
def test_one_bad_value_refuses_the_row_and_is_named(
    tmp_path: Path, column: str, text: str, kind: FaultKind
) -> None:
    row = read(tmp_path, **{column: text})
    assert row.record is None
    assert row.faults
    assert row.faults[0].column.startswith(column.replace("__", "."))
    assert row.faults[0].kind is kind
    assert "0123" not in row.faults[0].reason


def test_the_template_lists_every_column_once() -> None:
    assert len(CONSENTS.columns) == len(set(CONSENTS.columns)) == 23
    assert set(GOOD) < set(CONSENTS.columns)


REQUEST = {
    "contact_point": "020 7946 0123",
    "principal": "alder",
    "topic": "solar",
    "channels": "live_call",
    "requested_at": "2026-11-20T09:00:00Z",
    "window.from": "2026-11-24T09:00:00Z",
    "window.until": "2026-11-24T10:00:00Z",
}
SALE = {
    "contact_point": "020 7946 0123",
    "principal": "alder",
    "kind": "sale",
    "own_sale": "yes",
    "collected_at": "2026-11-20T09:00:00Z",
}


def read_as(kind: FileKind, cells: dict[str, str], folder: Path) -> ReadRecord:
    path = folder / "records.csv"
    path.write_text(",".join(cells) + "\n" + ",".join(cells.values()) + "\n")
    order = RowOrder(principals=frozenset({"alder"}), at=NOON, numbers=NumberReading(drama_mobiles=True))
    with open_table(path) as table:
        columns = RecordColumns(table, kind)
        (row,) = (read_record(row, columns, order) for row in table.rows)
    return row


def test_a_request_keeps_the_time_that_was_asked_for(tmp_path: Path) -> None:
    record = read_as(SOLICITATIONS, REQUEST, tmp_path).record
    assert isinstance(record, Solicitation)
    assert record.window is not None
    assert record.window.from_ == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert (record.topic, record.contact_point) == ("solar", "+442079460123")


def test_a_relationship_keeps_its_limbs(tmp_path: Path) -> None:
    record = read_as(RELATIONSHIPS, SALE, tmp_path).record
    assert isinstance(record, Relationship)
    assert (record.kind, record.own_sale, record.contrived) == ("sale", True, False)


@pytest.mark.parametrize(
    ("kind", "cells", "column", "text"),
    [
        (SOLICITATIONS, REQUEST, "requested_at", "2026-11-23T12:00:01Z"),
        (SOLICITATIONS, REQUEST, "channels", "telegram"),
        (SOLICITATIONS, REQUEST, "window.from", "tomorrow"),
        (RELATIONSHIPS, SALE, "collected_at", "2027-01-01T00:00:00Z"),
        (RELATIONSHIPS, SALE, "kind", "friend"),
        (RELATIONSHIPS, SALE, "own_sale", "perhaps"),
    ],
)
def test_a_bad_cell_refuses_the_row_and_is_named(
    tmp_path: Path, kind: FileKind, cells: dict[str, str], column: str, text: str
) -> None:
    read = read_as(kind, {**cells, column: text}, tmp_path)
    assert read.record is None
    assert [fault.column for fault in read.faults] == [column]
