"""Two readers, one fact type: at this very instant the reader of the past reads what the present's does."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dialer.calls.after_call import CallMade, OutcomeTold
from dialer.calls.call import Channel, DialMode
from dialer.calls.campaign import Purpose
from dialer.calls.dispositions import Outcome
from dialer.law.facts import Case, Policy, SubscriberKind
from dialer.law.records import Consent, Relationship, Solicitation
from dialer.registers.wash import wash
from dialer.registers.wash_file import WashReading
from dialer.registers.wash_order import WashOrder
from dialer.registers.washed import LookedUp
from dialer.screening.past import Moment
from dialer.screening.question import Binding, Question
from dialer.screening.whose import place
from dialer.store.configuration import POLICY_ID, Section
from dialer.store.look_ups import LookUpStore
from dialer.store.wash_store import WashStore
from tests.doubles.house import ALDER, MONDAY, NUMBER, OTHER_NUMBER, House, campaign
from tests.store.linking import tell

Given = Callable[[House], None]


@pytest.fixture
def house(redis_url: str, tmp_path: Path) -> House:
    return House(redis_url, tmp_path)


def both(house: House, question: Question) -> tuple[Case, Case]:
    now, configuration = house.clock(), house.parts.configuration.current()
    present = house.parts.gate.facts.gather(question, place(question, configuration), configuration, now)
    return present.case, house.parts.past.gather(question, Moment.then(now)).case


def nothing(house: House) -> None:
    """Leave the house as it is."""


def registers(house: House) -> None:
    for name in ("tps", "ctps"):
        for day in (1, 12, 20):
            listed = (NUMBER,) if day > 10 else (OTHER_NUMBER,)
            house.clock.now = datetime(2026, 11, day, 8, tzinfo=UTC)
            house.load_register(name, *listed, extracted_on=date(2026, 11, day))
    house.clock.now = MONDAY


def washes(house: House) -> None:
    house.load_register("tps", NUMBER, extracted_on=date(2026, 11, 20))
    path = house.data_dir / "wash.csv"
    for day, answer in ((19, "listed"), (21, "clear")):
        house.clock.now = datetime(2026, 11, day, 8, tzinfo=UTC)
        path.write_text(f"phone,tps,ctps\n{NUMBER},{answer},{answer}\n", encoding="ascii")
        order = WashOrder(
            path=path, checked_on=date(2026, 11, day), provider="b", by="test", reading=WashReading()
        )
        wash(order, WashStore(house.parts.redis), clock=house.clock)
    house.clock.now = MONDAY


def look_ups(house: House) -> None:
    house.load_register("tps", NUMBER, extracted_on=date(2026, 11, 12))
    for day, listed in ((14, True), (20, False)):
        at = datetime(2026, 11, day, 9, tzinfo=UTC)
        found = LookedUp(register="tps", listed=listed, checked_on=at.date(), provider="p", recorded_at=at)
        LookUpStore(house.parts.redis).keep(NUMBER, [found], at=at)
    house.clock.now = MONDAY


def yeses(house: House) -> None:
    add, early = house.parts.records.add, MONDAY - timedelta(days=3)
    add(
        Consent(
            id="con_1",
            contact_point=NUMBER,
            principal="alder",
            named_as="Alder Energy Ltd",
            channels=(Channel.LIVE_CALL,),
            purposes=(Purpose.GENERAL,),
            given_at=early,
            recorded_at=early,
        )
    )
    add(Solicitation(id="sol_1", contact_point=NUMBER, principal="alder", topic="solar", recorded_at=early))
    add(Relationship(id="rel_1", contact_point=NUMBER, principal="alder", kind="sale", recorded_at=early))


def noes(house: House) -> None:
    house.object()
    house.object(effective_at=MONDAY - timedelta(days=2), source="letter")
    house.clock.advance(minutes=1)


def facts(house: House) -> None:
    for company in ("first", "second"):
        tell(
            house,
            NUMBER,
            subscriber=SubscriberKind.CORPORATE,
            subscriber_evidence="register",
            company=company,
        )


def attempts(house: House) -> None:
    house.load_register("tps")
    house.load_register("ctps")
    for _ in range(3):
        house.screen(house.outgoing())
        house.clock.advance(hours=3, seconds=7.123456)


def configuration(house: House) -> None:
    house.put(Section.ORGANISATIONS, "alder", ALDER)
    house.put(Section.CAMPAIGNS, "C1", campaign(topic="heat pumps"))
    house.put(Section.POLICY, POLICY_ID, Policy(tps_grace="statutory"))


def outcomes(house: House) -> None:
    for live, outcome in enumerate((Outcome.ANSWERED, Outcome.ANSWERED, Outcome.ABANDONED)):
        call = CallMade(
            decision=f"dec_{live}",
            contact_point=NUMBER,
            principal="alder",
            campaign="C1",
            call_ref=None,
        )
        told = OutcomeTold(
            call=call, outcome=outcome, at=house.clock(), recorded_at=house.clock(), by="dialer"
        )
        house.parts.conduct.keep_outcome(told)
        house.clock.advance(hours=1)


@pytest.mark.parametrize(
    "given", [outcomes, nothing, registers, washes, look_ups, yeses, noes, facts, attempts, configuration]
)
def test_both_readers_read_the_same(house: House, given: Given) -> None:
    given(house)
    question = Question(
        to="020 7946 0123",
        binding=Binding.ADVISORY,
        campaign="C1",
        person="P1",
        brand="Alder",
        dial_mode=DialMode.PREVIEW,
    )
    present, past = both(house, question)
    assert past == present
    assert len(past.conduct.attempts) == (3 if given is attempts else 0)


@pytest.mark.parametrize("to", ["a person", "anna@example.com", "+12025550123"])
def test_both_readers_read_the_same_of_what_no_register_holds(house: House, to: str) -> None:
    registers(house)
    present, past = both(house, Question(to=to, binding=Binding.ADVISORY, campaign="C1"))
    assert past == present
