"""Whether a name is an organisation's own: its legal name or a trading name it lists (law.md 8.7.22).

A legal form may be left out ("Alder Energy" for "Alder Energy Ltd") but never exchanged or added: a limited
company and a partnership of one name are two callers.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from dialer.calls.organisation import Organisation

_FORMS: Final = {
    "ltd": "ltd",
    "limited": "ltd",
    "plc": "plc",
    "public limited company": "plc",
    "llp": "llp",
    "limited liability partnership": "llp",
    "lp": "lp",
    "limited partnership": "lp",
    "cic": "cic",
    "community interest company": "cic",
    "cio": "cio",
}
_PUNCTUATION: Final = re.compile(r"[.,'’()]+")
_BETWEEN_NAMES: Final = re.compile(r"\s*(?:,|;|/|\+|&|\band\b|\bon behalf of\b)\s*", re.IGNORECASE)


def is_own_name(text: str | None, organisation: Organisation | None) -> bool:
    """Say whether `text` is this organisation's legal or trading name; unknown is no."""
    if not text or organisation is None:
        return False
    return _is_one_of(text, organisation.legal_name, organisation.trading_names)


def names_listed(text: str) -> tuple[str, ...]:
    """Return the single names of a wording such as `Alder Energy Ltd and Beck Contact Ltd`."""
    return tuple(name for name in _BETWEEN_NAMES.split(text) if name)


# Bounded by the organisations and wordings one installation has; a name is folded once, not once a call.
@lru_cache(maxsize=4096)
def _is_one_of(text: str, legal_name: str | None, trading_names: tuple[str, ...]) -> bool:
    stem, form = _stem_and_form(text)
    if not stem:
        return False
    own = [_stem_and_form(name) for name in (legal_name or "", *trading_names)]
    return any(stem == own_stem and form in (None, own_form) for own_stem, own_form in own)


def _stem_and_form(name: str) -> tuple[str, str | None]:
    folded = unicodedata.normalize("NFKC", name).casefold()
    words = _PUNCTUATION.sub("", folded).split()
    for length in (3, 2, 1):
        form = _FORMS.get(" ".join(words[-length:]))
        if form is not None and len(words) > length:
            return " ".join(words[:-length]), form
    return " ".join(words), None
