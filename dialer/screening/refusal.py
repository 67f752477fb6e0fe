"""Refusals the judge cannot know of: who asks may not dial for this campaign, or the permit named is dead."""

from dataclasses import replace

from dialer.law.codes import Code
from dialer.law.reasons import catalogue
from dialer.screening.verdict import Answer, FactValue, Reason, Verdict


def not_assigned(verdict: Verdict, *, agent: str | None, campaign: str | None) -> Verdict:
    """Return the verdict as a block for E_NOT_ASSIGNED, with what else stood in the way behind it."""
    return _blocked(verdict, Code.E_NOT_ASSIGNED, (("agent", agent), ("campaign", campaign)))


def permit_dead(verdict: Verdict) -> Verdict:
    """Return the verdict as a block for E_PERMIT_DEAD: what the dialer was told before holds no longer."""
    return _blocked(verdict, Code.E_PERMIT_DEAD, ())


def _blocked(verdict: Verdict, code: Code, facts: tuple[tuple[str, FactValue], ...]) -> Verdict:
    words = catalogue()[code]
    first = Reason(
        code=words.code,
        verdict=Answer.BLOCK,
        kind=words.kind,
        citation=words.citation.provision,
        url=words.citation.url,
        text=words.text,
        say=words.say,
        facts=facts,
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
