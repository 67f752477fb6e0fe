"""The judge: facts in, one verdict out. No clock, no store, no vendor: equal facts give equal verdicts.

Every rule that applies is asked, and every failure is kept. A block outweighs a defer, a defer an allow;
among equals the earliest phase comes first. No failure is not enough: some rule must open the gate.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from dialer.law import inputs
from dialer.law.asked import read_asked
from dialer.law.codes import Code
from dialer.law.facts import Case
from dialer.law.matter import Matter
from dialer.law.reading import read_matter
from dialer.law.reasons import catalogue
from dialer.law.rule import Effect, Finding, Rule, blocks, setting_of
from dialer.law.statute_book import StatuteBook
from dialer.law.waiting import retry_at, valid_until
from dialer.screening.verdict import Answer, Reason, RegisterAnswer, Verdict


def judge(case: Case, book: StatuteBook) -> Verdict:
    """Return the verdict on a case by this book, as of the case's own instant; never raises.

    A case without an instant cannot be judged: it is incomplete. About 30 µs on ordinary facts.
    """
    if case.at is None:
        return _without_instant(book)
    return judge_matter(*open_matter(case, case.at, book), book)


def judge_matter(matter: Matter, rules: tuple[Rule, ...], book: StatuteBook) -> Verdict:
    """Return the verdict on a matter that was opened by this book."""
    findings = _findings(matter, rules)
    blocking = [found for found in findings if found.effect is Effect.BLOCK]
    deferring = [found for found in findings if found.effect is Effect.DEFER]
    grounds = [found for found in findings if found.effect is Effect.GROUND]
    if not (blocking or deferring or grounds):
        blocking = [blocks(Code.E_PURPOSE_UNSUPPORTED)]
    if blocking or deferring:
        again = None if blocking else retry_at(matter, rules, deferring)
        return _refused(matter, rules, (blocking, deferring), _details(findings), again, book)
    return _allowed(matter, rules, tuple(grounds), _details(findings), book)


def open_matter(case: Case, at: datetime, book: StatuteBook) -> tuple[Matter, tuple[Rule, ...]]:
    """Return the case as the rules see it, and the rules that apply to it in the order of the phases."""
    asked = read_asked(case, at, default_region=book.default_region, drama_mobiles=book.drama_mobiles)
    pack = book.pack_for(asked)
    floor = pack or book.home
    matter = read_matter(case, asked, floor.parameters_on(asked.day), is_supported=pack is not None)
    return matter, book.rules_for(floor, setting_of(matter), asked.day)


def _findings(matter: Matter, rules: tuple[Rule, ...]) -> list[Finding]:
    findings: list[Finding] = []
    for rule in rules:
        found = rule.check(matter)
        if found is None:
            continue
        if isinstance(found, Finding):
            findings.append(found)
        else:
            findings.extend(found)
    return findings


def _allowed(
    matter: Matter,
    rules: tuple[Rule, ...],
    grounds: tuple[Finding, ...],
    details: tuple[str, ...],
    book: StatuteBook,
) -> Verdict:
    """Construct the one allow there is, bounded by the first thing it rests on that ends."""
    pack = book.pack_for(matter.asked) or book.home
    ends = [*(ground.until for ground in grounds), *_openings_end(matter, rules)]
    return Verdict(
        answer=Answer.ALLOW,
        reason=grounds[0].code,
        reasons=_reasons(grounds),
        details=details,
        obligations=pack.obligations(matter, grounds),
        at=matter.at,
        retry_at=None,
        valid_until=valid_until(matter, ends),
        number=matter.asked.point,
        purpose=matter.asked.purpose,
        registers=_registers(matter),
        rules_version=book.version,
    )


def _refused(
    matter: Matter,
    rules: tuple[Rule, ...],
    refusing: tuple[list[Finding], list[Finding]],
    details: tuple[str, ...],
    again: datetime | None,
    book: StatuteBook,
) -> Verdict:
    """Construct a block or a defer: blocks first, then defers, each in the order of the phases."""
    blocking, deferring = refusing
    reasons = _reasons((*blocking, *deferring))
    return Verdict(
        answer=Answer.BLOCK if blocking else Answer.DEFER,
        reason=reasons[0].code,
        reasons=reasons,
        details=details,
        obligations=(),
        at=matter.at,
        retry_at=again,
        valid_until=valid_until(matter, [again, *_openings_end(matter, rules)]),
        number=matter.asked.point,
        purpose=matter.asked.purpose,
        registers=_registers(matter),
        rules_version=book.version,
    )


def _openings_end(matter: Matter, rules: tuple[Rule, ...]) -> list[datetime | None]:
    """Return when the present hours close: no answer, not even a refusal, outlives them (law.md 8.1)."""
    return [rule.open_until(matter) for rule in rules if rule.open_until is not None]


def _reasons(findings: Iterable[Finding]) -> tuple[Reason, ...]:
    """Return each code once, with the facts of its first finding."""
    by_code: dict[Code, Finding] = {}
    for found in findings:
        by_code.setdefault(found.code, found)
    return tuple(_reason(found) for found in by_code.values())


def _reason(found: Finding) -> Reason:
    words = catalogue()[found.code]
    return Reason(
        code=found.code,
        verdict=_ANSWERS[found.effect],
        kind=words.kind,
        citation=words.citation.provision,
        url=words.citation.url,
        text=words.text,
        say=words.say,
        facts=found.facts,
    )


_ANSWERS: Final = {
    Effect.GROUND: Answer.ALLOW,
    Effect.BLOCK: Answer.BLOCK,
    Effect.DEFER: Answer.DEFER,
}


def _details(findings: list[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.code for found in findings if found.effect is Effect.DETAIL))


def _registers(matter: Matter) -> tuple[RegisterAnswer, ...]:
    return tuple(
        RegisterAnswer(
            name=answered.name,
            snapshot=answered.listing.snapshot,
            extracted_on=answered.listing.extracted_on,
            age_days=answered.age_days,
            listed=answered.listing.listed,
        )
        for answered in matter.registers
        if answered.listing is not None
    )


def _without_instant(book: StatuteBook) -> Verdict:
    missing = inputs.incomplete(("at",))
    return Verdict(
        answer=Answer.BLOCK,
        reason=missing.code,
        reasons=_reasons((missing,)),
        details=(),
        obligations=(),
        at=None,
        retry_at=None,
        valid_until=None,
        number=None,
        purpose=None,
        registers=(),
        rules_version=book.version,
    )
