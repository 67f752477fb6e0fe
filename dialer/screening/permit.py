"""Permits: a one-use token that a binding allow carries; only its digest is ever kept."""

from typing import Final

from dialer.people.keys import digest_of, new_token
from dialer.screening.decision import Decision
from dialer.screening.question import Binding, Question
from dialer.screening.verdict import Answer, Verdict

PERMIT_PREFIX: Final = "rfp_"


def minted(question: Question, verdict: Verdict) -> str | None:
    """Mint a one-use token for an allow that waits to be spent; only its digest is ever kept."""
    waits = question.binding is Binding.PERMIT and verdict.answer is Answer.ALLOW
    return new_token(PERMIT_PREFIX) if waits else None


def permit_digest(decision: Decision) -> str | None:
    """Return the digest a permit is kept under, None if the decision carries none."""
    return digest_of(decision.permit) if decision.permit is not None else None
