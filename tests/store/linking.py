"""What a test of links does to a house: link, tell, report, and ask the judge."""

from contextlib import suppress
from dataclasses import replace

from dialer.consents.line_facts import LineWord, put_line
from dialer.consents.line_reports import Report, ReportKind, report
from dialer.errors import CannotKeep
from dialer.screening.question import Binding
from dialer.screening.screen import Screened, screen
from dialer.screening.verdict import Verdict
from tests.doubles.house import NUMBER, OTHER_NUMBER, House

THIRD = "+441134960000"
LINES = (NUMBER, OTHER_NUMBER, THIRD)


def verdict(house: House, line: str, person: str | None = None) -> Verdict:
    """Judge a line; a store that is late is asked again, a few times."""
    asked = replace(house.outgoing(line), binding=Binding.ADVISORY, person=person)
    for _ in range(5):
        with suppress(CannotKeep):
            screened = screen(asked, house.parts.gate)
            assert isinstance(screened, Screened)
            return screened.decision.verdict
    raise AssertionError("the store was late five times")


def link(house: House, line: str, person: str = "P1", principal: str = "alder") -> None:
    """Link a line to a person."""
    house.parts.lines.ensure(line, principal, person, by="test", at=house.clock())


def tell(house: House, line: str, **told: object) -> None:
    """Say what is known of a line."""
    word = LineWord(contact_point=line, principal="alder", by="test", **told)  # type: ignore[arg-type]
    put_line(word, house.parts.lines, at=house.clock())


def say(house: House, line: str, kind: ReportKind, person: str | None = None) -> None:
    """Report what a call showed."""
    told = Report(
        id=f"r-{line}-{kind}-{person}",
        contact_point=line,
        principal="alder",
        kind=kind,
        person=person,
        campaign="C1",
        decision=None,
        by="a17",
        source="agent",
    )
    report(told, house.parts.line_reports, at=house.clock())
