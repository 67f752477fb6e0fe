"""The registers we know: their names, and how far one may plausibly move between two files."""

from dataclasses import dataclass
from typing import Final

from dialer.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterTerms:
    """What is fixed about one register. `largest_move` is a fraction of the numbers listed before."""

    name: str
    title: str
    largest_move: float


# CTPS listings lapse unless renewed each year and drop in batches, hence its wider margin (law.md 1.9).
KNOWN: Final = {
    terms.name: terms
    for terms in (
        RegisterTerms(name="tps", title="Telephone Preference Service", largest_move=0.05),
        RegisterTerms(name="ctps", title="Corporate Telephone Preference Service", largest_move=0.15),
    )
}


def terms_of(name: str) -> RegisterTerms:
    """Return the terms of a register by its short name, in any case; raises NotFound."""
    found = KNOWN.get(name.strip().lower())
    if found is None:
        raise NotFound(f"no register is called ‘{name}’; take one of: {', '.join(KNOWN)}")
    return found
