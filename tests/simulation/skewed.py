"""One line of a house, written by clocks that differ, and what stands on it by the order of the writes."""

from dialer.consents.approval import Ruling
from dialer.ids import Kind, new_id
from dialer.law.records import Hold
from dialer.objections.correction import Wish, propose, settle_correction
from dialer.objections.holding import Holding, Release, hold_line, release_line
from dialer.screening.question import Binding
from dialer.screening.screen import Screened
from dialer.screening.verdict import Answer
from tests.doubles.house import House
from tests.simulation.second_thoughts import ONE, OTHER


class SkewedLine:
    """Does things to the line; a screening that is softer than what was written before it fails."""

    def __init__(self, house: House, line: str) -> None:
        self.house = house
        self.line = line
        self.noes: list[str] = []
        self.holds: list[str] = []
        self.decisions: list[str] = []

    def object(self) -> None:
        self.noes.append(self.house.object(self.line).id)

    def correct(self) -> None:
        """Two people end the latest no."""
        desk = self.house.parts.corrections
        kept = desk.objections.find(self.noes.pop()) if self.noes else None
        if kept is not None:
            wish = Wish(objection=kept.objection.id or "", why="misheard", note=None, by=ONE)
            review = propose(kept, wish, desk)
            settle_correction(review.id, Ruling(outcome="approve", by=OTHER), desk)

    def hold(self) -> None:
        at, kind = self.house.clock(), "possible_objection"
        name = new_id(Kind.HOLD, at=at)
        hold = Hold(id=name, contact_point=self.line, principal="alder", kind=kind, since=at, recorded_at=at)
        hold_line(Holding(hold=hold, source="speech", by="test"), self.house.parts.holds, at=at)
        self.holds.append(name)

    def release(self) -> None:
        """Let the latest hold go."""
        if self.holds:
            at = self.house.clock()
            end = Release(
                id=new_id(Kind.HOLD, at=at),
                hold=self.holds.pop(),
                why="not_an_objection",
                released_at=at,
                by="sue",
            )
            release_line(self.line, end, self.house.parts.holds)

    def screen(self) -> None:
        """Ask; what stands counts. An end that is dated ahead may still be to come, so more may count."""
        screened = self.house.screen(self.house.outgoing(self.line, binding=Binding.ADVISORY))
        assert isinstance(screened, Screened)
        answer = screened.decision.verdict.answer
        assert not self.noes or answer is Answer.BLOCK
        assert not self.holds or answer is not Answer.ALLOW
        self.decisions.append(screened.decision.id)
