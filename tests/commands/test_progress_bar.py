"""The bar stands on a terminal's stderr for what takes long, and nowhere else."""

import sys

import pytest

from dialer.commands import progress_bar as module
from dialer.commands.progress_bar import progress_bar


def show_half(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    with progress_bar() as progress:
        progress("reading", 50, 100)
    said = capsys.readouterr()
    return said.out, said.err


def test_nothing_is_shown_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    assert show_half(capsys) == ("", "")


def test_a_terminal_sees_the_stage_after_a_second(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert show_half(capsys) == ("", "")
    monkeypatch.setattr(module, "SHOWN_AFTER_SECONDS", 0.0)
    out, err = show_half(capsys)
    assert (out, "reading" in err, "50/100" in err) == ("", True, True)
