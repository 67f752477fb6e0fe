"""Say words aloud with flite, a small synthesiser that comes with its voices."""

import shutil
import subprocess
import wave
from pathlib import Path
from typing import Final

import numpy as np
import pytest

# A Scot, two Americans, a woman: each has its own faults, as callers do.
VOICES: Final = ("awb", "kal16", "rms", "slt")
_SAY_SECONDS: Final = 60


def flite() -> str:
    """Return the synthesiser's path; without one the test fails and says how to get it."""
    found = shutil.which("flite")
    if found is None:
        pytest.fail("needs flite, which speaks the turns: apt-get install flite (or your system's package)")
    return found


def said(words: str, *, voice: str, stretch: float, folder: Path) -> tuple[np.ndarray, int]:
    """Return the samples of a sentence and their rate a second.

    `stretch` is how many times longer it takes than usual; `folder` takes the file in between.
    """
    path = folder / "said.wav"
    how = ["-voice", voice, "--setf", f"duration_stretch={stretch}"]
    subprocess.run([flite(), *how, "-t", words, "-o", path], check=True, timeout=_SAY_SECONDS)
    with wave.open(str(path)) as file:
        frames = file.readframes(file.getnframes())
        return np.frombuffer(frames, dtype="<i2").astype(float), file.getframerate()
