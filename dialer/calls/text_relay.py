"""Relay UK: 18001 and 18002 before a number ask for a relay assistant; the line behind them is whom we reach.

A text user dials 18001, somebody who speaks dials 18002 to reach one. The prefix is a fact of the call: the
number behind it is screened, held and dialled like any other. 18000 is the emergency relay and is read as the
short code it is. Source: Ofcom, General Condition C5; Relay UK, how it works (2026).
"""

import re
from typing import Final

# Some hand-over lists put our own country code, a trunk zero or an outside-line 9 before the prefix.
_PREFIXED: Final = re.compile(
    r"(?:\+44|0044|44)?[09]?1800[12](?P<rest>(?:0|(?:00)?44)[1-9][0-9]{2,10}|[0-9]{3})"
)
_PLUS_BEHIND: Final = re.compile(r"(1800[12][^0-9A-Za-z+%]*)(?:\+|%2B)", re.IGNORECASE)


def without_inner_plus(text: str) -> str:
    """Return the text without the plus that stands right behind a relay prefix, as in `18002 +44 20 …`."""
    return _PLUS_BEHIND.sub(r"\1", text)


def digits_behind_relay(digits: str) -> str | None:
    """Return the digits of the line behind a relay prefix, None where there is no such prefix.

    What is left is a whole number as people dial it, or three digits, which may be a service that is never to
    be rung. Ask only for digits that are no number themselves: an American freephone number begins alike.
    """
    found = _PREFIXED.fullmatch(digits)
    if found is None:
        return None
    rest = found.group("rest")
    return f"+{rest}" if rest.startswith("44") else rest
