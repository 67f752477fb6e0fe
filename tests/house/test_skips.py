"""A skip that names nothing the machine lacks fails the run, also when workers run the tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT

CASES = {
    "skip_in_test": ("import pytest\ndef test_a():\n    pytest.skip('later')\n", 1),
    "skip_marker": ("import pytest\n@pytest.mark.skip\ndef test_a():\n    pass\n", 1),
    "skip_needs": ("import pytest\ndef test_a():\n    pytest.skip('needs chromium')\n", 0),
    "expected_failure": (
        "import pytest\n@pytest.mark.xfail(reason='known')\ndef test_a():\n    assert 0\n",
        0,
    ),
    "nothing_skipped": ("def test_a():\n    pass\n", 0),
}


@pytest.mark.parametrize(("case", "workers"), [*((case, "0") for case in CASES), ("skip_in_test", "1")])
def test_a_silent_skip_fails_the_run(tmp_path: Path, case: str, workers: str) -> None:
    text, code = CASES[case]
    file = tmp_path / "test_case.py"
    file.write_text(text)
    plugins = ["-p", "xdist", "-p", "tests.skips"]
    command = [sys.executable, "-m", "pytest", "-q", "-n", workers, *plugins, "--rootdir", tmp_path, file]
    # Only the two plugins in question: the others take longer to load than all these runs.
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=alone, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == code, done.stdout
    assert ("skipped without saying what it needs" in done.stdout) == bool(code)
