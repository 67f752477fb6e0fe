"""What else a centre does in the simulated month: tells of lines, reports, lifts marks, imports files."""

import random
from contextlib import suppress
from functools import partial

from dialer.consents.approval import Person, Ruling
from dialer.consents.file_kind import CONSENTS
from dialer.consents.import_file import import_records
from dialer.consents.line_facts import LineWord, put_line
from dialer.consents.line_file import LINES, keep_line
from dialer.consents.line_reports import Report, ReportKind, report
from dialer.consents.mark_lifting import WHYS, Wish, propose_lifting, settle_lifting
from dialer.consents.record_row import RowOrder
from dialer.errors import RingfenceError
from dialer.files.number_cell import NumberReading
from dialer.ids import Kind, new_id
from dialer.law.facts import SubscriberKind
from dialer.objections.file_row import FileOrder
from dialer.objections.import_file import import_objections
from dialer.objections.record_all import BatchDesk, record_all
from dialer.screening.own_lines import OwnLineGiven, declare
from dialer.store.objection_batches import ObjectionBatches
from tests.doubles.house import House

ONE = Person(kind="key", id="key_1", name="one")
OTHER = Person(kind="key", id="key_2", name="other")
NUMBERS = NumberReading(default_region="GB", drama_mobiles=True)


class Deeds:
    """Does one thing at a time to some line; what the rules refuse is left undone, as a door would."""

    def __init__(self, house: House, dice: random.Random, numbers: tuple[str, ...]) -> None:
        self._house = house
        self._dice = dice
        self._numbers = numbers
        self._marked: list[str] = []

    def know_line(self) -> None:
        """Learn whose a line is, with whom it goes together, or that nobody should ring it."""
        number, dice = self._number(), self._dice
        word = LineWord(
            contact_point=number,
            principal="alder",
            by="test",
            subscriber=dice.choice(list(SubscriberKind)),
            subscriber_evidence="the companies' register",
            persons=dice.choice([(), (), (self._person_of(number),)]),
            company=dice.choice([None, None, f"CO{dice.randrange(3)}"]),
            no_contact="vulnerable" if dice.random() < 0.05 else None,
        )
        with suppress(RingfenceError):
            put_line(word, self._house.parts.lines, at=self._house.clock())

    def report(self) -> None:
        """Tell what a call showed."""
        number, at = self._number(), self._house.clock()
        kind = self._dice.choice([ReportKind.WRONG_PERSON, ReportKind.REFUSAL, *ReportKind])
        person = self._dice.choice([None, self._person_of(number)])
        told = Report(
            id=new_id(Kind.HOLD if kind is ReportKind.REFUSAL else Kind.MARK, at=at),
            contact_point=number,
            principal="alder",
            kind=kind,
            person=person,
            campaign=self._dice.choice(["C1", "C2"]),
            decision=None,
            by="a17",
            source="agent",
        )
        report(told, self._house.parts.line_reports, at=at)
        self._marked.append(number)

    def lift(self) -> None:
        """Let two people lift some mark, a little apart."""
        desk, dice, clock = self._house.parts.liftings, self._dice, self._house.clock
        line = dice.choice(self._marked) if self._marked else None
        marks = self._house.parts.records.of_line(line).marks if line else []
        if line is None or not marks:
            return
        wish = Wish(line=line, why=dice.choice(WHYS), note=None, by=ONE)
        with suppress(RingfenceError):
            review = propose_lifting(dice.choice(marks), wish, desk)
            clock.advance(seconds=dice.uniform(0, 90))
            ruling = Ruling(outcome="approve" if dice.random() < 0.7 else "reject", by=OTHER)
            settle_lifting(review.id, ruling, desk)

    def import_noes(self) -> None:
        """Import another dialer's list, some of its rows dated days ago."""
        house, parts = self._house, self._house.parts
        path = house.data_dir / "noes.csv"
        days = [house.clock().day - self._dice.randrange(1, 9) for _ in range(4)]
        rows = [
            f"{self._number()},2026-{house.clock().month:02d}-{max(day, 1):02d}T09:00:00Z" for day in days
        ]
        path.write_text("\n".join(["contact_point,effective_at", *rows, self._number() + ","]) + "\n")
        order = FileOrder(principal="alder", operator=None, at=house.clock(), numbers=NUMBERS)
        desk = BatchDesk(batches=ObjectionBatches(parts.redis, parts.safety), desk=parts.desk)
        import_objections(path, order, partial(record_all, parts=desk))

    def import_yeses(self) -> None:
        """Import consents, with persons; one that a no stands in the way of waits."""
        given = self._house.clock().replace(microsecond=0).isoformat()
        numbers = [self._number() for _ in range(3)]
        rows = [
            f"{n},{self._person_of(n)},alder,live_call,general,{given},web_form,subscriber" for n in numbers
        ]
        titles = "contact_point,person,principal,channels,purposes,given_at,method,given_by"
        path = self._house.data_dir / "yeses.csv"
        path.write_text("\n".join([titles, *rows]) + "\n")
        import_records(path, CONSENTS, self._order(), partial(self._house.parts.records.keep, by=ONE))

    def import_lines(self) -> None:
        """Import what is known of lines."""
        mine, wrong = self._number(), self._number()
        rows = [
            f"{mine},alder,individual,{self._person_of(mine)},",
            f"{wrong},alder,,,{self._person_of(wrong)}",
        ]
        path = self._house.data_dir / "lines.csv"
        path.write_text("\n".join(["contact_point,principal,subscriber,persons,wrong_for", *rows]) + "\n")
        lines, reports = self._house.parts.lines, self._house.parts.line_reports
        keep = partial(keep_line, lines=lines, reports=reports, by="test", at=self._house.clock())
        import_records(path, LINES, self._order(), keep)

    def own(self) -> None:
        """Declare a phone of our own, which is nobody's business before its code is read back."""
        declare(
            self._number(), OwnLineGiven(kind="staff", owner="Ann"), self._house.parts.own_lines, by="test"
        )

    def _order(self) -> RowOrder:
        return RowOrder(principals=frozenset({"alder"}), at=self._house.clock(), numbers=NUMBERS)

    def _number(self) -> str:
        return self._dice.choice(self._numbers)

    def _person_of(self, number: str) -> str:
        return f"P{self._numbers.index(number) // 3}"
