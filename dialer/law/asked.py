"""What is asked: who wants to reach whom, about what, how and when; read once from a case."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from dialer.calls.call import Channel, DialMode, Leg
from dialer.calls.campaign import Campaign, Purpose
from dialer.calls.contact_point import is_email_address, read_contact_point
from dialer.calls.numbers import Number, NumberProblem, UnreadableNumber, read_number
from dialer.calls.organisation import Organisation
from dialer.clock import london_day
from dialer.errors import Unreadable
from dialer.law.facts import Case, Line, Request, SubscriberKind

_NO_CAMPAIGN = Campaign()
_NO_REQUEST = Request()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request, with the request's own wishes set over the campaign's.

    `point` is the E.164 number or address to reach, None where it cannot be read; `problem` then says why.
    `purpose` is what the content makes it, `declared` what the campaign calls it. `topic`-like texts are
    compared without regard to case.
    """

    at: datetime
    day: date
    point: str | None
    number: Number | None
    problem: NumberProblem | None
    channel: Channel | None
    declared: Purpose | None
    purpose: Purpose | None
    mode: DialMode | None
    brand: str | None
    campaign: Campaign
    principal: Organisation | None
    operator: Organisation | None
    line: Line
    solicitation: str | None
    is_individual: bool
    is_own_line: bool
    default_region: str
    takes_drama_numbers: bool

    @property
    def is_outsourced(self) -> bool:
        """Say whether somebody other than the principal dials; unknown counts as outsourced."""
        return not self.campaign.principal or self.campaign.principal != self.campaign.operator


def read_asked(case: Case, at: datetime, *, default_region: str, drama_mobiles: bool) -> Asked:
    """Return what a case asks; never raises, whatever is missing or unreadable stays None."""
    campaign, request, line = case.campaign or _NO_CAMPAIGN, case.request or _NO_REQUEST, case.line
    channel = request.channel or campaign.channel
    drama = drama_mobiles or line.number_type is not None
    point, number, problem = _read_destination(request.to, channel, default_region, drama)
    return Asked(
        at=at,
        day=london_day(at),
        point=point,
        number=number,
        problem=problem,
        channel=channel,
        declared=campaign.purpose,
        purpose=effective_purpose(campaign),
        mode=request.dial_mode or campaign.dial_mode,
        brand=request.brand or campaign.brand,
        campaign=campaign,
        principal=organisation(case, campaign.principal),
        operator=organisation(case, campaign.operator),
        line=line,
        solicitation=request.solicitation,
        is_individual=line.subscriber is not SubscriberKind.CORPORATE,
        is_own_line=is_verified_own_line(request.leg, line),
        default_region=default_region,
        takes_drama_numbers=drama_mobiles,
    )


def effective_purpose(campaign: Campaign) -> Purpose | None:
    """Return the purpose the content has: promotion or lead-gathering makes marketing of anything.

    Source: PECR 2003 reg 2(1) (direct marketing); law.md 8.3 rule 0.4.
    """
    content = campaign.classification
    is_marketing_in_disguise = content is not None and (content.promotional or content.lead_gathering)
    if campaign.purpose in (Purpose.SERVICE, Purpose.RESEARCH) and is_marketing_in_disguise:
        return Purpose.GENERAL
    return campaign.purpose


def organisation(case: Case, identity: str | None) -> Organisation | None:
    """Return the organisation of this id, None if the case does not know it."""
    for known in case.organisations:
        if known.id and known.id == identity:
            return known
    return None


def is_verified_own_line(leg: Leg | None, line: Line) -> bool:
    """Say whether a leg of our own would ring a phone of our own; a callee's leg never is one."""
    is_our_leg = leg in (Leg.AGENT, Leg.TRANSFER, Leg.TEST)
    return is_our_leg and line.own_line is not None and line.own_line.verified


# The door, the gatherer and the judge read one number after another; the same one is read once.
@lru_cache(maxsize=8192)
def _read_destination(
    to: str | None, channel: Channel | None, region: str, drama: bool
) -> tuple[str | None, Number | None, NumberProblem | None]:
    if not to:
        return None, None, None
    try:
        if channel is not Channel.EMAIL:
            number = read_number(to, default_region=region, drama_mobiles=drama)
            return number.e164, number, None
        if is_email_address(to.strip()):
            return read_contact_point(to), None, None
    except UnreadableNumber as failure:
        return None, None, failure.problem
    except Unreadable:
        pass
    return None, None, NumberProblem.INVALID


# Most records are of the very line asked for and never get here; those of other lines come again and again.
@lru_cache(maxsize=8192)
def spelling(contact_point: str, region: str) -> str:
    """Return a record's contact point as the request's is spelled; the text itself if it cannot be read."""
    try:
        return read_contact_point(contact_point, default_region=region, drama_mobiles=True)
    except Unreadable:
        return contact_point.strip()


def is_line(contact_point: str | None, asked: Asked) -> bool:
    """Say whether a record is about the line or address asked for."""
    if contact_point is None:
        return False
    return contact_point == asked.point or spelling(contact_point, asked.default_region) == asked.point


def is_other_line(contact_point: str | None, asked: Asked) -> bool:
    """Say whether a record is about another known line of the same person."""
    if contact_point is None:
        return False
    spelled = spelling(contact_point, asked.default_region)
    others = asked.line.other_lines_of_person
    return any(spelled == spelling(other, asked.default_region) for other in others)


def is_known(recorded_at: datetime | None, asked: Asked) -> bool:
    """Say whether a record was known at the instant judged; an unrecorded time counts as known."""
    return recorded_at is None or recorded_at <= asked.at
