"""Why, rule by rule, for people: passed, failed or not applicable, and the facts each rule used.

A rule that found several things, such as a fault in each of three consents, is told with a line for each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, assert_never

from dialer.law.codes import Code
from dialer.law.facts import Case
from dialer.law.matter import Matter
from dialer.law.reasons import catalogue
from dialer.law.rule import Effect, Facts, FactValue, Finding, Phase, Rule
from dialer.law.statute_book import StatuteBook, all_rules
from dialer.screening.judge import judge, open_matter
from dialer.screening.verdict import Verdict


class Outcome(StrEnum):
    """What became of one rule."""

    PASSED = "passed"
    OPENED = "passed, opens the gate"
    NOTED = "passed, with a note"
    FAILED = "failed"
    WAITS = "failed for now"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One rule's part in a verdict; `facts` are its first finding's, else those it looked at."""

    rule: str
    phase: Phase
    outcome: Outcome
    findings: tuple[Finding, ...]
    facts: Facts


# The worst finding of a rule decides what is said of it.
_WORST_FIRST: Final = (Effect.BLOCK, Effect.DEFER, Effect.GROUND, Effect.DETAIL)


def explain(case: Case, book: StatuteBook) -> tuple[Explained, ...]:
    """Return every rule of the book in the order of the phases; empty for a case without an instant."""
    if case.at is None:
        return ()
    matter, applicable = open_matter(case, case.at, book)
    pack = book.pack_for(matter.asked) or book.home
    names = {rule.name for rule in applicable}
    return tuple(_explained(rule, matter, applies=rule.name in names) for rule in all_rules(pack))


def explanation(case: Case, book: StatuteBook) -> str:
    """Return the verdict and every rule behind it as lines for a person to read."""
    lines = [*_headline(judge(case, book)), ""]
    phase: Phase | None = None
    for explained in explain(case, book):
        if explained.phase is not phase:
            phase = explained.phase
            lines.append(f"Phase {phase.value}: {phase.name.replace('_', ' ').lower()}")
        lines += _lines(explained)
    return "\n".join(lines)


def _explained(rule: Rule, matter: Matter, *, applies: bool) -> Explained:
    found = rule.check(matter) if applies else None
    findings = (found,) if isinstance(found, Finding) else (found or ())
    facts = findings[0].facts if findings else ()
    return Explained(
        rule=rule.name,
        phase=rule.phase,
        outcome=_outcome(findings) if applies else Outcome.NOT_APPLICABLE,
        findings=findings,
        facts=facts or (rule.uses(matter) if applies else ()),
    )


def _outcome(findings: tuple[Finding, ...]) -> Outcome:
    effects = {finding.effect for finding in findings}
    worst = next((effect for effect in _WORST_FIRST if effect in effects), None)
    match worst:
        case None:
            return Outcome.PASSED
        case Effect.BLOCK:
            return Outcome.FAILED
        case Effect.DEFER:
            return Outcome.WAITS
        case Effect.GROUND:
            return Outcome.OPENED
        case Effect.DETAIL:
            return Outcome.NOTED
        case _:
            assert_never(worst)


def _headline(verdict: Verdict) -> list[str]:
    lines = [f"{verdict.answer.value.upper()}: {verdict.reason} (rules {verdict.rules_version})"]
    for reason in verdict.reasons:
        lines.append(f"  {reason.code}: {reason.text} [{reason.citation}]")
        lines.append(f"    say: {reason.say}")
    if verdict.retry_at is not None:
        lines.append(f"  not before {verdict.retry_at.isoformat()}")
    lines += [f"  noted: {code}: {catalogue()[Code(code)].say}" for code in verdict.details]
    if verdict.obligations:
        lines.append(f"  obliges: {', '.join(verdict.obligations)}")
    return lines


def _lines(explained: Explained) -> Iterator[str]:
    """Yield one line, or where there are several findings one more for each."""
    found = explained.findings
    head = f"  {explained.outcome.value:<22}  {explained.rule}"
    if len(found) < 2:
        code = f" ({found[0].code.value})" if found else ""
        yield f"{head}{code}{_used(explained.facts)}"
        return
    yield head
    for finding in found:
        yield f"{'':<26}{finding.code.value}{_used(finding.facts)}"


def _used(facts: Facts) -> str:
    shown = "; ".join(f"{name} = {_shown(value)}" for name, value in facts)
    return f" [{shown}]" if shown else ""


def _shown(value: FactValue) -> str:
    match value:
        case None:
            return "not known"
        case bool():
            return "yes" if value else "no"
        case date() | datetime():
            return value.isoformat()
        case _:
            return str(value)
