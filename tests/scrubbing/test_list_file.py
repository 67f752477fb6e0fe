"""Lists of every usual kind: delimiters, encodings, packing, line ends, workbooks."""

import gzip
import io
import zipfile

import pytest
import xlsxwriter

from dialer.errors import Refused, Unreadable
from tests.scrubbing.lists import result, scrubbed, told, written

PLAIN = "id,Phone,note\n1,020 7946 0001,a\n2,020 7946 0009,b\n"
EXPECTED = ["block UK_R21_1B_TPS_LISTED", "allow UK_R21_CLEAR"]


def zipped(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("leads.csv"), content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        (PLAIN.encode(), ","),
        (PLAIN.replace(",", ";").encode(), ";"),
        (PLAIN.replace(",", "\t").encode(), "\t"),
        (PLAIN.replace(",", "|").encode(), "|"),
        (PLAIN.replace("\n", "\r\n").encode(), ","),
        (PLAIN.replace("\n", "\r").encode(), ","),
        (PLAIN.encode("utf-8-sig"), ","),
        (PLAIN.encode("utf-16"), ","),
        (PLAIN.encode("utf-16-le"), ","),
        (gzip.compress(PLAIN.encode(), mtime=0), ","),
        (zipped(PLAIN.encode()), ","),
        (PLAIN.rstrip("\n").encode(), ","),
    ],
    ids=[
        *("comma", "semicolon", "tab", "bar", "crlf", "cr", "utf-8 mark", "utf-16 mark", "utf-16", "gzip"),
        *("zip", "no last line end"),
    ],
)
def test_a_list_of_any_kind_is_read_and_kept(house, folder, content, delimiter):
    scrubbed(house, written(folder, content))

    rows = result(folder, delimiter=delimiter)
    assert told(rows) == EXPECTED
    assert [row["note"] for row in rows] == ["a", "b"]


def test_bytes_that_are_not_utf8_stay_as_they_are(house, folder):
    scrubbed(house, written(folder, "Phone,name\n02079460009,Zo\xeb\n".encode("cp1252")))

    assert result(folder, encoding="cp1252")[0]["name"] == "Zo\xeb"


def test_a_workbook_is_read_and_numbers_it_keeps_as_numbers_too(house, folder):
    book = xlsxwriter.Workbook(str(folder / "list.xlsx"))
    sheet = book.add_worksheet()
    for n, row in enumerate([["id", "Mobile"], [1, 2079460001], [2, "020 7946 0009"], [3, 447911123456]]):
        sheet.write_row(n, 0, row)
    book.close()

    scrubbed(house, folder / "list.xlsx")

    rows = result(folder)
    assert told(rows) == [*EXPECTED, "allow UK_R21_CLEAR"]
    assert [row["Mobile"] for row in rows] == ["2079460001", "020 7946 0009", "447911123456"]


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", gzip.compress(b"", mtime=0)], ids=["no byte", "blank", "gzip"]
)
def test_an_empty_list_is_refused(house, folder, content):
    with pytest.raises(Refused, match="is empty"):
        scrubbed(house, written(folder, content))


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04not a zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1junk"], ids=["zip", "workbook"]
)
def test_a_damaged_file_is_refused(house, folder, content):
    with pytest.raises(Unreadable):
        scrubbed(house, written(folder, content))


def test_a_list_without_titles_is_read_from_its_first_row_on(house, folder):
    scrubbed(house, written(folder, "02079460001,a\n02079460009,b\n"))

    lines = (folder / "result.csv").read_text().splitlines()
    assert [line.split(",")[2:4] for line in lines] == [each.split(" ") for each in EXPECTED]
