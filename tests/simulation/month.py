"""A simulated month of one centre: calls, imports, late noes, changed campaigns, told by one seed."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from dialer.calls.call import Channel, DialMode
from dialer.calls.campaign import Purpose
from dialer.errors import CannotKeep
from dialer.law.facts import Policy
from dialer.law.records import Consent, Reach, Relationship, Scope, Solicitation, Window
from dialer.screening.question import Binding, Question
from dialer.screening.screen import Screened
from dialer.store.configuration import POLICY_ID, Section
from tests.doubles.house import ALDER, House, campaign
from tests.simulation.deeds import Deeds
from tests.simulation.second_thoughts import SecondThoughts

FIRST_DAY = date(2026, 10, 23)
DAYS = 31
KNOWN = tuple(f"+44207946{n:04d}" for n in range(150))
LINES = (*KNOWN, "+441134960001", "anna@example.com", "a person", "999")


@dataclass
class Month:
    """A house, its seed, and how many of each thing were done."""

    house: House
    seed: int
    listed: set[str] = field(default_factory=set)
    dice: random.Random = field(init=False)
    after: SecondThoughts = field(init=False)
    deeds: Deeds = field(init=False)

    def __post_init__(self) -> None:
        """Begin on the first morning."""
        self.dice = random.Random(self.seed)
        self.after = SecondThoughts(self.house, self.dice)
        self.deeds = Deeds(self.house, self.dice, KNOWN)

    def live(self, *, acts_a_day: int) -> Iterator[str]:
        """Live through the month and yield the id of every decision."""
        acts: tuple[tuple[Callable[[], str | None], int], ...] = (
            (self.screen, 60),
            (self.object, 3),
            (self.consent, 8),
            (self.solicit, 5),
            (self.relate, 3),
            (self.deeds.know_line, 4),
            (self.deeds.report, 3),
            (self.deeds.lift, 2),
            (self.deeds.import_noes, 1),
            (self.deeds.import_yeses, 1),
            (self.deeds.import_lines, 1),
            (self.deeds.own, 1),
            (self.change_configuration, 2),
            (self.after.agree, 4),
            (self.after.correct, 2),
        )
        for number in range(DAYS):
            day = FIRST_DAY + timedelta(days=number)
            self.house.clock.now = datetime.combine(day, time(6, 30), tzinfo=UTC)
            if number % 3 == 0:
                self.load_registers(day)
            for _ in range(acts_a_day):
                self.house.clock.advance(seconds=self.dice.uniform(0, 14 * 3600 / acts_a_day))
                (act,) = self.dice.choices([a for a, _ in acts], [often for _, often in acts])
                if (decision := act()) is not None:
                    yield decision
                    self.after.end_call(decision)

    def line(self) -> str:
        """Some line; a few are rung far more than others."""
        return LINES[min(int(self.dice.expovariate(0.04)), len(LINES) - 1)]

    def number(self) -> str:
        """Some line that records can be kept of."""
        return self.dice.choice(KNOWN)

    def person_of(self, line: str) -> str:
        """Whose line it is, and two more with it."""
        return f"P{KNOWN.index(line) // 3 if line in KNOWN else 99}"

    def some(self, at_most_days: float) -> datetime:
        """Some instant before now."""
        return self.house.clock() - timedelta(days=self.dice.uniform(0, at_most_days))

    def load_registers(self, day: date) -> None:
        """Import both registers, each with some numbers more and some fewer."""
        self.listed ^= {self.dice.choice(KNOWN) for _ in range(12)}
        self.house.load_register("tps", *self.listed, extracted_on=day)
        corporate = {n for n in self.listed if self.dice.random() < 0.5}
        self.house.load_register("ctps", *corporate, extracted_on=day)

    def screen(self) -> str | None:
        """Ask the gate in one of many ways."""
        line = self.line()
        changed: dict[str, object] = {
            "binding": self.dice.choice(list(Binding)),
            "campaign": self.dice.choice([*["C1"] * 9, "C2", "C9", None]),
            "person": self.dice.choice([None, None, None, self.person_of(line)]),
            "dial_mode": self.dice.choice([*[None] * 6, *DialMode]),
            "solicitation": self.dice.choice([None, "sol_1"]),
            "channel": self.dice.choice([*[None] * 24, *Channel]),
            "endpoint": self.dice.choice([*["client:a17"] * 6, None]),
        }
        asked = Question(to=line, **changed)  # type: ignore[arg-type]
        try:
            answered = self.house.screen(asked)
        except CannotKeep:
            return None
        return answered.decision.id if isinstance(answered, Screened) else None

    def object(self) -> None:
        """Say no, sometimes days before anybody tells us."""
        late = self.some(6) if self.dice.random() < 0.5 else None
        reach = self.dice.choice([Reach.PRINCIPAL, Reach.CAMPAIGN, Reach.OPERATOR])
        scope = Scope(reach=reach, channels=self.dice.choice(["voice", "all", "text"]), campaign="C2")
        source = self.dice.choice(["agent", "letter"])
        no = self.house.object(self.number(), effective_at=late, scope=scope, source=source)
        self.after.noes.append(no.id)

    def consent(self) -> None:
        """Say yes, on paper that reaches us later."""
        given = self.some(20)
        consent = Consent(
            id=f"con_{self.dice.random()}",
            contact_point=self.number(),
            principal="alder",
            named_as="Alder Energy Ltd",
            channels=(Channel.LIVE_CALL,),
            purposes=(Purpose.GENERAL,),
            given_at=given,
            recorded_at=self.house.clock(),
            method="web_form",
            given_by="subscriber",
            source="own",
            specific=True,
            withdrawn_at=self.some(3) if self.dice.random() < 0.2 else None,
        )
        if self.dice.random() < 0.5:
            self.after.propose(consent)
        else:
            self.house.parts.records.add(consent)

    def solicit(self) -> None:
        """Ask to be rung."""
        now = self.house.clock()
        window = Window(from_=now, until=now + timedelta(hours=2))
        self.house.parts.records.add(
            Solicitation(
                id="sol_1",
                contact_point=self.number(),
                principal="alder",
                topic="solar",
                channels=(Channel.LIVE_CALL,),
                requested_at=self.some(2),
                recorded_at=now,
                window=self.dice.choice([None, window]),
            )
        )

    def relate(self) -> None:
        """Buy something."""
        self.house.parts.records.add(
            Relationship(
                id=f"rel_{self.dice.random()}",
                contact_point=self.number(),
                principal="alder",
                kind="sale",
                own_sale=True,
                collected_at=self.some(30),
                recorded_at=self.house.clock(),
            )
        )

    def change_configuration(self) -> None:
        """Change a campaign, an organisation or the policy."""
        match self.dice.randrange(4):
            case 0:
                self.house.put(Section.CAMPAIGNS, "C1", campaign(topic=self.dice.choice(["solar", "heat"])))
            case 1:
                purpose = self.dice.choice([Purpose.GENERAL, Purpose.SERVICE, Purpose.CLAIMS])
                self.house.put(Section.CAMPAIGNS, "C2", campaign("C2", purpose=purpose))
            case 2:
                self.house.put(
                    Section.POLICY, POLICY_ID, Policy(tps_grace=self.dice.choice(["off", "statutory"]))
                )
            case _:
                self.house.put(Section.ORGANISATIONS, "alder", ALDER)
