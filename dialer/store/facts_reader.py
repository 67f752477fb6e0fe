"""The present, read in one round trip: everything one screening may look at, as a `Case`.

The client names every key, so it names register pages of the version it believes live; the reply brings
the live pointer along, and where it differs the registers are read again and the gather is repeated.
"""

from datetime import datetime
from typing import Any, Final

from redis import Redis

from dialer.calls.contact_point import is_email_address, read_contact_point
from dialer.clock import monotonic_seconds
from dialer.errors import CannotKeep, Unreadable
from dialer.law.facts import Listing
from dialer.registers.live import listing_of
from dialer.registers.newest import newest_of, washed_in
from dialer.registers.page import page_of
from dialer.screening.configuration import Configuration
from dialer.screening.gathered import Gathered, Unlinked
from dialer.screening.question import Question
from dialer.screening.whose import Placed
from dialer.store.case import attempts_of, build_case
from dialer.store.gather import NOBODY, Found, Wanted, commands, found
from dialer.store.hot_line import Command, HotLine, all_well
from dialer.store.ledger import receipt_of
from dialer.store.line_record import LineRecord, read_line
from dialer.store.registers import InForce, in_force
from dialer.store.safety import Safety
from dialer.store.trouble import kept

_TRIES: Final = 3
_HEALTH: Final[list[Command]] = [("INFO",), ("TIME",)]

Versions = tuple[tuple[str, str], ...]


class FactsReader:
    """Fits `screening.screen.Facts`; holds the live registers' tables, by version."""

    def __init__(
        self,
        redis: "Redis",
        safety: Safety,
        *,
        default_region: str,
        drama_mobiles: bool,
        hot_line: HotLine | None = None,
    ) -> None:
        self._redis = redis
        self._hot_line = hot_line or HotLine(redis)
        self._safety = safety
        self._default_region = default_region
        self._drama_mobiles = drama_mobiles
        self._in_force: InForce | None = None

    def gather(
        self, question: Question, placed: Placed, configuration: Configuration, at: datetime
    ) -> Gathered:
        """Return all facts of one line at one instant; one round trip while the registers stay.

        Raises CannotKeep when the store is away, late, unsafe, or holds what cannot be read.
        """
        contact_point = self._contact_point(question.to)
        started = monotonic_seconds()
        believed, found, versions = self._found(contact_point, question, placed, at)
        waited_seconds = monotonic_seconds() - started
        record = read_line(found.line)
        principal = placed.campaign.principal if placed.campaign else None
        return Gathered(
            case=build_case(
                question,
                placed,
                configuration,
                at,
                record,
                attempts_of(principal, found.attempts),
                _listings(contact_point, believed, found),
                calls=found.calls,
            ),
            contact_point=contact_point,
            unlinked=_unlinked(question, placed, record) if contact_point is not None else None,
            seq=record.seq,
            epoch=found.epoch,
            versions=versions,
            receipt=receipt_of(found.receipt) if found.receipt else None,
            waited_seconds=waited_seconds,
        )

    def _contact_point(self, text: str) -> str | None:
        try:
            return read_contact_point(
                text, default_region=self._default_region, drama_mobiles=self._drama_mobiles
            )
        except Unreadable:
            return None  # The judge says which rule that breaks; there is no line to read.

    def _found(
        self, contact_point: str | None, question: Question, placed: Placed, at: datetime
    ) -> tuple[InForce, Found, Versions]:
        """Read until the versions named are those that are live; returns them with what was found."""
        for _ in range(_TRIES):
            believed = self._in_force if self._in_force is not None else self._read_in_force()
            wanted = Wanted(
                line=contact_point or NOBODY,
                campaign=placed.campaign_id,
                receipt=question.receipt,
                place=_place(contact_point),
                registers=believed.registers,
                has_washes=believed.washes is not None,
                at=at,
            )
            found = self._read(wanted)
            versions = tuple(sorted((name.decode(), live.decode()) for name, live in found.live.items()))
            if versions == believed.versions:
                return believed, found, versions
            self._in_force = None
        raise CannotKeep("the registers kept changing while a line was read; ask again")

    def _read_in_force(self) -> InForce:
        with kept("reading which registers are live"):
            self._in_force = in_force(self._redis)
        return self._in_force

    def _read(self, wanted: Wanted) -> Found:
        """Read it all, with INFO and TIME beside it when the store's safety is due a look."""
        asked = commands(wanted)
        is_due = self._safety.is_due()
        with kept("reading a line's facts"):
            replies = self._hot_line.ask(asked + _HEALTH if is_due else asked, may_repeat=True)
            read = all_well(replies[len(asked) - 1])
        if is_due:
            self._look(*replies[len(asked) :])
        self._safety.insist()
        return found(wanted, read)

    def _look(self, info: Any, server_time: Any) -> None:
        if isinstance(info, Exception) or isinstance(server_time, Exception):
            raise CannotKeep("the store does not say how safe it is (INFO or TIME refused); allow both")
        self._safety.look(self._hot_line.read("INFO", info), self._hot_line.read("TIME", server_time))


def _unlinked(question: Question, placed: Placed, record: LineRecord) -> Unlinked | None:
    """Return whom the question names and nobody has linked to the line yet, for whoever may ask it."""
    principal = placed.campaign.principal if placed.campaign else None
    if question.person is None or principal is None or not placed.assigned:
        return None
    person = question.person
    if person in record.persons_of(principal) or record.is_wrong_for(principal, person):
        return None
    return Unlinked(principal=principal, person=person, by=placed.agent_id or "screening")


def _place(contact_point: str | None) -> tuple[int, int] | None:
    if contact_point is None or is_email_address(contact_point):
        return None
    return page_of(contact_point)


def _listings(contact_point: str | None, believed: InForce, found: Found) -> dict[str, Listing]:
    """Return each register's newest answer: its own, or a wash's."""
    place, registers = _place(contact_point), believed.registers
    if place is None:
        # No UK register holds such a line: each that is loaded says so, with its own date.
        return {r.name: listing_of(r, page=None, addition=None, offset=0) for r in registers}
    listings = {
        register.name: listing_of(
            register, page=page, addition=None if ordinal is None else int(ordinal), offset=place[1]
        )
        for register, (page, ordinal) in zip(registers, found.pages, strict=True)
    }
    washed = washed_in(believed.washes, found.wash_page, place[1])
    return newest_of(listings, washed) if washed else listings
