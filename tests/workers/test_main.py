"""`python -m workers` knows its parts."""

import pytest

from workers.__main__ import main


@pytest.mark.parametrize("arguments", [[], ["both"], ["worker", "now"]])
def test_wrong_usage_says_what_there_is_and_exits_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err == "usage: python -m workers worker|lists|registers|timetable\n"
