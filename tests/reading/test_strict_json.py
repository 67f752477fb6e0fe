"""JSON that two readers could take for two things is refused, and the place is pointed at."""

import pytest

from dialer.errors import Unreadable
from dialer.reading.strict_json import read_json


def faults(raw: bytes | str) -> list[tuple[str, str]]:
    with pytest.raises(Unreadable) as refused:
        read_json(raw, what="body")
    return [(fault.pointer, fault.detail) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        ('{"a": 1, "a": 2}', "/a"),
        ('{"a": [{"b": 1, "b": 1}]}', "/a/0/b"),
        ('{"a/b": {"~": 1, "~": 2}}', "/a~1b/~0"),
        ('{"a": NaN}', "/a"),
        ('{"a": [1, -Infinity]}', "/a/1"),
        ('{"a": 1e999}', "/a"),
        ('{"a": ' + "9" * 5_000 + "}", "/a"),
        ('{"a": "\\ud800"}', "/a"),
        ('{"a": {"\\udfff": 1}}', "/a"),
        ("[" * 100_000, ""),
        ('{"a":' * 40 + "1" + "}" * 40, "/a" * 33),
        ("", ""),
        ("{", ""),
        ('{"a": 1} {}', ""),
        ("{'a': 1}", ""),
        (b'\xff{"a": 1}', ""),
        ("\ufeff{}", ""),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_what_leaves_something_open_is_pointed_at(raw: bytes | str, pointer: str) -> None:
    assert [place for place, _ in faults(raw)] == [pointer]


def test_every_such_place_is_pointed_at_at_once() -> None:
    found = faults('{"a": NaN, "b": {"c": 1, "c": 2}, "d": ["\\ud800"]}')
    assert [place for place, _ in found] == ["/a", "/b/c", "/d/0"]


def test_there_are_at_most_fifty_faults() -> None:
    assert len(faults("[" + ",".join(["NaN"] * 200) + "]")) == 50


def test_where_json_breaks_is_said() -> None:
    assert faults('{"a": 1,\n "b" 2}') == [("", "is not JSON: it breaks at line 2 column 6")]


def test_null_is_left_out_of_objects_and_kept_in_lists() -> None:
    assert read_json('{"a": null, "b": [null, {"c": null}]}', what="body") == {"b": [None, {}]}


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "1e3", "9" * 400])
def test_a_number_every_reader_holds_is_read(number: str) -> None:
    assert read_json(number, what="body") == (int(number) if number.lstrip("-").isdigit() else float(number))


def test_bytes_and_text_are_read_alike() -> None:
    assert read_json('{"a": "é"}'.encode(), what="body") == read_json('{"a": "é"}', what="body")
