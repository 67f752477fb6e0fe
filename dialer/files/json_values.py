"""JSON values out of a file one after another: lines, one array of them, or pages, in bounded memory."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from dialer.errors import Unreadable
from dialer.files.opened_file import OpenedFile

# A page of a thousand calls is a megabyte; a value longer than this is no record and no page.
LONGEST_VALUE: Final = 64 << 20
# Between values stand blanks; around them, where the file is one array, its brackets and commas.
_BETWEEN: Final = re.compile(r"[ \t\r\n,\[\]]*")


def json_values(file: OpenedFile) -> Iterator[Any]:
    """Yield each value of the outermost array, or of the file where there is none, in order.

    Raises Unreadable where the text breaks off or is no JSON; what came before was yielded.
    """
    decoder, rest, taken = json.JSONDecoder(), "", 0
    for piece in file.text():
        rest, place = rest + piece, 0
        while (place := _next_value(rest, place)) < len(rest):
            try:
                value, place = decoder.raw_decode(rest, place)
            except json.JSONDecodeError:
                break  # It may go on in the next piece.
            yield value
            taken += 1
        rest = rest[place:]
        if len(rest) > LONGEST_VALUE:
            raise _broken(file, taken)
    if rest:
        raise _broken(file, taken)


def _next_value(text: str, place: int) -> int:
    """Return where the next value begins, the text's length if there is none."""
    found = _BETWEEN.match(text, place)
    return found.end() if found else place


def _broken(file: OpenedFile, taken: int) -> Unreadable:
    return Unreadable(f"{file.name} is no JSON, or is cut short, after {taken:,} values; fetch it again")
