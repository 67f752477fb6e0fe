"""The records people leave behind: yes, no, please ring me, I bought; each with both clocks.

`given_at`, `effective_at`, `requested_at` and `collected_at` say when it became true, `recorded_at` when we
knew; None is *not known* and never counts in favour of dialling. Source: contract section 5, law.md 2.2.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AwareDatetime, Field

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.calls.shape import STRICT

ScopeChannels = Literal["voice", "text", "all"] | tuple[Literal["calls", "texts", "email", "post"], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What the person was told, word for word or by version."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    version: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Where the evidence lies."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    kind: str | None = None
    ref: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChain:
    """Who collected a third-party consent, under which contract."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    collector: str | None = None
    contract: str | None = None
    evidence_complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A yes, to one principal, for named channels and purposes (law.md 2.2)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str | None = None
    contact_point: str | None = None
    person: str | None = None
    principal: str | None = None
    named_as: str | None = None
    channels: tuple[Channel, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    given_at: AwareDatetime | None = None
    recorded_at: AwareDatetime | None = None
    method: str | None = None
    wording: Wording | None = None
    proof: Proof | None = None
    given_by: str | None = None
    source: Literal["own", "third_party"] | None = None
    source_chain: SourceChain | None = None
    specific: bool = False
    obtained_in_breach: bool = False
    last_interaction_at: AwareDatetime | None = None
    expires_at: AwareDatetime | None = None
    withdrawn_at: AwareDatetime | None = None


class Reach(StrEnum):
    """How far an objection reaches."""

    PRINCIPAL = "principal"
    BRAND = "brand"
    CAMPAIGN = "campaign"
    GROUP = "group"
    OPERATOR = "operator"
    NO_CONTACT = "no_contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an objection covers."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    reach: Reach | None = None
    channels: ScopeChannels | None = None
    brand: str | None = None
    campaign: str | None = None
    this_line_only: bool = False
    company: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """A no: an objection, or a consent taken back.

    `corrected_at` is since when two people say that it was misheard, mispressed or for another line.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str | None = None
    contact_point: str | None = None
    person: str | None = None
    principal: str | None = None
    operator: str | None = None
    kind: Literal["objection", "withdrawal"] | None = None
    scope: Scope | None = None
    effective_at: AwareDatetime | None = None
    recorded_at: AwareDatetime | None = None
    source: str | None = None
    words: str | None = None
    corrected_at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A possible no waiting for a person, or an offer refused for one campaign.

    `scope` is the one the objection would have; None holds the principal's every call, text and email.
    `released_at` is since when it holds nothing any more.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str | None = None
    contact_point: str | None = None
    principal: str | None = None
    campaign: str | None = None
    kind: Literal["possible_objection", "campaign_refusal"] | None = None
    scope: Scope | None = None
    since: AwareDatetime | None = None
    becomes_objection_at: AwareDatetime | None = None
    recorded_at: AwareDatetime | None = None
    released_at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time a person asked to be rung at."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    from_: Annotated[AwareDatetime | None, Field(alias="from")] = None
    until: AwareDatetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Solicitation:
    """A person's request for this call."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str | None = None
    contact_point: str | None = None
    principal: str | None = None
    topic: str | None = None
    channels: tuple[Channel, ...] = ()
    requested_at: AwareDatetime | None = None
    recorded_at: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None
    window: Window | None = None
    proof: Proof | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """A sale, a donor's support or a pension client, limb by limb."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str | None = None
    contact_point: str | None = None
    principal: str | None = None
    kind: Literal["sale", "charity", "pension_client"] | None = None
    product_category: str | None = None
    own_sale: bool = False
    collected_at: AwareDatetime | None = None
    recorded_at: AwareDatetime | None = None
    refusal_offered_at_collection: bool = False
    refusal_offered_since: bool = False
    reasonably_envisaged: bool = False
    contrived: bool = False
