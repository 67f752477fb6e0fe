"""A recording of a call: its states, its length in story seconds, and a WAV to stand for its sound."""

import io
import math
import struct
import wave
from dataclasses import dataclass, field
from datetime import datetime

from dialer.sandbox.exchange.leg import new_sid

_RATE = 8_000
# A fetched recording is a tone of at most this length: enough to test a download, small enough to keep none.
MOST_SECONDS_OF_SOUND = 10
_TONES_HERTZ = (440.0, 660.0)


@dataclass(slots=True, eq=False, kw_only=True)
class Recording:
    """One recording; fields change under the world's lock.

    `call_sid` is always the leg that carries the verb (the parent for `<Dial record>`).
    `duration_seconds` is -1 until the recording ends, as Twilio shows it.
    """

    account_sid: str
    call_sid: str
    source: str
    channels: int
    created_at: datetime
    started_tick: float
    track: str = "both"
    callback: str | None = None
    callback_method: str = "POST"
    callback_events: frozenset[str] = frozenset({"completed"})
    sid: str = field(default_factory=lambda: new_sid("RE"))
    status: str = "in-progress"
    updated_at: datetime | None = None
    duration_seconds: int = -1
    words: list[str] = field(default_factory=list)
    is_deleted: bool = False

    @property
    def is_running(self) -> bool:
        """Tell whether it has not ended (a paused one has not)."""
        return self.status in {"in-progress", "paused"}


def sound(recording: Recording) -> bytes:
    """Return a WAV (8 kHz, 16 bit) as long as the recording, one tone a channel; no real voice is kept."""
    frames = _RATE * min(max(recording.duration_seconds, 0), MOST_SECONDS_OF_SOUND)
    tones = _TONES_HERTZ[: recording.channels]
    # Both tones repeat within a second, so one second is worked out and repeated.
    second = b"".join(
        struct.pack("<h", int(8_000 * math.sin(2 * math.pi * tone * at / _RATE)))
        for at in range(_RATE)
        for tone in tones
    )
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(len(tones))
        out.setsampwidth(2)
        out.setframerate(_RATE)
        out.writeframes(second * (frames // _RATE))
    return buffer.getvalue()
