"""A sealed stream comes back whole or not at all."""

import io
import os
import random

import pytest

from dialer.archive.sealed_stream import PIECE_BYTES, SealedReader, SealedWriter
from dialer.archive.sealing import Sealer
from dialer.errors import Damaged

SEALER = Sealer([b"k" * 32])


def sealed(plain: bytes, *, pieces: int = 7) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, SEALER)
    step = max(1, len(plain) // pieces)
    for start in range(0, len(plain), step):
        writer.write(plain[start : start + step])
    writer.close()
    return file.getvalue()


def opened(stream: bytes, sealer: Sealer = SEALER) -> bytes:
    return SealedReader(io.BytesIO(stream), sealer, what="it").read()


@pytest.mark.parametrize("length", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES])
def test_what_was_written_comes_back(length: int) -> None:
    plain = os.urandom(length)
    stream = sealed(plain)
    assert opened(stream) == plain
    assert plain[:64] not in stream or length < 16


def test_it_is_read_in_pieces_of_any_size() -> None:
    plain, reader_of = os.urandom(2 * PIECE_BYTES + 5), sealed
    reader, back = SealedReader(io.BytesIO(reader_of(plain)), SEALER, what="it"), b""
    while piece := reader.read(70_001):
        back += piece
    assert back == plain


@pytest.mark.parametrize("left", [0, 3, 19, 20, 22, 100, PIECE_BYTES, 2 * PIECE_BYTES + 200])
def test_one_that_was_cut_is_never_taken_for_whole(left: int) -> None:
    stream = sealed(os.urandom(3 * PIECE_BYTES))
    with pytest.raises(Damaged):
        opened(stream[:left])


def test_one_that_was_cut_between_two_pieces_is_not_whole_either() -> None:
    stream = sealed(os.urandom(2 * PIECE_BYTES))
    first = 20 + 4 + int.from_bytes(stream[20:24], "big")
    with pytest.raises(Damaged):
        opened(stream[:first])


@pytest.mark.parametrize("seed", range(20))
def test_a_changed_byte_is_found(seed: int) -> None:
    dice, stream = random.Random(seed), bytearray(sealed(b"a" * 5_000))
    stream[dice.randrange(len(stream))] ^= 1 << dice.randrange(8)
    with pytest.raises(Damaged):
        opened(bytes(stream))


def test_pieces_of_two_streams_do_not_mix() -> None:
    one, other = sealed(b"a" * 100), sealed(b"b" * 100)
    with pytest.raises(Damaged):
        opened(one[:20] + other[20:])


def test_another_key_opens_nothing() -> None:
    with pytest.raises(Damaged):
        opened(sealed(b"a" * 100), Sealer([b"x" * 32]))
