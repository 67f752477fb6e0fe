"""The present, read in one round trip: everything one screening may look at, as a `Case`.

The client names every key, so it names register pages of the version it believes live; the reply brings
the live pointer along, and where it differs the registers are read again and the gather is repeated.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from redis import Redis

from dialer.calls.contact_point import is_email_address, read_contact_point
from dialer.calls.dispositions import RATE_WINDOW, Outcome
from dialer.clock import from_milliseconds, milliseconds, monotonic_seconds
from dialer.errors import CannotKeep, Unreadable
from dialer.law.facts import Listing
from dialer.registers.live import LiveRegister, listing_of
from dialer.registers.page import page_of
from dialer.screening.configuration import Configuration
from dialer.screening.gathered import Gathered, Unlinked
from dialer.screening.question import Question
from dialer.screening.whose import Placed
from dialer.store import keys, scripts
from dialer.store.case import CampaignCalls, build_case
from dialer.store.ledger import receipt_of
from dialer.store.line_record import LineRecord, pairs_of, read_line
from dialer.store.registers import live_registers
from dialer.store.safety import Safety
from dialer.store.trouble import kept

# The longest cap counts seven days back (law.md 5.3); a day more keeps the boundary exact.
ATTEMPTS_WANTED: Final = timedelta(days=8)
_NO_LINE: Final = "none"
_TRIES: Final = 3

Page = tuple[bytes | None, bytes | None]


class FactsReader:
    """Fits `screening.screen.Facts`; holds the live registers' tables, by version."""

    def __init__(self, redis: "Redis", safety: Safety, *, default_region: str, drama_mobiles: bool) -> None:
        self._redis = redis
        self._safety = safety
        self._default_region = default_region
        self._drama_mobiles = drama_mobiles
        self._registers: tuple[LiveRegister, ...] | None = None

    def gather(
        self, question: Question, placed: Placed, configuration: Configuration, at: datetime
    ) -> Gathered:
        """Return all facts of one line at one instant; one round trip while the registers stay.

        Raises CannotKeep when the store is away, late, unsafe, or holds what cannot be read.
        """
        contact_point = self._contact_point(question.to)
        started = monotonic_seconds()
        for _ in range(_TRIES):
            registers = self._registers if self._registers is not None else self._read_registers()
            reply = self._read(contact_point, placed, registers, question.receipt, at)
            versions = tuple(sorted((n.decode(), v.decode()) for n, v in pairs_of(reply[3])))
            if versions == tuple(sorted((register.name, register.version) for register in registers)):
                break
            self._registers = None
        else:
            raise CannotKeep("the registers kept changing while a line was read; ask again")
        waited_seconds = monotonic_seconds() - started
        record = read_line(pairs_of(reply[0]))
        listings = _listings(contact_point, registers, reply[7:])
        return Gathered(
            case=build_case(
                question,
                placed,
                configuration,
                at,
                record,
                _attempts_for(placed.campaign.principal if placed.campaign else None, reply[1]),
                listings,
                calls=CampaignCalls(live=int(reply[5]), abandoned=int(reply[6])),
            ),
            contact_point=contact_point,
            unlinked=_unlinked(question, placed, record) if contact_point is not None else None,
            seq=record.seq,
            epoch=int(reply[2]),
            versions=versions,
            receipt=receipt_of(dict(pairs_of(reply[4]))) if reply[4] else None,
            waited_seconds=waited_seconds,
        )

    def _contact_point(self, text: str) -> str | None:
        try:
            return read_contact_point(
                text, default_region=self._default_region, drama_mobiles=self._drama_mobiles
            )
        except Unreadable:
            return None  # The judge says which rule that breaks; there is no line to read.

    def _read_registers(self) -> tuple[LiveRegister, ...]:
        with kept("reading which registers are live"):
            self._registers = live_registers(self._redis)
        return self._registers

    def _read(
        self,
        contact_point: str | None,
        placed: Placed,
        registers: tuple[LiveRegister, ...],
        receipt: str | None,
        at: datetime,
    ) -> Any:
        """Run the gather script, with INFO and TIME beside it when the store's safety is due a look."""
        line = contact_point or _NO_LINE
        names = [keys.line(line), keys.attempts(line), keys.EPOCH, keys.REGISTERS_LIVE]
        campaign = placed.campaign_id or _NO_LINE
        names += [
            keys.receipt(receipt or _NO_LINE),
            keys.campaign_calls(campaign, Outcome.ANSWERED),
            keys.campaign_calls(campaign, Outcome.ABANDONED),
        ]
        arguments: list[int] = [
            milliseconds(at - ATTEMPTS_WANTED),
            milliseconds(at - RATE_WINDOW),
            milliseconds(at),
        ]
        place = _place(contact_point)
        page, offset = place or (0, 0)
        for register in registers if place is not None else ():
            names.append(keys.register_page(register.name, register.version, page))
            names.append(keys.register_additions(register.name, register.version, page))
            arguments.append(offset)
        with kept("reading a line's facts"):
            if not self._safety.is_due():
                self._safety.insist()
                return scripts.run(self._redis, "gather", keys=names, arguments=arguments)
            reply, (info, server_time) = scripts.run_with(
                self._redis, "gather", keys=names, arguments=arguments, beside=[("INFO",), ("TIME",)]
            )
        if isinstance(info, Exception) or isinstance(server_time, Exception):
            raise CannotKeep("the store does not say how safe it is (INFO or TIME refused); allow both")
        self._safety.look(info, server_time)
        self._safety.insist()
        return reply


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


def _listings(
    contact_point: str | None, registers: tuple[LiveRegister, ...], pages: list[Page]
) -> dict[str, Listing]:
    place = _place(contact_point)
    if place is None:
        # No UK register holds such a line: each that is loaded says so, with its own date.
        return {r.name: listing_of(r, page=None, addition=None, offset=0) for r in registers}
    return {
        register.name: listing_of(
            register, page=page, addition=None if ordinal is None else int(ordinal), offset=place[1]
        )
        for register, (page, ordinal) in zip(registers, pages, strict=True)
    }


def _attempts_for(principal: str | None, flat: list[bytes]) -> tuple[datetime, ...]:
    """Return this principal's attempts, oldest first; a member is `decision|principal`."""
    wanted = (principal or "").encode()
    return tuple(
        from_milliseconds(int(float(score)))
        for member, score in pairs_of(flat)
        if member.partition(b"|")[2] == wanted
    )
