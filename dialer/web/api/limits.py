"""How much one text or list may hold, whatever its shape: nothing we keep is longer or cannot be seen.

Source of the figures: the longest consent wording met in practice is a page or two; nobody has five hundred
channels, trading names or campaigns.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from dialer.errors import Fault
from dialer.reading.strict_json import escaped

LONGEST_TEXT: Final = 10_000
LONGEST_LIST: Final = 500
# C0 and C1 but tab and line ends, and the marks that turn text round: they deceive whoever reads a page.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

# A number copied from a telephone's contacts comes wrapped in such marks, and a no is kept whatever else
# the recogniser wrote into it: these members are cleaned by whoever reads them, never refused for it.
_FORGIVEN: Final = frozenset({"to", "number", "contact_point", "caller_id", "endpoint", "words"})


def seen(text: str | None) -> str | None:
    """Return the text without the characters that cannot be seen."""
    return None if text is None else _UNSEEN.sub("", text)


def beyond_limits(given: Any, pointer: str = "") -> Iterator[Fault]:
    """Yield a fault for each text or list that is too long, or holds characters that cannot be seen."""
    if isinstance(given, dict):
        for name, value in given.items():
            yield from beyond_limits(value, f"{pointer}/{escaped(name)}")
    elif isinstance(given, list):
        if len(given) > LONGEST_LIST:
            yield Fault(pointer, f"at most {LONGEST_LIST} items")
            return
        for index, value in enumerate(given):
            yield from beyond_limits(value, f"{pointer}/{index}")
    elif isinstance(given, str):
        if len(given) > LONGEST_TEXT:
            yield Fault(pointer, f"at most {LONGEST_TEXT} characters")
        elif _UNSEEN.search(given) and pointer.rpartition("/")[2] not in _FORGIVEN:
            yield Fault(pointer, "must hold no control characters")
