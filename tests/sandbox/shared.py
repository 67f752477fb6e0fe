"""The reference texts that lie beside a checkout: found, or their absence said plainly."""

import os
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]


def shared_file(name: str) -> Path:
    """Return a file of the folder `shared` beside the repository, or of `RINGFENCE_SHARED`.

    Fails when it is not there; with `RINGFENCE_WITHOUT_SHARED=1` the test is skipped and says so.
    """
    folder = Path(os.environ.get("RINGFENCE_SHARED", _ROOT.parent / "shared"))
    if (folder / name).is_file():
        return folder / name
    if os.environ.get("RINGFENCE_WITHOUT_SHARED") == "1":
        pytest.skip(f"needs {name} beside the repository (RINGFENCE_WITHOUT_SHARED=1 is set)")
    pytest.fail(
        f"{name} is not in {folder}: put it there, set RINGFENCE_SHARED, or RINGFENCE_WITHOUT_SHARED=1"
    )
