"""One case put to both: the second reading and the judge; a difference is told with both answers."""

from datetime import UTC, datetime
from typing import Any

from dialer.screening.verdict import Verdict
from tests.law.building import judged
from tests.law.second_reading.answer import Answer
from tests.law.second_reading.asked import Record
from tests.law.second_reading.reading import expected


def utc(moment: datetime | None) -> str | None:
    """Return an instant as text in UTC, so that equal instants read the same."""
    return moment.astimezone(UTC).isoformat() if moment else None


def told(verdict: Verdict) -> dict[str, Any]:
    """Return the judge's answer in plain values."""
    return {
        "verdict": verdict.answer.value,
        "reason": str(verdict.reason),
        "codes": sorted({str(reason.code) for reason in verdict.reasons}),
        "details": sorted(verdict.details),
        "obligations": sorted(verdict.obligations),
        "retry_at": utc(verdict.retry_at),
        "valid_until": utc(verdict.valid_until),
    }


def read(answer: Answer) -> dict[str, Any]:
    """Return the second reading's answer in the same plain values."""
    return {
        "verdict": answer.verdict,
        "reason": answer.reason,
        "codes": sorted(set(answer.codes)),
        "details": sorted(answer.details),
        "obligations": sorted(answer.obligations),
        "retry_at": utc(answer.retry_at),
        "valid_until": utc(answer.valid_until),
    }


def differences(case: Record) -> dict[str, tuple[Any, Any]]:
    """Return what differs, as (second reading, judge) by name; empty where both agree."""
    theirs, ours = told(judged(case)), read(expected(case))
    if not case.get("at"):
        # Without an instant there is nothing to judge by; which store is down is not asked then.
        ours = {"verdict": "block", "reason": "E_INPUT_INCOMPLETE"}
        return {name: (ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]}
    if "E_INPUT_INCOMPLETE" in ours["codes"]:
        # What is left of the phases when something is missing is each reader's own affair.
        ours = {name: ours[name] for name in ("verdict", "reason")}
    elif {"E_NUMBER_INVALID", "E_NUMBER_EMERGENCY_OR_SHORTCODE"} & set(ours["codes"]):
        # No records are held of a line that cannot be read.
        ours = {name: ours[name] for name in ("verdict", "reason", "retry_at")}
    return {name: (ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]}
