"""What an audit found, counted: verdicts and reasons, then and now, and what is at stake."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from dialer.clock import london_day
from dialer.law.uk.penalties import FineCap, fine_cap_on
from dialer.screening.audit import JudgedCall
from dialer.screening.call_log import Band, LoggedCall, NotJudged, RowEnd
from dialer.screening.past import UNKNOWN, Missing, PastVerdict
from dialer.screening.verdict import Answer

Knowledge = Literal["then", "now"]
KNOWLEDGES: Final[tuple[Knowledge, ...]] = ("then", "now")
FAULTS_SHOWN: Final = 100
LATE_SHOWN: Final = 100


@dataclass(slots=True)
class Exposure:
    """Calls made against a rule of law, and the lines they rang, under one cap of fines."""

    calls: int = 0
    lines: int = 0


@dataclass(slots=True)
class Counted:
    """One knowledge's counts. `verdicts` and `reasons` are of attempts; `may_not_have_rung` of the rest."""

    verdicts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    may_not_have_rung: Counter[str] = field(default_factory=Counter)
    exposure: dict[FineCap, Exposure] = field(default_factory=dict)
    _exposed: set[FineCap] = field(default_factory=set)

    def add(self, verdict: PastVerdict, call: LoggedCall) -> None:
        """Count one call; the calls of one line come together."""
        answer = verdict.answer.value if verdict.answer is not None else UNKNOWN
        if call.band is Band.MAY_NOT_HAVE_RUNG:
            self.may_not_have_rung[answer] += 1
            return
        self.verdicts[answer] += 1
        self.reasons[verdict.reason] += 1
        if is_unlawful(verdict):
            cap = fine_cap_on(london_day(call.at))
            exposure = self.exposure.setdefault(cap, Exposure())
            exposure.calls += 1
            exposure.lines += cap not in self._exposed
            self._exposed.add(cap)

    def begin_line(self) -> None:
        """Note that the calls to come rang another line."""
        self._exposed.clear()


@dataclass(slots=True)
class AuditCounts:
    """Everything counted; every row of the log is in `ends` exactly once."""

    ends: Counter[RowEnd] = field(default_factory=Counter)
    faults: list[NotJudged] = field(default_factory=list)
    then: Counted = field(default_factory=Counted)
    now: Counted = field(default_factory=Counted)
    missing: Counter[Missing] = field(default_factory=Counter)
    lines: int = 0
    late_calls: int = 0
    late: list[JudgedCall] = field(default_factory=list)
    first: datetime | None = None
    last: datetime | None = None
    _line: str = ""

    def pass_over(self, row: NotJudged) -> None:
        """Count a row that is not judged; the first faults are kept."""
        self.ends[row.end] += 1
        if row.end is RowEnd.UNREADABLE and len(self.faults) < FAULTS_SHOWN:
            self.faults.append(row)

    def add(self, judged: JudgedCall) -> None:
        """Count a judged call; the calls of one line come together."""
        call = judged.call
        self.ends[RowEnd.JUDGED] += 1
        if call.to != self._line:
            self._line = call.to
            self.lines += 1
            self.then.begin_line()
            self.now.begin_line()
        self.then.add(judged.then, call)
        self.now.add(judged.now, call)
        self.missing.update(judged.then.past.missing)
        self.first = min(self.first or call.at, call.at)
        self.last = max(self.last or call.at, call.at)
        if judged.is_late and call.band is Band.ATTEMPT:
            self.late_calls += 1
            if len(self.late) < LATE_SHOWN:
                self.late.append(judged)


def is_unlawful(verdict: PastVerdict) -> bool:
    """Say whether a rule of law certainly stood against a call; codes of practice and policy are no law."""
    return verdict.answer in (Answer.BLOCK, Answer.DEFER) and any(
        reason.kind == "law" for reason in verdict.certain
    )
