"""A window of a WAV: what is cut out is what lies there, however the bytes come."""

import io
import struct
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialer.errors import Unreadable
from dialer.objections.recordings import Window
from dialer.objections.sound import WindowOfSound

RATE = 8_000


def wav(seconds: int, *, channels: int = 2, width: int = 2) -> bytes:
    """Return a WAV in which each frame says at which frame it stands, modulo 2^15."""
    frames = b"".join(struct.pack("<h", at % 32_768) * channels for at in range(RATE * seconds))
    made = io.BytesIO()
    with wave.open(made, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(width)
        out.setframerate(RATE)
        out.writeframes(frames)
    return made.getvalue()


TWO_SECONDS, TEN_SECONDS = wav(2), wav(10)


def cut(sound: bytes, window: Window, *, piece: int = 4_096) -> bytes:
    """Stream a sound through, in pieces of so many bytes, until it has enough."""
    taken = WindowOfSound(window)
    for at in range(0, len(sound), piece):
        if not taken.take(sound[at : at + piece]):
            break
    return taken.cut()


def frames_of(sound: bytes) -> list[int]:
    with wave.open(io.BytesIO(sound)) as opened:
        assert opened.getframerate() == RATE
        step = 2 * opened.getnchannels()
        held = opened.readframes(opened.getnframes())
    return [struct.unpack_from("<h", held, at)[0] for at in range(0, len(held), step)]


@given(starts=st.floats(0, 1.9), length=st.floats(0.01, 2), piece=st.sampled_from([1, 7, 4_096, 1 << 20]))
def test_the_window_holds_its_own_frames_however_the_bytes_come(
    starts: float, length: float, piece: int
) -> None:
    ends = min(2.0, starts + length)
    found = frames_of(cut(TWO_SECONDS, Window(starts, ends), piece=piece))
    assert found == list(range(int(starts * RATE), int(ends * RATE)))


def test_it_stops_asking_once_the_window_is_full() -> None:
    taken = WindowOfSound(Window(0, 1))
    asked = 0
    for at in range(0, len(TEN_SECONDS), 4_096):
        asked += 1
        if not taken.take(TEN_SECONDS[at : at + 4_096]):
            break
    assert asked * 4_096 < len(TEN_SECONDS) / 5


def test_a_window_behind_the_end_keeps_the_last_of_the_sound() -> None:
    found = frames_of(cut(TEN_SECONDS, Window(30, 32)))
    assert (len(found), found[-1]) == (2 * RATE, (10 * RATE - 1) % 32_768)


def test_the_telephones_own_codings_are_cut_as_well() -> None:
    sound = bytes(range(250)) * 64
    head = struct.pack("<HHIIHH", 7, 1, RATE, RATE, 1, 8)
    chunks = b"fmt " + struct.pack("<I", 16) + head + b"LIST" + struct.pack("<I", 3) + b"abc\0"
    chunks += b"data" + struct.pack("<I", len(sound)) + sound
    whole = b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks
    assert cut(whole, Window(0.5, 1.0), piece=11).endswith(sound[4_000:8_000])


def test_a_length_nobody_knew_is_taken_for_what_comes() -> None:
    at = TEN_SECONDS.index(b"data") + 4
    endless = TEN_SECONDS[:at] + struct.pack("<I", 0xFFFFFFFF) + TEN_SECONDS[at + 4 :]
    assert frames_of(cut(endless, Window(9, 10)))[-1] == (10 * RATE - 1) % 32_768


@pytest.mark.parametrize(
    "sound",
    [
        b"",
        b"ID3" + b"\0" * 200,
        b"<html>" + b" " * 200,
        TEN_SECONDS[:44],
        TEN_SECONDS.replace(struct.pack("<HH", 1, 2), struct.pack("<HH", 0x11, 2), 1),
        b"RIFF\0\0\0\0WAVE" + b"junk" + struct.pack("<I", 1 << 30) + b"\0" * 70_000,
    ],
)
def test_what_is_no_sound_is_refused(sound: bytes) -> None:
    with pytest.raises(Unreadable, match="nothing was kept"):
        cut(sound, Window(0, 1))
