"""What a wash would change of what is known: read the wrong way round, it changes nearly all of it.

Each register is looked at by itself: that one of them agrees says nothing of how the other was read.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from dialer.errors import Refused
from dialer.registers.page import contains
from dialer.registers.washed import REGISTERS, Wash, WashResult, results_on

# In a month a few in a thousand numbers join or leave a register, in a year a few in a hundred.
LARGEST_CONTRADICTION: Final = 0.2
FEWEST_COMPARED: Final = 20


@dataclass(slots=True)
class Compared:
    """How many answers were known before, and how many of them differ; by register, and in all."""

    known_of: Counter[str] = field(default_factory=Counter)
    contradicted_of: Counter[str] = field(default_factory=Counter)

    @property
    def known(self) -> int:
        """All answers that were known before."""
        return self.known_of.total()

    @property
    def contradicted(self) -> int:
        """All that would turn into their opposite."""
        return self.contradicted_of.total()

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
                    self.known_of[register] += 1
                    self.contradicted_of[register] += listed is not before

    def insist_on_agreement(self, file_name: str) -> None:
        """Raise Refused where much of what is known of a register would turn into its opposite."""
        for register, known in self.known_of.items():
            contradicted = self.contradicted_of[register]
            if known >= FEWEST_COMPARED and contradicted > LARGEST_CONTRADICTION * known:
                raise Refused(
                    f"{file_name} was not imported, what is known stays as it is: {contradicted:,} of "
                    f"{known:,} known answers about {register} would turn into their opposite: perhaps it is "
                    "read the wrong way round; look at --sense, and if it is right, import again with "
                    "--accept-change"
                )
