"""The facts one judgement may look at. A fact that is absent is None, and None never means yes.

Instants are aware, days are civil days in London. Source of the shapes: contract section 5; law.md 8.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AwareDatetime, Field

from dialer.calls.call import Channel, DialMode, Leg
from dialer.calls.campaign import Campaign
from dialer.calls.organisation import Organisation
from dialer.calls.shape import STRICT
from dialer.law.records import Consent, Hold, Objection, Relationship, Solicitation

OpeningHours = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekHours:
    """One purpose's calling hours, `08:00-21:00` in London time, end excluded; None is closed."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    monday_to_friday: OpeningHours | None = None
    saturday: OpeningHours | None = None
    sunday: OpeningHours | None = None
    bank_holiday: OpeningHours | None = None
    keeps_bank_holidays: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyHours:
    """Calling hours of our own; a purpose left out keeps the shipped ones."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    marketing: WeekHours | None = None
    service: WeekHours | None = None
    research: WeekHours | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """House policy in force; None or absent is as shipped (`parameters.toml`).

    `shelf_life_approved_by` and `shelf_life_reason` say who wanted consents to last longer than shipped, and
    why; the judge takes the figure as it stands (`screening.policy_problems` asks for both).
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    tps_grace: Literal["off", "statutory"] | None = None
    hours: PolicyHours | None = None
    holidays: tuple[Literal["ENG", "WLS", "SCT", "NIR"], ...] | None = None
    one_off_holidays: tuple[date, ...] = ()
    consent_shelf_life_months: Annotated[int, Field(ge=1, le=120)] | None = None
    shelf_life_approved_by: Annotated[str, Field(min_length=1, max_length=128)] | None = None
    shelf_life_reason: Annotated[str, Field(min_length=1, max_length=2_000)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked now. `brand`, `channel` and `dial_mode` win over the campaign's."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    to: str | None = None
    channel: Channel | None = None
    brand: str | None = None
    solicitation: str | None = None
    dial_mode: DialMode | None = None
    leg: Leg | None = None


class SubscriberKind(StrEnum):
    """Whose line it is; unknown is treated as an individual (law.md 1)."""

    INDIVIDUAL = "individual"
    CORPORATE = "corporate"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """One of our own phones, live once a code rung to it was read back."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: Literal["staff", "transfer", "test"] | None = None
    owner: str | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is known of the line itself, for this principal."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    subscriber: SubscriberKind | None = None
    person: str | None = None
    wrong_person: bool = False
    no_contact: Literal["deceased", "vulnerable", "legal"] | None = None
    number_type: Literal["mobile"] | None = None
    company: str | None = None
    other_lines_of_person: tuple[str, ...] = ()
    own_line: OwnLine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One register's answer for the line: from the newest snapshot or wash. `listed` None is not known."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    extracted_on: date | None = None
    listed: bool | None = None
    first_seen_on: date | None = None
    last_absent_on: date | None = None
    snapshot: str | None = None
    provider: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registers:
    """TPS and CTPS, apart; None is a register never loaded."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    tps: Listing | None = None
    ctps: Listing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """How line and campaign were treated lately; `abandoned_rate` is a fraction, None is not measured."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    abandoned_at: AwareDatetime | None = None
    machine_detected_at: AwareDatetime | None = None
    attempts: tuple[AwareDatetime, ...] = ()
    abandoned_rate: Annotated[float, Field(ge=0)] | None = None
    live_calls: Annotated[int, Field(ge=0)] | None = None
    abandoned_calls: Annotated[int, Field(ge=0)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Whether what the facts were read from could be read; anything but `up` is no."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    objections: str = "up"
    consents: str = "up"
    ledger: str = "up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything one judgement may look at, at one instant."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    at: AwareDatetime | None = None
    policy: Policy = Policy()
    organisations: tuple[Organisation, ...] = ()
    campaign: Campaign | None = None
    request: Request | None = None
    line: Line = Line()
    registers: Registers = Registers()
    consents: tuple[Consent, ...] = ()
    objections: tuple[Objection, ...] = ()
    holds: tuple[Hold, ...] = ()
    solicitations: tuple[Solicitation, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    conduct: Conduct = Conduct()
    stores: Stores = Stores()
