"""Everybody else in the rush: who says no, holds, corrects, imports, links and changes the campaign."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from dialer.consents.approval import Person
from dialer.consents.file_kind import CONSENTS
from dialer.consents.import_file import import_records
from dialer.consents.line_reports import Report, ReportKind, report
from dialer.consents.record_row import RowOrder
from dialer.errors import RingfenceError
from dialer.files.number_cell import NumberReading
from dialer.ids import Kind, new_id
from dialer.law.records import Hold
from dialer.objections.file_row import FileOrder
from dialer.objections.holding import Holding, Release, hold_line, release_line
from dialer.objections.import_file import import_objections
from dialer.objections.record_all import BatchDesk, record_all
from dialer.people.roles import Role
from dialer.store.configuration import Section
from dialer.store.objection_batches import ObjectionBatches
from tests.doubles.house import campaign
from tests.simulation.rush.process import Process
from tests.simulation.rush.schedule import Step
from tests.simulation.rush.told import Told

_YES = "contact_point,principal,channels,purposes,given_at,method,given_by,source,specific\n"


class Other:
    """One of them in one round. What the house refuses is left undone, as a door would."""

    def __init__(self, process: Process, told: Told, folder: Path) -> None:
        self._process = process
        self._parts = process.parts
        self._told = told
        self._folder = folder

    def act(self, step: Step) -> None:
        """Do one step of the schedule."""
        line = self._told.numbers[step.line]
        getattr(self, f"_{step.what}")(line, step)

    def _object(self, line: str, step: Step) -> None:
        """Press the button; it may be corrected later."""
        said = {"contact_point": line, "principal": "alder", "source": "agent"}
        answer = self._process.post("/v1/objections", said, role=Role.AGENT)
        self._told.statuses.append(("object", answer.status_code))
        if answer.json is not None and answer.status_code == 201:
            self._told.noes.append(answer.json["id"])

    def _key(self, line: str, step: Step) -> None:
        """Press 9 in a call, twice the same request; without a call, ring back and press 9."""
        with self._told.lock:
            calls = [decision for of_line, decision in self._told.decisions if of_line == line]
        if not calls:
            return self._return_call(line, step)
        form = {"CallSid": f"CA-key-{line}-{step.die}", "Digits": "9"}
        for _ in range(2):
            self._process.twilio(f"voice/opt-out?decision={calls[-1]}&n=1", form)
        return None

    def _return_call(self, line: str, step: Step) -> None:
        form = {"CallSid": f"CA-back-{line}-{step.die}", "From": line, "To": "+442079460100", "Digits": "9"}
        self._process.twilio("voice/returned?n=1", form)

    def _text(self, line: str, step: Step) -> None:
        form = {"MessageSid": f"SM-{line}-{step.die}", "From": line, "To": "+442079460100", "Body": "STOP"}
        self._process.twilio("messages/incoming", form)

    def _hold(self, line: str, step: Step) -> None:
        at = self._process.clock()
        hold = Hold(
            id=new_id(Kind.HOLD, at=at),
            contact_point=line,
            principal="alder",
            kind="possible_objection",
            since=at,
            recorded_at=at,
        )
        if self._tried(
            partial(hold_line, Holding(hold=hold, source="speech", by="rush"), self._parts.holds, at=at)
        ):
            self._told.holds.append((line, hold.id or ""))

    def _let_go(self, line: str, step: Step) -> None:
        if not self._told.holds:
            return self._hold(line, step)
        at = self._process.clock()
        of_line, hold = self._told.holds[int(step.die * len(self._told.holds))]
        end = Release(id=new_id(Kind.HOLD, at=at), hold=hold, why="opened_in_error", released_at=at, by="sue")
        self._tried(partial(release_line, of_line, end, self._parts.holds))
        return None

    def _refuse(self, line: str, step: Step) -> None:
        at = self._process.clock()
        told = Report(
            id=new_id(Kind.HOLD, at=at),
            contact_point=line,
            principal="alder",
            kind=ReportKind.REFUSAL,
            person=None,
            campaign="C1",
            decision=None,
            by="a17",
            source="agent",
        )
        self._tried(partial(report, told, self._parts.line_reports, at=at))

    def _correct(self, line: str, step: Step) -> None:
        """Say that a no was misheard; another person agrees or turns it down."""
        if not self._told.noes:
            self._object(line, step)
        noes = list(self._told.noes)
        if not noes:
            return
        path = f"/v1/objections/{noes[int(step.die * len(noes))]}/correction"
        proposed = self._process.post(path, {"why": "misheard"}, role=Role.AGENT)
        self._told.statuses.append(("propose", proposed.status_code))
        if proposed.status_code == 201 and proposed.json is not None:
            ruling = {"outcome": "reject" if step.die > 0.8 else "approve"}
            review = f"/v1/reviews/{proposed.json['review']}"
            done = self._process.post(review, ruling, role=Role.SUPERVISOR, number=2)
            self._told.statuses.append((ruling["outcome"], done.status_code))

    def _import_noes(self, line: str, step: Step) -> None:
        path = self._folder / f"noes-{line}-{step.die}.csv"
        path.write_text(f"contact_point,source\n{line},letter\n", encoding="ascii")
        order = FileOrder(principal="alder", operator=None, at=self._process.clock(), numbers=NumberReading())
        batches = ObjectionBatches(self._parts.redis, self._parts.safety)
        desk = BatchDesk(batches=batches, desk=self._parts.desk)
        self._tried(partial(import_objections, path, order, lambda sayings: record_all(sayings, desk)))

    def _import_yeses(self, line: str, step: Step) -> None:
        """Import what every line of the round said weeks ago; where a no stands it waits for two people."""
        path = self._folder / f"yeses-{line}-{step.die}.csv"
        given = (
            f"alder,live_call,general,2026-10-01T09:00:0{int(step.die * 10)}Z,web_form,subscriber,own,true"
        )
        rows = "".join(f"{number},{given}\n" for number in self._told.numbers)
        path.write_text(_YES + rows, encoding="ascii")
        order = RowOrder(principals=frozenset({"alder"}), at=self._process.clock(), numbers=NumberReading())
        keep = partial(self._parts.records.keep, by=Person(kind="terminal", id="root", name="root"))
        self._tried(partial(import_records, path, CONSENTS, order, keep))

    def _approve(self, line: str, step: Step) -> None:
        """Agree to what waits for these lines, whatever it is."""
        page = self._parts.reviews.open_page(
            lambda review: review.contact_point in self._told.numbers, after=None, at_most=2
        )
        for review in page.reviews:
            path = f"/v1/reviews/{review.id}"
            done = self._process.post(path, {"outcome": "approve"}, role=Role.SUPERVISOR)
            self._told.statuses.append(("agree", done.status_code))

    def _link(self, line: str, step: Step) -> None:
        """Learn that two of the lines are one person's; a third may join later."""
        numbers, at = self._told.numbers, self._process.clock()
        for each in (line, numbers[(step.line + 1) % len(numbers)]):
            link = partial(self._parts.lines.link, each, "alder", f"P{numbers[0]}", by="rush", at=at)
            self._tried(link)

    def _change(self, line: str, step: Step) -> None:
        topic = campaign(topic=f"solar {step.die}")
        self._tried(partial(self._parts.configuration.put, Section.CAMPAIGNS, "C1", topic))

    def _tried(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except RingfenceError:
            return False
        return True
