"""What the law looks at of a number itself: numbers alike in this are judged alike, if all else is."""

from dataclasses import dataclass

from dialer.calls.numbers import Number, NumberKind
from dialer.law.uk.bank_holidays import nations_of


@dataclass(frozen=True, slots=True)
class Traits:
    """Kind, country and region of a number, and the nation whose bank holidays it adds."""

    kind: NumberKind
    country_code: int
    region: str | None
    nations: tuple[str, ...]


def traits_of(number: Number) -> Traits:
    """Return the traits of one number."""
    return Traits(number.kind, number.country_code, number.region, nations_of(number.e164))


class AllTraits:
    """Every combination met so far, by number."""

    def __init__(self) -> None:
        self._numbers: dict[Traits, int] = {}

    def number_of(self, traits: Traits) -> int:
        """Return the combination's number."""
        return self._numbers.setdefault(traits, len(self._numbers))
