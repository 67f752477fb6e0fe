"""`POST /v1/screen` and `POST /v1/what-if`: may this be dialled, truly and imagined."""

from dataclasses import dataclass
from typing import Any, ClassVar

from dialer.calls.call import Channel, DialMode, Leg
from dialer.calls.shape import STRICT
from dialer.errors import CannotKeep, NotFound
from dialer.law.facts import Case
from dialer.people.roles import Role
from dialer.reports.care import decision_without_care
from dialer.screening.decision_json import decision_fields
from dialer.screening.imagined import answer_case
from dialer.screening.question import Binding, Question
from dialer.screening.screen import Screened, screen
from dialer.web.api.door import Asked, Doors
from dialer.web.api.naming import person_of_body
from dialer.web.api.repeats import decision_repeats
from dialer.web.api.shapes import CaseDecisionShown, DecisionShown

DOORS = Doors("Screening")


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """Whom to reach, for which campaign; `channel`, `brand` and `dial_mode` win over the campaign's."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    to: str
    campaign: str | None = None
    channel: Channel | None = None
    agent: str | None = None
    person: str | None = None
    brand: str | None = None
    list: str | None = None
    dial_mode: DialMode | None = None
    solicitation: str | None = None
    leg: Leg | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """An advisory answer carries no permit and is marked so in the ledger."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    advisory: bool = False


@DOORS.post(
    "/v1/screen",
    roles=(Role.DIALER, Role.AGENT),
    body=Screening,
    query=How,
    answer=DecisionShown,
    problems=(NotFound,),
    repeats=decision_repeats,
)
def screen_call(asked: Asked[Screening, How]) -> dict[str, Any]:
    """Ask whether this may be dialled now, for this campaign.

    The decision is in the ledger before it is answered, and an `allow` that is not advisory carries a permit:
    one use, one line, one campaign, at most 60 seconds.
    """
    answered = screen(_question(asked), asked.parts.gate)
    if not isinstance(answered, Screened):
        raise CannotKeep("the question was answered before without a new decision; ask again")
    return decision_without_care(decision_fields(answered.decision), asked.sight)


@DOORS.post(
    "/v1/what-if",
    body=Case,
    is_raw=True,
    unread=("id", "title", "why", "expect"),
    answer=CaseDecisionShown,
)
def judge_case(asked: Asked[bytes, None]) -> dict[str, Any]:
    """Judge an imagined case by the rules in force: the judge that answers `screen`, touching nothing.

    A required fact that is absent is a decision (`E_INPUT_INCOMPLETE`); an unknown key or a wrong type is a
    problem with a pointer to it.
    """
    return answer_case(asked.body, asked.parts.book)


def _question(asked: Asked[Screening, How]) -> Question:
    body = asked.body
    return Question(
        to=body.to,
        binding=Binding.ADVISORY if asked.query.advisory else Binding.PERMIT,
        campaign=body.campaign,
        channel=body.channel,
        agent=body.agent,
        key=asked.key.digest,
        person=person_of_body(body.person),
        brand=body.brand,
        came_from_list=body.list,
        dial_mode=body.dial_mode,
        solicitation=body.solicitation,
        leg=body.leg,
    )
