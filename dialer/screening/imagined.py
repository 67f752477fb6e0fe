"""One imagined case answered as JSON values: what the command line and `POST /v1/what-if` both say.

The judge is the one that answers `screen`; only the gathering differs (contract section 5).
"""

from typing import Any

from dialer.law.facts import Case
from dialer.law.statute_book import StatuteBook
from dialer.screening.decision_json import verdict_fields
from dialer.screening.judge import judge
from dialer.screening.what_if import parse_object, read_case


def answer_case(raw: bytes | str | dict[str, Any], book: StatuteBook) -> dict[str, Any]:
    """Return the decision on one case in the contract's shape, marked advisory; raises UnreadableCase.

    `id` and `case` are the case's own id, None if it has none; nothing is stored and nothing can be dialled.
    """
    record = raw if isinstance(raw, dict) else parse_object(raw)
    identity = record.get("id")
    return {"case": identity, **decision_of(read_case(record), book), "id": identity}


def decision_of(case: Case, book: StatuteBook) -> dict[str, Any]:
    """Return the decision on a case already read."""
    verdict = judge(case, book)
    campaign, request = case.campaign, case.request
    channel = (request.channel if request else None) or (campaign.channel if campaign else None)
    return {
        "id": None,
        **verdict_fields(verdict),
        "to": verdict.number,
        "channel": channel.value if channel else None,
        "campaign": campaign.id if campaign else None,
        "agent": None,
        "decided_at": verdict.at.isoformat() if verdict.at else None,
        "permit": None,
        "advisory": True,
    }
