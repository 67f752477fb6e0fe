"""One decision out of one reading: the facts judged, and beside the verdict all that a commit compares."""

from datetime import datetime

from dialer.calls.campaign import Campaign
from dialer.ids import Kind, new_id
from dialer.law.codes import Obligation
from dialer.law.statute_book import StatuteBook
from dialer.screening.at_hand import with_noes_at_hand
from dialer.screening.decision import Decision
from dialer.screening.gathered import Gathered
from dialer.screening.judge import judge
from dialer.screening.permit import minted
from dialer.screening.question import Binding, Question
from dialer.screening.refusal import not_assigned, permit_dead
from dialer.screening.verdict import Answer, Verdict
from dialer.screening.whose import Placed


def decide(
    question: Question,
    placed: Placed,
    gathered: Gathered,
    book: StatuteBook,
    at: datetime,
    *,
    list_say: str | None,
    permit_is_dead: bool,
) -> Decision:
    """Return what is to be committed; `list_say` is what an agent may say of where the number came from."""
    verdict = judge(with_noes_at_hand(gathered.case), book)
    if not placed.assigned:
        verdict = not_assigned(verdict, agent=placed.agent_id, campaign=placed.campaign_id)
    elif permit_is_dead and verdict.answer is Answer.ALLOW:
        verdict = permit_dead(verdict)
    campaign = placed.campaign
    return Decision(
        id=new_id(Kind.DECISION, at=at),
        verdict=verdict,
        to=gathered.contact_point or "",
        channel=question.channel or (campaign.channel if campaign else None),
        campaign=placed.campaign_id,
        principal=campaign.principal if campaign else None,
        operator=campaign.operator if campaign else None,
        agent=placed.agent_id,
        decided_at=at,
        advisory=question.binding is Binding.ADVISORY,
        call_ref=question.call_ref,
        came_from_list=question.came_from_list,
        list_say=list_say,
        notice_say=_notice_say(verdict, campaign),
        key=question.key,
        epoch=gathered.epoch,
        seq=gathered.seq,
        versions=gathered.versions,
        permit=minted(question, verdict),
    )


def _notice_say(verdict: Verdict, campaign: Campaign | None) -> str | None:
    """Return what the agent must say of recording and listening, None where there is nothing to say."""
    if campaign is None or campaign.notice is None or Obligation.SAY_NOTICE not in verdict.obligations:
        return None
    return campaign.notice.wording
