"""Ask a destination that took a notice whether it really holds the entry."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from dialer.delivery.answer import Asked
from dialer.delivery.destination import Destination
from dialer.delivery.fate import after_asking
from dialer.delivery.notice import Notice


class Confirming(Protocol):
    """The part of a destination's adapter that can be asked."""

    def confirm(self, destination: Destination, notice: Notice, *, at: datetime) -> Asked:
        """Ask once; never raises: no answer is `Holding.UNKNOWN` with its reason."""


def confirm(
    notice: Notice, destination: Destination, *, adapter: Confirming, clock: Callable[[], datetime]
) -> Notice:
    """Ask once and return the notice as it stands after the answer."""
    asked = adapter.confirm(destination, notice, at=clock())
    return after_asking(notice, asked, at=clock())
