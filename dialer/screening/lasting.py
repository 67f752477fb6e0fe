"""How long an allow lasts if nothing new is recorded: for lists, which outlive the minute a call has."""

from collections.abc import Iterator
from datetime import datetime

from dialer.law.facts import Case
from dialer.law.matter import Matter
from dialer.law.rule import Effect, Finding, Rule
from dialer.law.statute_book import StatuteBook
from dialer.screening.judge import judge, judge_matter, open_matter
from dialer.screening.verdict import Answer, Verdict


def judge_for_long(case: Case, book: StatuteBook) -> tuple[Verdict, datetime | None]:
    """Return the verdict that `judge` gives, and on an allow until when it lasts if nothing new is recorded.

    What it rests on ends then: a register's copy, a consent, the time somebody asked for. Calling hours are
    left out, since every day has them. None: it is no allow, or nothing it rests on has an end.
    """
    if case.at is None:
        return judge(case, book), None
    matter, rules = open_matter(case, case.at, book)
    verdict = judge_matter(matter, rules, book)
    if verdict.answer is not Answer.ALLOW:
        return verdict, None
    return verdict, min(_ends(matter, rules, verdict), default=None)


def _ends(matter: Matter, rules: tuple[Rule, ...], verdict: Verdict) -> Iterator[datetime]:
    grounds = {reason.code for reason in verdict.reasons}
    for rule in rules:
        if rule.rests_until is not None:
            end = rule.rests_until(matter)
            if end is not None:
                yield end
        if not grounds.isdisjoint(rule.codes):
            found = rule.check(matter)
            if isinstance(found, Finding) and found.effect is Effect.GROUND and found.until is not None:
                yield found.until
