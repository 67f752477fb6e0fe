"""Click to call: screen, ring the agent's own endpoint, screen again, bridge.

The first screening is binding and counts no attempt, since nobody but our own agent is rung by it; it spends
the permit that is named. When the agent answers, the callee is screened anew, and only that allow dials and
counts.
The endpoint comes from the agent's record, never from a request. Twilio is never asked twice for one call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Protocol

from dialer.calls.call import Leg
from dialer.errors import CannotKeep, Conflict
from dialer.people.agents import Agent
from dialer.screening.decision import Decision
from dialer.screening.question import Binding, Question
from dialer.screening.question_json import read_question
from dialer.screening.screen import Gate, Screened, screen
from dialer.screening.verdict import Answer

OWN_LINE: Final = "E_OWN_LINE"
_NEEDS_NO_SCREENING: Final = ("client:", "sip:")


class OutcomeUnknown(Conflict):
    """Twilio gave no answer and shows no such call: whether the agent is rung is not known."""

    code = "outcome_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A call that Twilio has taken on; `status` in Twilio's own word, such as `queued`."""

    call_ref: str
    status: str


class Telephone(Protocol):
    """Rings agents; see `telephony.rest`."""

    def ring(self, endpoint: str, *, caller_id: str, decision: str, at: datetime) -> Rung | None:
        """Ring an endpoint for a decision; None if it is not known whether it rings.

        Raises Refused or TooMany when nobody is rung.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Clicked:
    """What a click led to; `rung` is None where the decision refused, and nobody was rung."""

    decision: Decision
    rung: Rung | None


def click_to_call(question: Question, agent: Agent, gate: Gate, telephone: Telephone) -> Clicked:
    """Ring the agent if the callee may be dialled; four round trips to the store at most, one to Twilio.

    Raises Conflict for an agent who cannot be rung, OutcomeUnknown where it is not known whether they are,
    CannotKeep when the store is away: then nobody is rung.
    """
    endpoint = agent.endpoint
    if endpoint is None:
        raise Conflict("this agent has no endpoint to ring; PUT /v1/agents/{id} keeps one")
    asked = replace(question, binding=Binding.RINGS)
    if not endpoint.startswith(_NEEDS_NO_SCREENING):
        _insist_on_own_line(endpoint, asked, gate)
    decision = _screened(asked, gate)
    if decision.verdict.answer is not Answer.ALLOW:
        return Clicked(decision=decision, rung=None)
    campaign = gate.configurations.believed().campaigns.get(decision.campaign or "")
    if campaign is None or campaign.caller_id is None:
        raise Conflict("this campaign has no caller id to ring the agent with; PUT /v1/campaigns/{id}")
    rung = telephone.ring(endpoint, caller_id=campaign.caller_id, decision=decision.id, at=gate.clock())
    if rung is None:
        raise OutcomeUnknown(
            "Twilio did not answer and shows no such call: the agent may be rung or not. Ask the agent "
            "before you click again; nobody is dialled unless they answer and the callee is screened again"
        )
    return Clicked(decision=decision, rung=rung)


def connecting(decision: Mapping[str, Any], *, call_ref: str, receipt: str) -> Question | None:
    """Return the question to ask once the agent has answered, from the ledger line of the first screening.

    None for a line that rang nobody. `call_ref` is the agent's own leg, `receipt` the digest of the request.
    """
    asked = read_question(decision["asked"], key=decision.get("key"))
    rang = asked.binding is Binding.RINGS and asked.leg is None and decision.get("verdict") == Answer.ALLOW
    return replace(asked, binding=Binding.DIALS, call_ref=call_ref, receipt=receipt) if rang else None


def _insist_on_own_line(endpoint: str, asked: Question, gate: Gate) -> None:
    """Let the judge say that an agent's telephone is ours: anything else about it opens nothing here."""
    leg = replace(asked, to=endpoint, leg=Leg.AGENT, person=None, solicitation=None, permit=None)
    if _screened(leg, gate).verdict.reason != OWN_LINE:
        raise Conflict(
            "the agent's telephone is not a verified line of ours; PUT /v1/own-lines/{e164} and read back "
            "the code, or give the agent a client: or sip: endpoint"
        )


def _screened(question: Question, gate: Gate) -> Decision:
    answered = screen(question, gate)
    if not isinstance(answered, Screened):
        raise CannotKeep("the question was answered before without a new decision; ask again")
    return answered.decision
