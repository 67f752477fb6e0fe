"""A refusal the judge cannot know of: who asks may not dial for this campaign. It stands before all else."""

from dataclasses import replace

from dialer.law.codes import Code
from dialer.law.reasons import catalogue
from dialer.screening.verdict import Answer, Reason, Verdict


def not_assigned(verdict: Verdict, *, agent: str | None, campaign: str | None) -> Verdict:
    """Return the verdict as a block for E_NOT_ASSIGNED, with what else stood in the way behind it."""
    words = catalogue()[Code.E_NOT_ASSIGNED]
    first = Reason(
        code=words.code,
        verdict=Answer.BLOCK,
        kind=words.kind,
        citation=words.citation.provision,
        url=words.citation.url,
        text=words.text,
        say=words.say,
        facts=(("agent", agent), ("campaign", campaign)),
    )
    failed = verdict.reasons if verdict.answer is not Answer.ALLOW else ()
    return replace(
        verdict,
        answer=Answer.BLOCK,
        reason=first.code,
        reasons=(first, *failed),
        obligations=(),
        retry_at=None,
        valid_until=None,
    )
