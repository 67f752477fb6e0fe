"""Judge a past call log: each call as at its own moment, on what was known then and on what is known now.

Nothing is written and nothing is guessed: a call whose judgement rests on history that is not there is
unknown. Rows are taken line by line, so that each line is read once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from dialer.law.statute_book import StatuteBook
from dialer.screening.call_log import Band, LoggedCall
from dialer.screening.past import LinePast, Moment, Past, PastFacts, PastVerdict, verdict_on, weigh
from dialer.screening.question import Binding, Question
from dialer.screening.verdict import Answer

# A permit lives a minute (contract section 4): a call begins at most so long after its decision.
DIALLED_WITHIN: Final = timedelta(seconds=60)
# The longest cap counts seven days back (law.md 5.3).
_ATTEMPTS_COUNT: Final = timedelta(days=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCall:
    """One call with both judgements; `then` on what was known at its moment, `now` on what is known today."""

    call: LoggedCall
    then: PastVerdict
    now: PastVerdict

    @property
    def is_late(self) -> bool:
        """Whether only what reached us after the call stands against it: for breach review (law.md 2.6)."""
        return self.then.answer in (Answer.ALLOW, None) and self.now.answer is Answer.BLOCK


def judge_calls(
    lines: Iterable[tuple[str, Iterable[LoggedCall]]],
    *,
    campaign: str,
    facts: PastFacts,
    book: StatuteBook,
    known_at: datetime,
) -> Iterator[JudgedCall]:
    """Yield every call judged; `lines` are E.164 with their calls, earliest first.

    One line is held in memory at a time, with its calls of the last eight days.
    """
    for number, calls in lines:
        past = facts.line(number)
        earlier: list[datetime] = []
        for call in calls:
            yield _judged(call, past, earlier, campaign=campaign, book=book, known_at=known_at)
            if call.band is Band.ATTEMPT:
                earlier = [at for at in earlier if call.at - at < _ATTEMPTS_COUNT] + [call.at]


def _judged(
    call: LoggedCall,
    line: LinePast,
    earlier: list[datetime],
    *,
    campaign: str,
    book: StatuteBook,
    known_at: datetime,
) -> JudgedCall:
    question = Question(to=call.to, binding=Binding.ADVISORY, campaign=campaign)
    then = line.gather(question, Moment.then(call.at))
    now = line.gather(question, Moment(at=call.at, known_at=max(known_at, call.at)))
    return JudgedCall(
        call=call,
        then=_verdict(_without_itself(then, call), book),
        now=_verdict(_with_earlier(_without_itself(now, call), earlier), book),
    )


def _verdict(past: Past, book: StatuteBook) -> PastVerdict:
    return weigh(past, verdict_on(past, book))


def _without_itself(past: Past, call: LoggedCall) -> Past:
    """Return the facts without the attempt that this very call was, if it was screened by us."""
    attempts = past.case.conduct.attempts
    if attempts and call.at - attempts[-1] <= DIALLED_WITHIN:
        return _with_attempts(past, attempts[:-1])
    return past


def _with_earlier(past: Past, earlier: list[datetime]) -> Past:
    """Return the facts with the log's own earlier calls, those that the ledger has counted once only."""
    counted = past.case.conduct.attempts
    others = [at for at in counted if not any(timedelta() <= call - at <= DIALLED_WITHIN for call in earlier)]
    return _with_attempts(past, tuple(sorted([*others, *earlier])))


def _with_attempts(past: Past, attempts: tuple[datetime, ...]) -> Past:
    case = past.case
    return replace(past, case=replace(case, conduct=replace(case.conduct, attempts=attempts)))
