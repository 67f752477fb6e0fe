"""The past, read: everything one judgement of an earlier instant may look at, as the same `Case`.

Records count by when they were recorded, facts that change by their history, registers by the newest
snapshot loaded by then, the configuration by its epoch or instant, attempts by the ledger. What is not
there any more is named as missing, never guessed.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from redis import Redis

from dialer.calls.contact_point import is_email_address, read_contact_point
from dialer.clock import milliseconds
from dialer.errors import CannotKeep, Unreadable
from dialer.law.facts import Line, Listing
from dialer.registers.page import page_of
from dialer.registers.past import Place
from dialer.screening.configuration import Configuration
from dialer.screening.past import Decided, Missing, Moment, Past, line_known
from dialer.screening.question import Question
from dialer.screening.whose import Placed, place
from dialer.store import keys
from dialer.store.case import build_case
from dialer.store.configuration import Section
from dialer.store.configuration_history import ConfigurationHistory
from dialer.store.facts_reader import ATTEMPTS_WANTED
from dialer.store.line_entries import LineEntries
from dialer.store.line_record import LineRecord
from dialer.store.past_line import StoodThen, Until, line_until
from dialer.store.past_registers import PastRegisters
from dialer.store.trouble import kept

_TRIES: Final = 3
_NO_LINE: Final = "none"
# Longer than a screening or the keeping of a record takes: what is this close may be out of order.
_OVERLAP: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class _Read:
    """One line as the store holds it now."""

    fields: list[tuple[bytes, bytes]]
    pages: dict[str, tuple[bytes | None, bytes | None]]


class PastReader:
    """Fits `screening.past.PastFacts`. One round trip a line for its records, more for old attempts."""

    def __init__(self, redis: "Redis", *, data_dir: Path, default_region: str, drama_mobiles: bool) -> None:
        self._redis = redis
        self._default_region = default_region
        self._drama_mobiles = drama_mobiles
        self._history = ConfigurationHistory(redis)
        self._registers = PastRegisters(redis, data_dir=data_dir)
        self._entries = LineEntries(redis)

    def gather(self, question: Question, moment: Moment, decided: Decided | None = None) -> Past:
        """Return the facts of one line at a moment: by the clock, or exactly those of a decision."""
        configuration, is_new = self._configuration(question, moment, decided)
        placed = place(question, configuration)
        contact_point = self._contact_point(question.to)
        spot = _place(contact_point)
        read = self._read(contact_point, spot)
        listings = self._registers.listings(spot, read.pages, moment, decided.versions if decided else None)
        record, line, is_whole = self._line(read, moment, decided, placed, question.person, contact_point)
        case = build_case(
            question,
            placed,
            configuration,
            moment.at,
            record,
            self._attempts(contact_point, placed, moment, decided),
            listings,
        )
        missing = {Missing(name) for name in ("tps", "ctps") if _is_missing(listings.get(name))}
        missing |= set() if is_whole else {Missing.LINE}
        missing |= {Missing.CAMPAIGN} if is_new else set()
        return Past(
            case=replace(case, line=line),
            placed=placed,
            contact_point=contact_point,
            missing=frozenset(missing),
        )

    def _configuration(
        self, question: Question, moment: Moment, decided: Decided | None
    ) -> tuple[Configuration, bool]:
        """Return the configuration as it stood, and whether its campaign is missing from it.

        In hindsight a campaign whose history begins later is taken as it first stood.
        """
        if decided is not None:
            return self._history.at_epoch(decided.epoch), False
        configuration = self._history.known_at(moment.at)
        if question.campaign is None or question.campaign in configuration.campaigns:
            return configuration, False
        begun = self._history.first_with(Section.CAMPAIGNS, question.campaign)
        if begun is None or not moment.is_hindsight or not moment.at < begun <= moment.known_at:
            return configuration, True
        return self._history.known_at(begun), False

    def _read(self, contact_point: str | None, spot: Place | None) -> _Read:
        """Read a line and its register pages, of the versions in force; one round trip."""
        for _ in range(_TRIES):
            versions = self._registers.versions()
            with kept("reading a line's past"), self._redis.pipeline(transaction=True) as pipe:
                pipe.hgetall(keys.line(contact_point or _NO_LINE))
                pipe.hgetall(keys.REGISTERS_LIVE)
                self._registers.ask_pages(pipe, spot or (0, 0))
                fields, live, *pages = pipe.execute()
            if {name.decode(): version.decode() for name, version in live.items()} == versions:
                both: Any = zip(pages[::2], pages[1::2], strict=True)
                return _Read(list(fields.items()), dict(zip(versions, both, strict=True)))
            self._registers.refresh()
        raise CannotKeep("the registers kept changing while the past was read; ask again")

    def _line(
        self,
        read: _Read,
        moment: Moment,
        decided: Decided | None,
        placed: Placed,
        person: str | None,
        contact_point: str | None,
    ) -> tuple[LineRecord, Line, bool]:
        """Return the records that count, what is known of the line itself, and whether all of it is there."""
        principal = placed.campaign.principal if placed.campaign else None
        then = line_until(read.fields, Until(milliseconds(moment.at), decided.seq if decided else None))
        unseen = self._unseen(then, moment, decided, contact_point)
        record = then.known_at(moment, unseen=unseen)
        line = record.line_for(principal, person=person)
        if not moment.is_hindsight:
            return record, line, then.is_whole
        later = line_until(read.fields, Until(milliseconds(moment.known_at)))
        known = later.known_at(Moment.then(moment.known_at)).line_for(principal, person=person)
        return then.in_hindsight(later, moment), line_known(line, known), then.is_whole

    def _unseen(
        self, then: StoodThen, moment: Moment, decided: Decided | None, contact_point: str | None
    ) -> frozenset[str]:
        """Return the ids of what was written after a decision although its own time is before.

        Only what was recorded within the last minute before a decision can be so; mostly nothing was.
        """
        is_close = then.was_recorded_between(moment.at - _OVERLAP, moment.at)
        if decided is None or contact_point is None or not is_close:
            return frozenset()
        return self._entries.written_after(contact_point, decided.entry)

    def _attempts(
        self, contact_point: str | None, placed: Placed, moment: Moment, decided: Decided | None
    ) -> Any:
        if contact_point is None:
            return ()
        principal = placed.campaign.principal if placed.campaign else None
        found = self._entries.attempts(
            contact_point,
            since=moment.at - ATTEMPTS_WANTED,
            until=moment.at,
            before=decided.entry if decided else None,
        )
        return tuple(attempt.at for attempt in found if (attempt.principal or "") == (principal or ""))

    def _contact_point(self, text: str) -> str | None:
        try:
            return read_contact_point(
                text, default_region=self._default_region, drama_mobiles=self._drama_mobiles
            )
        except Unreadable:
            return None


def _place(contact_point: str | None) -> Place | None:
    if contact_point is None or is_email_address(contact_point):
        return None
    return page_of(contact_point)


def _is_missing(listing: Listing | None) -> bool:
    return listing is None or listing.listed is None
