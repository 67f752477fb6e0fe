"""What one turn of the called party does: the one policy for calls, return calls, texts and our own messages.

In force: suppressed at once. Possible: the line is held and a person is asked. A refusal bars its campaign. A
turn that is none of these leaves no trace at all. Source: labels.md section 2, system action.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from dialer.consents.line_reports import Report, ReportKind, report_id
from dialer.ids import Kind, id_for
from dialer.law.records import Reach, Scope
from dialer.objections.hearing import Heard, Label, Outcome, hear
from dialer.objections.hearing.hear import LOW_RECOGNISER_CONFIDENCE
from dialer.objections.hearing.unsure import may_object
from dialer.objections.opt_out import Context, saying_of, scope_heard
from dialer.objections.pausing import PauseDesk
from dialer.objections.prompts import Prompt, PromptKind, prompts_for
from dialer.objections.proof import Place, SpokenProof, proof_of
from dialer.objections.record import record
from dialer.objections.refusal import RefusalDesk, refuse
from dialer.objections.saying import Recorded
from dialer.objections.waiting import Doubt, ReviewDesk, hold_for_review
from dialer.people.keys import digest_of

_VOICE: Final = Scope(reach=Reach.PRINCIPAL, channels="voice")


class Effect(StrEnum):
    """What a turn did; `unsure`: for the first time in this call the recogniser did not trust its words."""

    IN_FORCE = "in_force"
    HELD = "held"
    REFUSED = "refused"
    UNSURE = "unsure"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn. `confidence` is the recogniser's, None if it gave none; `objection_id` is that of its no.

    `place` is where in the call it stands, None for what was not spoken. `has_agent` says whether an agent
    hears it too, who may have understood what the recogniser did not.
    """

    words: str
    confidence: float | None
    source: str
    objection_id: str
    has_agent: bool = True
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Listened:
    """What a turn did; `recorded` is the objection where it is one, as a second refusal is."""

    effect: Effect
    recorded: Recorded | None = None

    @property
    def is_unclear(self) -> bool:
        """Say whether somebody who answers a message of ours should be asked once more."""
        return self.recorded is None and self.effect is not Effect.NOTHING


class Prompts(Protocol):
    """Keeps what agents are prompted; see `store.prompts`. Each raises CannotKeep."""

    def note(self, call: str, kinds: Iterable[PromptKind], *, at: datetime) -> None:
        """Keep that a call's agent is prompted."""
        ...

    def of(self, call: str) -> tuple[Prompt, ...]:
        """Return what a call's agent is prompted, the earliest first."""
        ...

    def is_unsure_again(self, call: str, turn: str) -> bool:
        """Note that the recogniser was unsure of a turn; say whether it was of another one before."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningDesk:
    """The parts listening needs."""

    reviews: ReviewDesk
    refusals: RefusalDesk
    prompts: Prompts
    pausing: PauseDesk


def listen(turn: Turn, context: Context, desk: ListeningDesk) -> Listened:
    """Do what a turn asks for, and prompt the call's agent; all of it is on disk when this returns.

    The same turn again changes nothing. Raises CannotKeep.
    """
    heard, is_trusted = _heard(turn, context, desk.prompts)
    listened = _done(turn, context, heard, desk)
    kinds = prompts_for(heard)
    if kinds and context.decision is not None:
        desk.prompts.note(context.decision, kinds, at=_now(desk))
    if listened.effect is Effect.NOTHING and not is_trusted:
        return Listened(Effect.UNSURE)
    return listened


def insist(turn: Turn, context: Context, desk: ListeningDesk) -> Recorded:
    """Take an unclear answer to a message of ours, asked a second time, as the objection it may be."""
    heard = hear(turn.words, recogniser_confidence=turn.confidence)
    scope = scope_heard(heard, context) if heard.outcome is not Outcome.NONE else _VOICE
    saying = saying_of(context, scope, turn.words, turn.source, turn.objection_id)
    return record(replace(saying, proof=_proof(turn, heard)), desk.reviews.desk)


def _heard(turn: Turn, context: Context, prompts: Prompts) -> tuple[Heard, bool]:
    """Hear a turn, and say whether its words may be trusted.

    Beside an agent, unsure once is chance unless the words come near to a no, and twice in a call is a doubt;
    alone, once is a doubt.
    """
    heard = hear(turn.words, recogniser_confidence=turn.confidence)
    is_sure = turn.confidence is None or turn.confidence >= LOW_RECOGNISER_CONFIDENCE
    if is_sure or heard.label is Label.OPT_OUT or not turn.has_agent or may_object(turn.words):
        return heard, True
    call = context.decision or context.call_ref
    if call is not None and prompts.is_unsure_again(call, turn.objection_id):
        return heard, True
    return hear(turn.words), False


def _done(turn: Turn, context: Context, heard: Heard, desk: ListeningDesk) -> Listened:
    if heard.outcome is Outcome.NONE and heard.label is not Label.REFUSAL_ONLY:
        return Listened(Effect.NOTHING)
    if heard.outcome is Outcome.NONE:
        return _turned_down(turn, context, desk)
    scope = scope_heard(heard, context)
    saying = replace(
        saying_of(context, scope, turn.words, turn.source, turn.objection_id), proof=_proof(turn, heard)
    )
    if heard.outcome is Outcome.IN_FORCE:
        return Listened(Effect.IN_FORCE, record(saying, desk.reviews.desk))
    doubt = Doubt(
        saying=saying,
        label=heard.label,
        confidence=heard.confidence,
        span=heard.span,
        flags=heard.flags,
        why=", ".join(heard.why),
    )
    hold_for_review(doubt, desk.reviews)
    return Listened(Effect.HELD)


def _proof(turn: Turn, heard: Heard) -> SpokenProof | None:
    """Return what proves a spoken turn; a text is its own proof."""
    if turn.place is None:
        return None
    return proof_of(heard, recogniser_confidence=turn.confidence, place=turn.place)


def _turned_down(turn: Turn, context: Context, desk: ListeningDesk) -> Listened:
    """Bar the campaign, without the words; a second time on a later call it is an objection."""
    if context.principal is None:
        return Listened(Effect.NOTHING)
    at = _now(desk)
    told = Report(
        id=_refusal_id(turn, context, at),
        contact_point=context.contact_point,
        principal=context.principal,
        kind=ReportKind.REFUSAL,
        person=context.person,
        campaign=context.campaign,
        decision=context.decision,
        by=context.agent or "hearing",
        source=turn.source,
    )
    recorded = refuse(told, desk.refusals, at=at, operator=context.operator)
    return Listened(Effect.REFUSED, recorded)


def _refusal_id(turn: Turn, context: Context, at: datetime) -> str:
    if context.decision is None:
        # Somebody who rings or texts us: one call is one refusal, however often it is said.
        said = f"refusal|{context.call_ref or turn.objection_id}|{context.principal}"
        return id_for(Kind.HOLD, digest_of(said))
    line = context.contact_point
    return report_id(
        ReportKind.REFUSAL, decision=context.decision, contact_point=line, person=context.person, at=at
    )


def _now(desk: ListeningDesk) -> datetime:
    return desk.reviews.desk.clock()
