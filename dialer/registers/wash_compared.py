"""What a wash would change of what is known: read the wrong way round, it changes nearly all of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from dialer.errors import Refused
from dialer.registers.page import contains
from dialer.registers.washed import REGISTERS, Wash, WashResult, results_on

# In a month a few in a thousand numbers join or leave a register.
LARGEST_CONTRADICTION: Final = 0.5
FEWEST_COMPARED: Final = 20


@dataclass(slots=True)
class Compared:
    """How many answers were known before, and how many of them differ."""

    known: int = 0
    contradicted: int = 0

    def take(
        self,
        results: Iterable[WashResult],
        in_force: Mapping[str, bytes | None],
        earlier: bytes | None,
        washes: Mapping[int, Wash],
    ) -> None:
        """Compare one page with the registers in force, else with the washes before."""
        said = {r.offset: r.answers for r in results_on(earlier) if r.ordinal in washes}
        for result in results:
            for register in REGISTERS:
                listed = result.answers.of(register)
                before = said[result.offset].of(register) if result.offset in said else None
                if register in in_force:
                    before = contains(in_force[register], result.offset)
                if listed is not None and before is not None:
                    self.known += 1
                    self.contradicted += listed is not before

    def insist_on_agreement(self, file_name: str) -> None:
        """Raise Refused where most of what is known would turn into its opposite."""
        if self.known >= FEWEST_COMPARED and self.contradicted > LARGEST_CONTRADICTION * self.known:
            raise Refused(
                f"{file_name} was not imported, what is known stays as it is: {self.contradicted:,} of "
                f"{self.known:,} known answers would turn into their opposite: perhaps it is read the wrong "
                "way round; look at --sense, and if it is right, import again with --accept-change"
            )
