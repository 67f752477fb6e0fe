"""Sealing: only what was sealed opens, under its own name, with a key that is still there."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialer.archive.sealing import Sealer, keys_of
from dialer.errors import Damaged, Misconfigured

OLD, NEW = b"o" * 32, b"n" * 32
SECRET = "a secret of this installation alone"


@given(st.binary(max_size=2_000), st.text(min_size=1, max_size=50).filter(lambda name: name.isprintable()))
def test_what_was_sealed_opens_under_its_own_name(plain: bytes, name: str) -> None:
    sealer = Sealer([NEW])
    sealed = sealer.seal(plain, name=name)
    assert sealer.open(sealed, name=name) == plain
    assert len(plain) < 8 or plain not in sealed


@given(st.data())
def test_one_altered_bit_anywhere_is_noticed(data: st.DataObject) -> None:
    sealed = bytearray(Sealer([NEW]).seal(b"please take me off your list", name="clips/1"))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Damaged):
        Sealer([NEW]).open(bytes(sealed), name="clips/1")


def test_one_file_cannot_be_put_in_anothers_place() -> None:
    sealed = Sealer([NEW]).seal(b"sound", name="clips/1")
    with pytest.raises(Damaged, match="altered"):
        Sealer([NEW]).open(sealed, name="clips/2")


def test_a_new_key_in_front_seals_and_the_old_one_still_opens() -> None:
    before = Sealer([OLD]).seal(b"sound", name="clips/1")
    both = Sealer([NEW, OLD])
    assert both.open(before, name="clips/1") == b"sound"
    assert Sealer([NEW]).open(both.seal(b"sound", name="clips/1"), name="clips/1") == b"sound"


def test_a_key_that_is_gone_is_named_as_the_reason() -> None:
    sealed = Sealer([OLD]).seal(b"sound", name="clips/1")
    with pytest.raises(Damaged, match="key that is gone"):
        Sealer([NEW]).open(sealed, name="clips/1")


@pytest.mark.parametrize("sealed", [b"", b"RFS1", b"RIFF" + b"\0" * 60])
def test_what_was_never_sealed_is_said_to_be_so(sealed: bytes) -> None:
    with pytest.raises(Damaged, match="not a sealed file"):
        Sealer([NEW]).open(sealed, name="clips/1")


def test_keys_are_base64_of_32_bytes_and_the_secrets_own_comes_last() -> None:
    given, alone = keys_of([base64.b64encode(NEW).decode()], secret=SECRET)
    assert given == NEW
    assert keys_of([], secret=SECRET) == (alone,)
    assert keys_of([], secret=SECRET + "!") != (alone,)
    assert keys_of([base64.urlsafe_b64encode(b"\xff" * 32).decode()], secret=SECRET)[0] == b"\xff" * 32


@pytest.mark.parametrize("text", ["short", base64.b64encode(b"x" * 31).decode(), "not base64 !"])
def test_a_key_that_is_none_stops_the_start_without_being_shown(text: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        keys_of([text], secret=SECRET)
    assert text not in refused.value.message
