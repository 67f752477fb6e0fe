"""What is held about one line of a list, read into a case only where it is asked for."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from dialer.law.facts import Case, Listing
from dialer.screening.alike import Law, waits
from dialer.screening.configuration import Configuration
from dialer.screening.question import Question
from dialer.screening.whose import Placed
from dialer.store.alike import likeness
from dialer.store.case import CampaignCalls, build_case
from dialer.store.line_record import LineRecord, read_line


@dataclass(frozen=True, slots=True)
class Asked:
    """What every row of the list is asked with; `calls` are the campaign's of the last 24 hours."""

    question: Question
    placed: Placed
    configuration: Configuration
    at: datetime
    calls: CampaignCalls

    def case(
        self,
        to: str,
        listings: Mapping[str, Listing],
        record: LineRecord,
        attempts: tuple[datetime, ...] = (),
    ) -> Case:
        """Return the case of one row."""
        return build_case(
            replace(self.question, to=to),
            self.placed,
            self.configuration,
            self.at,
            record,
            attempts,
            listings,
            calls=self.calls,
        )


@dataclass(frozen=True, slots=True)
class HeldLine:
    """Fits `scrubbing.facts.Held`; its records are read only once its case is asked for."""

    asked: Asked
    line: str
    fields: Mapping[bytes, bytes]
    attempts: tuple[datetime, ...]

    def likeness(self, law: Law) -> Hashable:
        """Return what a judgement by this law reads of it, equal for lines judged alike."""
        at = self.asked.at
        return likeness(self.line, self.fields, at, law), waits(self.attempts, at, law)

    def case(self, listings: Mapping[str, Listing]) -> Case:
        """Return the line's case."""
        return self.asked.case(self.line, listings, read_line(self.fields), self.attempts)
