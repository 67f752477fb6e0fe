"""A whole house for a test: real store, real parts, a clock that stands where the test puts it.

Everything is wired as in production; only the hour is given, so that a test means the same on a Sunday.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from dialer.calls.call import Channel, DialMode
from dialer.calls.campaign import Campaign, Classification, Message, Notice, Purpose
from dialer.calls.organisation import Organisation
from dialer.delivery.destination import Destination
from dialer.law.records import Reach, Scope
from dialer.objections.record import record
from dialer.objections.saying import Recorded, Saying
from dialer.people.agents import Agent
from dialer.people.keys import Key, digest_of
from dialer.people.roles import Role
from dialer.registers.load import Order, load
from dialer.screening.question import Binding, Question
from dialer.screening.screen import Repeated, Screened, screen
from dialer.settings import Settings
from dialer.store.configuration import Section
from dialer.store.register_store import RegisterStore
from dialer.wiring import Parts, wire

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
FAR = datetime(2100, 1, 1, tzinfo=UTC)
NUMBER = "+442079460123"
OTHER_NUMBER = "+442079460124"
ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "12345"
PUBLIC_URL = "https://dnc.example.co.uk"

ALDER = Organisation(
    id="alder", legal_name="Alder Energy Ltd", trading_names=("Alder",), address="1 High St, Leeds"
)
BIRCH = Organisation(id="birch", legal_name="Birch Home Services Ltd", address="2 High St, Leeds")
BECK = Organisation(id="beck", legal_name="Beck Contact Ltd", address="8 Canal St, Leeds")
CRM = Destination(
    id="crm", name="CRM", kind="webhook", url="https://crm.example/hook", secrets=("whsec_eA==",)
)


@dataclass
class StandingClock:
    """A clock that moves only when it is told to."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        """Return the instant the test has reached."""
        return self.now

    def advance(self, **by: float) -> None:
        """Move on by a `timedelta` given as keywords."""
        self.now += timedelta(**by)


def campaign(campaign_id: str = "C1", **changed: Any) -> Campaign:
    """A plain lawful live campaign of Alder's, dialled by Beck."""
    plain: dict[str, Any] = {
        "id": campaign_id,
        "principal": "alder",
        "operator": "beck",
        "purpose": Purpose.GENERAL,
        "topic": "solar",
        "channel": Channel.LIVE_CALL,
        "dial_mode": DialMode.PREVIEW,
        "caller_id": "+442079460100",
        "announced_name": "Alder Energy",
        "contact_address": "1 High St, Leeds",
        "freephone": "+448081570123",
        "classification": Classification(by="J. Reviewer", promotional=True),
        "message": Message(states_name=True, states_contact=True),
        "notice": Notice(wording="This call is recorded and listened to by a machine.", said_by="agent"),
    }
    return Campaign(**(plain | changed))


def settings_for(redis_url: str, data_dir: Path, **changed: Any) -> Settings:
    """Settings as a live installation has them, on this test's store."""
    plain: dict[str, Any] = {
        "redis_url": redis_url,
        "data_dir": data_dir,
        "public_url": PUBLIC_URL,
        "secret_key": SecretStr("for tests only"),
        "twilio_account_sid": ACCOUNT,
        "twilio_auth_token": SecretStr(TOKEN),
    }
    return Settings(**(plain | changed))


@dataclass
class House:
    """A wired house: three organisations, a campaign, an agent, a dialer's key and a destination."""

    redis_url: str
    data_dir: Path
    clock: StandingClock = field(default_factory=StandingClock)
    parts: Parts = field(init=False)
    key: str = "rfk_test_dialer"

    def __post_init__(self) -> None:
        """Wire the parts and put the plain configuration in place."""
        self.parts = wire(settings_for(self.redis_url, self.data_dir), clock=self.clock)
        for organisation in (ALDER, BIRCH, BECK):
            self.put(Section.ORGANISATIONS, organisation.id, organisation)
        self.put(Section.CAMPAIGNS, "C1", campaign())
        self.put(Section.AGENTS, "a17", Agent(id="a17", endpoint="client:a17", campaigns=("C1",)))
        dialer = Key(id="key_1", name="dialer", role=Role.DIALER, digest=digest_of(self.key))
        self.put(Section.KEYS, dialer.id, dialer)
        self.put(Section.DESTINATIONS, CRM.id, CRM)

    def put(self, section: Section, record_id: str, record: Any) -> None:
        """Change the configuration as another process would, and let this one not know yet."""
        self.parts.configuration.put(section, record_id, record)

    def load_register(self, name: str, *numbers: str, extracted_on: date = date(2026, 11, 20)) -> None:
        """Load a register that lists these numbers (and one nobody calls), as an import would."""
        path = self.data_dir / f"{name}-{extracted_on}-{len(numbers)}.txt"
        path.write_text("\r\n".join(("01632960999", *numbers)) + "\r\n", encoding="ascii")
        order = Order(register=name, path=path, extracted_on=extracted_on, by="test", accept_change=True)
        load(order, RegisterStore(self.parts.redis), folder=self.data_dir, clock=self.clock)

    def outgoing(self, to: str = NUMBER, **changed: Any) -> Question:
        """An agent's call as the voice webhook asks it; `receipt` says which request it is."""
        plain: dict[str, Any] = {
            "to": to,
            "binding": Binding.DIALS,
            "campaign": "C1",
            "endpoint": "client:a17",
            "call_ref": "CA1",
        }
        return Question(**(plain | changed))

    def screen(self, question: Question, *, answer: str = "answer") -> Screened | Repeated:
        """Screen as a door does, with a rendered answer."""
        return screen(question, self.parts.gate, render=lambda decision: f"{answer} {decision.id}")

    def object(self, contact_point: str = NUMBER, **changed: Any) -> Recorded:
        """Record a no to all calls by Alder."""
        plain: dict[str, Any] = {
            "contact_point": contact_point,
            "principal": "alder",
            "operator": "beck",
            "scope": Scope(reach=Reach.PRINCIPAL, channels="voice"),
            "source": "agent",
        }
        return record(Saying(**(plain | changed)), self.parts.desk)
