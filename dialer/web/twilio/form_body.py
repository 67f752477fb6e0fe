"""A form as it came over the wire, read into pairs in their order, as `urllib.parse.parse_qsl` reads it.

Most fields of a webhook hold nothing that is quoted, so they are not asked again for what they do not hold: a
third of the work. What is not UTF-8 is no form of Twilio's, and reads as none.
"""

from functools import lru_cache
from typing import Final
from urllib.parse import unquote_plus

import werkzeug.urls  # noqa: F401  (names the way of reading below)

MEDIA_TYPE: Final = "application/x-www-form-urlencoded"
# As werkzeug reads forms: what is quoted and not UTF-8 stays as it came.
_ERRORS: Final = "werkzeug.url_quote"

Pairs = tuple[tuple[str, str], ...]


def pairs_in(body: bytes) -> Pairs:
    """Return every pair of a body of MEDIA_TYPE, empty values too; none if it is not text."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return ()
    return tuple([_pair(part) for part in text.split("&") if part])


# Account, endpoint, direction and version are the same from call to call; numbers and references are new.
@lru_cache(maxsize=1024)
def _pair(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    if "%" in part or "+" in part:
        return unquote_plus(name, errors=_ERRORS), unquote_plus(value, errors=_ERRORS)
    return name, value
