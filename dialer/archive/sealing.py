"""Sealing: AES-256-GCM under keys from the settings; what is sealed opens only under its own name.

    magic (4) · key id (8) · nonce (12) · ciphertext with its tag

The first key seals, all of them open: so a key is changed by putting a new one in front of the old. The name
is bound in, so that one file cannot be put in another's place.
"""

import base64
import binascii
import hashlib
import os
from collections.abc import Iterable, Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dialer.errors import Damaged, Misconfigured

KEY_BYTES: Final = 32
_MAGIC: Final = b"RFS1"
_ID_BYTES: Final = 8
_NONCE_BYTES: Final = 12
_HEAD_BYTES: Final = len(_MAGIC) + _ID_BYTES + _NONCE_BYTES
_INFO: Final = b"ringfence archive 1"


class Sealer:
    """Seals and opens bytes; `keys` are 32 bytes each, the first of them seals."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise Misconfigured("an archive takes at least one key, each of 32 bytes")
        self._seals_with = _id_of(keys[0])
        self._ciphers = {_id_of(key): AESGCM(key) for key in keys}

    def seal(self, plain: bytes, *, name: str) -> bytes:
        """Return the bytes sealed under a name; each time with a fresh nonce."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._ciphers[self._seals_with].encrypt(nonce, plain, name.encode())
        return _MAGIC + self._seals_with + nonce + sealed

    def open(self, sealed: bytes, *, name: str) -> bytes:
        """Return what was sealed under this name; raises Damaged where it is anything else."""
        head, body = sealed[:_HEAD_BYTES], sealed[_HEAD_BYTES:]
        if len(head) < _HEAD_BYTES or not head.startswith(_MAGIC):
            raise Damaged(f"{name} in the archive is not a sealed file; restore it from a backup")
        key_id, nonce = head[4 : 4 + _ID_BYTES], head[4 + _ID_BYTES :]
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise Damaged(
                f"{name} in the archive was sealed with a key that is gone; put it back behind the new one "
                "in RINGFENCE_ARCHIVE_KEYS"
            )
        try:
            return cipher.decrypt(nonce, body, name.encode())
        except InvalidTag:
            raise Damaged(f"{name} in the archive was altered; restore it from a backup") from None


def keys_of(texts: Sequence[str], *, secret: str) -> tuple[bytes, ...]:
    """Return the keys of the settings, and behind them the one made from the installation's own secret.

    `texts` are base64; none is the secret's key alone. Raises Misconfigured, never showing a key.
    """
    return (*keys_given(texts), key_of_secret(secret))


def keys_given(texts: Iterable[str]) -> tuple[bytes, ...]:
    """Return the keys that somebody chose, from their base64; raises Misconfigured, never showing a key."""
    return tuple(_read(text) for text in texts)


def key_of_secret(secret: str) -> bytes:
    """Return the key made from an installation's own secret."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=_INFO).derive(secret.encode())


def _read(text: str) -> bytes:
    try:
        key = base64.b64decode(
            text.strip(), altchars=b"-_" if {"-", "_"} & set(text) else None, validate=True
        )
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise Misconfigured("RINGFENCE_ARCHIVE_KEYS must be base64 of 32 random bytes each, commas between")
    return key


def _id_of(key: bytes) -> bytes:
    return hashlib.sha256(_INFO + key).digest()[:_ID_BYTES]
