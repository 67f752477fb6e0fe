"""One line's past, read once and asked about as many moments as one likes."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from dialer.calls.call import DialMode
from dialer.calls.contact_point import is_email_address
from dialer.clock import milliseconds
from dialer.law.facts import Line, Listing
from dialer.registers.page import page_of
from dialer.registers.past import PastRegister, Place
from dialer.screening.configuration import Configuration
from dialer.screening.hindsight import line_known
from dialer.screening.past import Decided, Missing, Moment, Past
from dialer.screening.question import Question
from dialer.screening.whose import Placed, place
from dialer.store.case import NOT_MEASURED, CampaignCalls, build_case
from dialer.store.configuration import Section
from dialer.store.configuration_history import ConfigurationHistory
from dialer.store.gather import ATTEMPTS_WANTED
from dialer.store.line_entries import EntriesOfLine
from dialer.store.line_record import LineRecord
from dialer.store.past_conduct import PastConduct
from dialer.store.past_line import StoodThen, Until, line_until
from dialer.store.past_registers import PagesThen, listings_then

# Longer than a screening or the keeping of a record takes: what is this close may be out of order.
_OVERLAP: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReader:
    """Fits `screening.past.LinePast`: its HASH and pages as read, its entries on demand."""

    contact_point: str | None
    fields: list[tuple[bytes, bytes]]
    pages: PagesThen
    registers: tuple[PastRegister, ...]
    entries: EntriesOfLine = field(compare=False)
    history: ConfigurationHistory = field(compare=False)
    conduct: PastConduct = field(compare=False)

    def gather(self, question: Question, moment: Moment, decided: Decided | None = None) -> Past:
        """Return the facts of this line at a moment: by the clock, or exactly those of a decision."""
        configuration, is_new = self._configuration(question, moment, decided)
        placed = place(question, configuration)
        listings = listings_then(self.registers, place_of(self.contact_point), self.pages, moment, decided)
        record, line, is_whole = self._line(question, placed, moment, decided)
        calls = self._calls(question, placed, moment, decided)
        case = build_case(
            question,
            placed,
            configuration,
            moment.at,
            record,
            self._attempts(placed, moment, decided),
            listings,
            calls=calls or NOT_MEASURED,
        )
        said = {Missing.TPS: case.registers.tps, Missing.CTPS: case.registers.ctps}
        missing = {name for name, listing in said.items() if _is_missing(listing)}
        missing |= set() if is_whole else {Missing.LINE}
        missing |= {Missing.CAMPAIGN} if is_new else set()
        missing |= {Missing.CALLS} if calls is None else set()
        return Past(
            case=replace(case, line=line),
            placed=placed,
            contact_point=self.contact_point,
            missing=frozenset(missing),
        )

    def _calls(
        self, question: Question, placed: Placed, moment: Moment, decided: Decided | None
    ) -> CampaignCalls | None:
        """Return the campaign's calls of that day; only predictive dialling depends on them (law.md 5.1)."""
        mode = question.dial_mode or (placed.campaign.dial_mode if placed.campaign else None)
        matters = mode is DialMode.PREDICTIVE
        return self.conduct.calls(placed.campaign_id, moment, decided, matters=matters)

    def _configuration(
        self, question: Question, moment: Moment, decided: Decided | None
    ) -> tuple[Configuration, bool]:
        """Return the configuration as it stood, and whether its campaign is missing from it.

        In hindsight a campaign whose history begins later is taken as it first stood.
        """
        if decided is not None:
            return self.history.at_epoch(decided.epoch), False
        configuration = self.history.known_at(moment.at)
        if question.campaign is None or question.campaign in configuration.campaigns:
            return configuration, False
        begun = self.history.first_with(Section.CAMPAIGNS, question.campaign)
        if begun is None or not moment.is_hindsight or not moment.at < begun <= moment.known_at:
            return configuration, True
        return self.history.known_at(begun), False

    def _line(
        self, question: Question, placed: Placed, moment: Moment, decided: Decided | None
    ) -> tuple[LineRecord, Line, bool]:
        """Return the records that count, what is known of the line itself, and whether all of it is there."""
        principal = placed.campaign.principal if placed.campaign else None
        then = line_until(self.fields, Until(milliseconds(moment.at), decided.seq if decided else None))
        unseen = self._unseen(then, moment, decided)
        record = then.known_at(moment) if unseen is None else then.seen_by(moment, unseen=unseen)
        line = record.line_for(principal, person=question.person)
        if not moment.is_hindsight:
            return record, line, then.is_whole
        later = line_until(self.fields, Until(milliseconds(moment.known_at)))
        known = later.known_at(Moment.then(moment.known_at)).line_for(principal, person=question.person)
        return then.in_hindsight(later, moment), line_known(line, known), then.is_whole

    def _unseen(self, then: StoodThen, moment: Moment, decided: Decided | None) -> frozenset[str] | None:
        """Return the ids of all that was written after a decision; None where the times alone tell.

        They do where nothing was recorded within a minute of the decision; mostly nothing was.
        """
        if decided is None or not then.was_recorded_between(moment.at - _OVERLAP, moment.at + _OVERLAP):
            return None
        return self.entries.written_after(decided.entry)

    def _attempts(self, placed: Placed, moment: Moment, decided: Decided | None) -> tuple[datetime, ...]:
        principal = (placed.campaign.principal if placed.campaign else None) or ""
        found = self.entries.attempts(
            since=moment.at - ATTEMPTS_WANTED,
            until=moment.at,
            before=decided.entry if decided else None,
        )
        return tuple(attempt.at for attempt in found if (attempt.principal or "") == principal)


def place_of(contact_point: str | None) -> Place | None:
    """Return the register page of a line and its offset there; None for a line that no register holds."""
    if contact_point is None or is_email_address(contact_point):
        return None
    return page_of(contact_point)


def _is_missing(listing: Listing | None) -> bool:
    return listing is None or listing.listed is None
