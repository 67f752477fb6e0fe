"""How the SDK tells of a refusal."""

from collections.abc import Callable

import pytest
from twilio.base.exceptions import TwilioRestException


def refusal(attempt: Callable[[], object]) -> tuple[int, int]:
    """Return the HTTP status and the code of the refusal that `attempt` meets."""
    with pytest.raises(TwilioRestException) as refused:
        attempt()
    return refused.value.status, refused.value.code
