"""The facts of one line put together as a `Case`: one builder for the present and for the past."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dialer.clock import from_milliseconds
from dialer.law.facts import Case, Conduct, Listing, Registers, Request
from dialer.registers.newest import with_looked_up
from dialer.screening.configuration import Configuration
from dialer.screening.question import Question
from dialer.screening.whose import Placed
from dialer.store.line_record import LineRecord


@dataclass(frozen=True, slots=True)
class CampaignCalls:
    """A campaign's calls of the last 24 hours; none of either is *not measured*, never a rate of nought."""

    live: int = 0
    abandoned: int = 0

    @property
    def abandoned_rate(self) -> float | None:
        """Return the fraction that was abandoned (law.md 5.1), None where nothing was measured."""
        counted = self.live + self.abandoned
        return self.abandoned / counted if counted else None


NOT_MEASURED: Final = CampaignCalls()


def build_case(
    question: Question,
    placed: Placed,
    configuration: Configuration,
    at: datetime,
    record: LineRecord,
    attempts: tuple[datetime, ...],
    listings: Mapping[str, Listing],
    *,
    calls: CampaignCalls = NOT_MEASURED,
) -> Case:
    """Return the case of a question; `attempts` are this principal's, oldest first.

    `listings` are what registers and washes say; what a provider said of the line is in its record.
    """
    campaign = placed.campaign
    if record.looked_up:
        listings = with_looked_up(listings, record.looked_up.values())
    principal = campaign.principal if campaign else None
    return Case(
        at=at,
        policy=configuration.policy,
        organisations=configuration.organisations_around(campaign) if campaign else (),
        campaign=campaign,
        request=Request(
            to=question.to,
            channel=question.channel,
            brand=question.brand,
            solicitation=question.solicitation,
            dial_mode=question.dial_mode,
            leg=question.leg,
        ),
        line=record.line_for(principal, person=question.person),
        registers=Registers(tps=listings.get("tps"), ctps=listings.get("ctps")),
        consents=tuple(record.consents),
        objections=tuple(record.objections),
        holds=tuple(record.holds),
        solicitations=tuple(record.solicitations),
        relationships=tuple(record.relationships),
        conduct=Conduct(
            abandoned_at=record.abandoned.get(principal or ""),
            machine_detected_at=record.machine.get(principal or ""),
            attempts=attempts,
            abandoned_rate=calls.abandoned_rate,
            live_calls=calls.live if calls.abandoned_rate is not None else None,
            abandoned_calls=calls.abandoned if calls.abandoned_rate is not None else None,
        ),
    )


def attempts_of(principal: str | None, scored: Iterable[tuple[bytes, Any]]) -> tuple[datetime, ...]:
    """Return one principal's attempts, oldest first; a member is `decision|principal`, scored by ms."""
    wanted = (principal or "").encode()
    return tuple(
        from_milliseconds(int(float(score)))
        for member, score in scored
        if member.partition(b"|")[2] == wanted
    )
