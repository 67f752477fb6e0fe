"""`POST /v1/callbacks`: on a call, the person asked to be rung again; the call itself is the proof."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import AwareDatetime, Field

from dialer.calls.call import Channel
from dialer.calls.shape import STRICT
from dialer.consents.call_back import PROOF, OwnCall, proves
from dialer.errors import Conflict, Fault, NotFound, Unreadable
from dialer.ids import Kind
from dialer.law.records import Proof, Solicitation, Window
from dialer.people.roles import Role
from dialer.web.api.door import Asked, Doors
from dialer.web.api.made import id_of_new
from dialer.web.api.people import own_call
from dialer.web.api.records import SolicitationKept, kept_and_shown

DOORS = Doors("Call-backs")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackAsked:
    """`at` is when they asked, now if absent; `window` the time they asked for; `topic` what about.

    Without a `topic` it is the campaign's own.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    decision_id: str
    at: AwareDatetime | None = None
    window: Window | None = None
    topic: Annotated[str, Field(min_length=1, max_length=200)] | None = None


@DOORS.post(
    "/v1/callbacks",
    roles=(Role.AGENT,),
    body=CallBackAsked,
    required=("decision_id",),
    answer=SolicitationKept,
    status=201,
    problems=(NotFound, Conflict),
)
def post_call_back(asked: Asked[CallBackAsked, None]) -> dict[str, Any]:
    """Keep that the person on a call asked to be rung again.

    It counts at once if it was this agent's own connected call in the last two hours and nobody on the line
    has said no; else it waits for a second person.
    """
    call = own_call(asked, asked.body.decision_id)
    if call is None or call.contact_point is None or not call.decision == asked.body.decision_id:
        raise NotFound("no such call: give the decision that allowed it")
    record = _request(asked, call)
    proven = proves(call, record, agent=asked.key.agent, at=asked.parts.clock())
    return kept_and_shown(asked, record, proposed=not proven)


def _request(asked: Asked[CallBackAsked, None], call: OwnCall) -> Solicitation:
    given, now = asked.body, asked.parts.clock()
    requested_at = given.at or now
    _insist_on_times(given, call, now)
    campaign = asked.configuration.campaigns.get(call.campaign or "")
    topic = given.topic or (campaign.topic if campaign is not None else None)
    if topic is None:
        fault = Fault("/topic", "is required: the call's campaign has none of its own")
        raise Unreadable("what do they want to be rung about? the topic is missing", faults=(fault,))
    return Solicitation(
        id=id_of_new(asked, Kind.SOLICITATION),
        contact_point=call.contact_point,
        principal=call.principal,
        topic=topic,
        channels=(Channel.LIVE_CALL,),
        requested_at=requested_at,
        recorded_at=now,
        window=given.window,
        proof=Proof(kind=PROOF, ref=call.decision),
    )


def _insist_on_times(given: CallBackAsked, call: OwnCall, now: datetime) -> None:
    """A request lies within its call, and the time asked for has a start before its end."""
    faults = []
    if given.at is not None and not call.decided_at <= given.at <= now:
        faults.append(
            Fault("/at", "is when they asked: on the call, not to come; the time they want is `window`")
        )
    window = given.window
    if window is not None and (window.from_ is None or window.until is None or window.from_ >= window.until):
        faults.append(Fault("/window", "needs `from` and, after it, `until`"))
    if faults:
        raise Unreadable(f"{faults[0].pointer} {faults[0].detail}", faults=tuple(faults))
