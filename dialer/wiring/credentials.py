"""Destinations' credentials at rest: sealed under the archive's keys, each bound to its destination.

The text is `sealed:` and base64. What is not sealed is taken as it is: a demo's own, or one written before
credentials were sealed, which the next PUT of its destination seals.
"""

import base64
import binascii
from typing import Final

from dialer.archive.sealing import Sealer, keys_of
from dialer.errors import Damaged
from dialer.settings import Settings

_MARK: Final = "sealed:"


class Credentials:
    """Seals what a person typed, and opens it for the worker that uses it."""

    def __init__(self, settings: Settings) -> None:
        given = settings.archive_keys.get_secret_value().split(",") if settings.archive_keys else []
        self._sealer = Sealer(keys_of(given, secret=settings.secret_key.get_secret_value()))

    def seal(self, text: str, *, of: str) -> str:
        """Return a credential as it is kept; one that is sealed already stays as it is."""
        if text.startswith(_MARK):
            return text
        return _MARK + base64.b64encode(self._sealer.seal(text.encode(), name=_name(of))).decode()

    def unseal(self, text: str, *, of: str) -> str:
        """Return the plain credential; raises Damaged where no key of ours opens it."""
        if not text.startswith(_MARK):
            return text
        try:
            sealed = base64.b64decode(text.removeprefix(_MARK), validate=True)
        except binascii.Error:
            raise Damaged("a destination's credential is not what was sealed; give it a new one") from None
        return self._sealer.open(sealed, name=_name(of)).decode()


def _name(destination_id: str) -> str:
    return f"credential/{destination_id}"
