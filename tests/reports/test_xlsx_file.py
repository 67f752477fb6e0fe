"""An XLSX workbook of plain strings."""

import io
import re
import zipfile

import pytest

from dialer.errors import Refused
from dialer.reports import xlsx_file
from dialer.reports.columns import Table
from dialer.reports.xlsx_file import write_xlsx


def sheet_of(rows: list[tuple[str, ...]]) -> str:
    file = io.BytesIO()
    write_xlsx(Table(("to", "say"), iter(rows)), file)
    return zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml").decode()


def test_formulas_links_and_numbers_stay_text():
    xml = sheet_of([("+442079460123", "=1+1"), ("00123", "https://example.org")])

    assert "<f>" not in xml
    assert "hyperlink" not in xml
    assert re.findall(r"<t>([^<]*)</t>", xml) == [
        "to",
        "say",
        "+442079460123",
        "=1+1",
        "00123",
        "https://example.org",
    ]


def test_markup_in_a_cell_is_escaped():
    assert "<script>" not in sheet_of([("<script>alert(1)</script>", "x")])


def test_more_rows_than_a_sheet_holds_are_refused_not_dropped(monkeypatch):
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 2)

    with pytest.raises(Refused, match="take CSV"):
        sheet_of([("a", "b")] * 3)


def test_a_cell_longer_than_excel_takes_is_cut_to_its_limit():
    assert "x" * 32_767 in sheet_of([("x" * 40_000, "y")])
