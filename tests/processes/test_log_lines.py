"""Lines are cut whole from any pieces, labelled, and a reader that goes away stops nothing."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialer.processes.log_lines import LONGEST_LINE_BYTES, LineCutter, LogLines


@given(st.lists(st.binary(min_size=1, max_size=40)))
def test_pieces_make_the_same_lines_as_the_whole(pieces: list[bytes]) -> None:
    cutter = LineCutter()
    lines = [line for piece in [*pieces, b""] for line in cutter.feed(piece)]
    whole = b"".join(pieces).split(b"\n")
    expected = whole if whole[-1] else whole[:-1]
    assert lines == [line.decode("utf-8", "replace").rstrip("\r") for line in expected]


def test_a_line_without_an_end_is_cut_before_it_fills_the_memory() -> None:
    cutter = LineCutter()
    assert cutter.feed(b"x" * LONGEST_LINE_BYTES) == []
    assert cutter.feed(b"x") == ["x" * (LONGEST_LINE_BYTES + 1)]


def test_a_line_carries_its_parts_name() -> None:
    stream = io.StringIO()
    LogLines(stream).write("web", "listening")
    assert stream.getvalue() == "web       | listening\n"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("no_colour", "escapes"), [(None, 4), ("1", 0)])
def test_a_terminal_gets_one_colour_a_part(
    monkeypatch: pytest.MonkeyPatch, no_colour: str | None, escapes: int
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_colour:
        monkeypatch.setenv("NO_COLOR", no_colour)
    stream = Terminal()
    log = LogLines(stream)
    log.write("web", "one")
    log.write("web", "two")
    first, second = stream.getvalue().splitlines()
    assert stream.getvalue().count("\x1b[") == escapes
    assert first.replace("one", "two") == second


def test_a_reader_that_went_away_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    monkeypatch.setattr("sys.stdout", io.StringIO())
    log = LogLines(os.fdopen(write_end, "w", buffering=1))
    log.write("web", "nobody reads this")
    log.write("web", "nor this")
    log.stream.close()
