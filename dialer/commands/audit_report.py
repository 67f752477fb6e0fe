"""What audits say: the counts of a log, a decision judged again, calls for breach review."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dialer.clock import LONDON
from dialer.commands.past_report import lost_words

if TYPE_CHECKING:
    from dialer.commands.audit_calls import Audit
    from dialer.law.uk.penalties import FineCap
    from dialer.screening.audit import JudgedCall
    from dialer.screening.audit_counts import AuditCounts, Counted
    from dialer.screening.breach_review import ForReview
    from dialer.screening.rejudge import Rejudged

_ENDS = {
    "judged": "judged",
    "repeated": "the same call again",
    "inbound": "inbound",
    "own_endpoint": "an agent's own phone",
    "not_begun": "not begun",
    "unreadable": "unreadable",
}


def as_record(counts: "AuditCounts", asked: "Audit") -> dict[str, Any]:
    """Return an audit's counts as JSON can carry them; `rows` is the sum of `ends`."""
    return {
        "file": asked.file.name,
        "campaign": asked.campaign,
        "known_at": asked.known_at.isoformat(),
        "from": counts.first.isoformat() if counts.first else None,
        "to": counts.last.isoformat() if counts.last else None,
        "rows": counts.ends.total(),
        "ends": {end: counts.ends[end] for end in _ENDS},  # type: ignore[index]
        "lines": counts.lines,
        "then": _counted(counts.then),
        "now": _counted(counts.now),
        "missing": dict(sorted(counts.missing.items())),
        "late": {"calls": counts.late_calls, "first": [_late_call(one) for one in counts.late]},
        "faults": [{"row": fault.row, "reason": fault.why} for fault in counts.faults],
    }


def _counted(counted: "Counted") -> dict[str, Any]:
    return {
        "verdicts": {name: counted.verdicts[name] for name in ("allow", "block", "defer", "unknown")},
        "reasons": dict(counted.reasons.most_common()),
        "may_not_have_rung": dict(sorted(counted.may_not_have_rung.items())),
        "exposure": [
            {**_cap(cap), "calls": found.calls, "lines": found.lines}
            for cap, found in sorted(counted.exposure.items(), key=lambda pair: pair[0].conduct_from)
        ],
    }


def _cap(cap: "FineCap") -> dict[str, Any]:
    return {
        "conduct_from": cap.conduct_from.isoformat(),
        "fine_cap_pounds": cap.pounds,
        "or_share_of_turnover": cap.turnover_share,
    }


def _late_call(one: "JudgedCall") -> dict[str, Any]:
    call = one.call
    return {
        "row": call.row,
        "call_sid": call.ref,
        "to": call.to,
        "at": call.at.isoformat(),
        "reason": one.now.reason,
    }


def as_text(counts: "AuditCounts", asked: "Audit") -> Iterator[str]:
    """Yield the counts in lines for a person; no number is in them."""
    ends = ", ".join(f"{counts.ends[end]:,} {word}" for end, word in _ENDS.items() if counts.ends[end])  # type: ignore[index]
    yield f"{asked.file.name}: {counts.ends.total():,} rows: {ends}"
    if counts.first and counts.last:
        days = [at.astimezone(LONDON).strftime("%d %B %Y") for at in (counts.first, counts.last)]
        yield f"  calls to {counts.lines:,} lines, {days[0]} to {days[1]}, for campaign {asked.campaign}"
    yield from _told("On what was known then", counts.then)
    yield from _told("On what is known now", counts.now)
    for lost, calls in sorted(counts.missing.items()):
        yield f"History is missing for {calls:,} calls: {lost_words(lost)}"
    if counts.late_calls:
        yield f"For breach review: {counts.late_calls:,} calls that only what was learnt later stands against"
    yield from (f"  row {fault.row}: {fault.why}" for fault in counts.faults)


def _told(heading: str, counted: "Counted") -> Iterator[str]:
    verdicts = ", ".join(f"{calls:,} {name}" for name, calls in counted.verdicts.most_common())
    yield f"{heading}: {verdicts or 'no calls'}"
    yield from (f"  {calls:>9,}  {reason}" for reason, calls in counted.reasons.most_common())
    if counted.may_not_have_rung:
        others = ", ".join(f"{calls:,} {name}" for name, calls in sorted(counted.may_not_have_rung.items()))
        yield f"  apart, failed or cancelled calls that may never have rung: {others}"
    for cap, found in sorted(counted.exposure.items(), key=lambda pair: pair[0].conduct_from):
        share = f" or {cap.turnover_share:.0%} of turnover" if cap.turnover_share else ""
        yield (
            f"  at stake for conduct from {cap.conduct_from}: {found.calls:,} calls to {found.lines:,} lines "
            f"against the law; fines up to £{cap.pounds:,}{share}"
        )


def rejudged_record(again: "Rejudged") -> dict[str, Any]:
    """Return a decision judged again, beside what was given."""
    from dialer.screening.decision_json import verdict_fields

    return {
        "decision": again.decision,
        "decided_at": again.decided_at.isoformat(),
        "same": again.is_same,
        "same_rules": again.is_same_book,
        "differences": list(again.differences),
        "missing": sorted(again.missing),
        "given": {"verdict": again.given["verdict"], "reason": again.given["reason"]},
        "again": verdict_fields(again.verdict),
    }


def rejudged_text(again: "Rejudged") -> Iterator[str]:
    """Yield the same in words."""
    given = f"{again.given['verdict']} {again.given['reason']}"
    if again.is_same:
        yield f"{again.decision}: judged again, the same: {given}"
    else:
        yield f"{again.decision}: was {given}, comes out {again.verdict.answer} {again.verdict.reason}"
        yield f"  other: {', '.join(again.differences)}"
    if not again.is_same_book:
        yield "  by another version of the rules than it was decided by"
    yield from (f"  missing: {lost_words(lost)}" for lost in sorted(again.missing))


def late_record(one: "ForReview") -> dict[str, Any]:
    """Return one call for breach review."""
    return {
        "objection": one.no.id,
        "source": one.no.source,
        "effective_at": one.no.effective_at.isoformat(),
        "recorded_at": one.no.recorded_at.isoformat(),
        "decision": one.call.decision,
        "to": one.call.line,
        "called_at": one.call.at.isoformat(),
        "principal": one.call.principal,
        "campaign": one.call.campaign,
        "agent": one.call.agent,
        "call_ref": one.call.call_ref,
        "reason": one.reason,
    }


def late_text(found: Iterable["ForReview"]) -> Iterator[str]:
    """Yield one line a call, numbers masked."""
    from dialer.calls.numbers import masked

    calls = 0
    for calls, one in enumerate(found, start=1):  # noqa: B007 - counted as they pass
        no, call = one.no, one.call
        yield (
            f"{call.at.isoformat()}  {masked(call.line)}  {call.decision}  {one.reason}  "
            f"({no.id}: said {no.effective_at.isoformat()}, recorded {no.recorded_at.isoformat()})"
        )
    yield f"{calls:,} calls between a no and our hearing of it"
