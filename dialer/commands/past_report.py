"""A judgement of another instant, for a script and for a person: the answer, its grounds, what is lost."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dialer.clock import LONDON

if TYPE_CHECKING:
    from dialer.screening.past import Missing, PastVerdict
    from dialer.screening.question import Question

_WORDS = {
    "allow": "Could be called",
    "block": "Not to be called",
    "defer": "Not at that time",
    None: "Not known whether it could be called",
}
_LOST = {
    "campaign": "no campaign of that id was kept by then",
    "tps": "no copy of the TPS was loaded by then, or its history is lost",
    "ctps": "no copy of the CTPS was loaded by then, or its history is lost",
    "line": "what was known of the line then is lost",
    "calls": "how many calls of that day were abandoned is lost",
}


def past_fields(judged: "PastVerdict", question: "Question") -> dict[str, Any]:
    """Return it in the shape of a decision; `verdict` is `unknown` where missing history decides."""
    from dialer.screening.decision_json import verdict_fields

    past, placed = judged.past, judged.past.placed
    campaign = placed.campaign
    channel = question.channel or (campaign.channel if campaign else None)
    at = past.case.at.isoformat() if past.case.at else None
    return {
        "id": None,
        **verdict_fields(judged.verdict),
        "verdict": judged.answer.value if judged.answer is not None else "unknown",
        "reason": judged.reason,
        "missing": sorted(past.missing),
        "to": past.contact_point,
        "channel": channel.value if channel else None,
        "campaign": placed.campaign_id,
        "agent": placed.agent_id,
        "decided_at": at,
        "permit": None,
        "advisory": True,
        "as_of": at,
    }


def past_words(judged: "PastVerdict", question: "Question") -> Iterator[str]:
    """Yield the answer in a sentence, then what is missing."""
    from dialer.calls.numbers import masked

    past = judged.past
    assert past.case.at is not None, "a moment always has its instant"
    when = past.case.at.astimezone(LONDON).strftime("%A %d %B %Y, %H:%M:%S London")
    said = judged.certain[0].say if judged.certain else "history is missing"
    yield f"As of {when}, on what was known then (nothing is written)."
    yield f"{_WORDS[judged.answer]}: {past.contact_point or masked(question.to)}. {said}"
    yield from (f"Missing: {lost_words(lost)}" for lost in sorted(past.missing))


def lost_words(lost: "Missing") -> str:
    """Return what is missing, in words."""
    return _LOST[lost]
