"""JSON values out of files of every build, whole and in bounded memory."""

import json
from pathlib import Path
from typing import Any

import pytest

from dialer.errors import Unreadable
from dialer.files.json_values import json_values
from dialer.files.opened_file import open_file

MANY = [{"n": n, "text": "é" * 200, "inner": {"list": [n, n]}} for n in range(6_000)]


def values(path: Path, text: str) -> list[Any]:
    path.write_text(text, encoding="utf-8")
    with open_file(path) as file:
        return list(json_values(file))


@pytest.mark.parametrize("indent", [None, 1])
def test_an_array_longer_than_a_block_is_read_value_by_value(tmp_path: Path, indent: int | None) -> None:
    assert values(tmp_path / "a.json", json.dumps(MANY, indent=indent, ensure_ascii=False)) == MANY


def test_lines_are_read_one_by_one(tmp_path: Path) -> None:
    assert values(tmp_path / "a.jsonl", "\n\n".join(map(json.dumps, MANY))) == MANY


@pytest.mark.parametrize("text", ['{"a": 1', '[{"a": 1}, {"a"', '{"a": 1} rubbish', "rubbish"])
def test_what_is_no_json_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(Unreadable, match="no JSON, or is cut short"):
        values(tmp_path / "a.json", text)


def test_an_empty_array_holds_nothing(tmp_path: Path) -> None:
    assert values(tmp_path / "a.json", "[]") == []
