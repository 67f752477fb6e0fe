"""Who is who in the demo: two principals, one call centre, three campaigns, three agents. All invented."""

from typing import Final, Literal

from dialer.calls.call import Channel, DialMode
from dialer.calls.campaign import Campaign, Classification, Message, Notice, Purpose
from dialer.calls.organisation import Organisation
from dialer.law.facts import Policy, PolicyHours, WeekHours
from dialer.people.agents import Agent

ORGANISATIONS: Final = (
    Organisation(
        id="alder",
        legal_name="Alder Energy Ltd",
        trading_names=("Alder",),
        fca="none",
        address="1 High St, Leeds",
        freephone="+448081570123",
    ),
    Organisation(
        id="birch",
        legal_name="Birch Home Services Ltd",
        trading_names=("Birch",),
        fca="none",
        address="2 High St, Leeds",
        freephone="+448081570124",
    ),
    Organisation(
        id="beck",
        legal_name="Beck Contact Ltd",
        fca="none",
        address="8 Canal St, Leeds",
        freephone="+448081570130",
    ),
)

_REVIEWED: Final = Classification(by="J. Reviewer", promotional=True, lead_gathering=False)
_SCRIPT: Final = Message(identifies_sender=True, states_name=True, states_contact=True)


def _campaign(
    topic: str, principal: Organisation, caller_id: str, hearing: Literal["keypad", "live"]
) -> Campaign:
    return Campaign(
        id=topic,
        principal=principal.id,
        operator="beck",
        purpose=Purpose.GENERAL,
        topic=topic,
        channel=Channel.LIVE_CALL,
        dial_mode=DialMode.PREVIEW,
        caller_id=caller_id,
        announced_name=principal.legal_name,
        contact_address=principal.address,
        freephone=principal.freephone,
        classification=_REVIEWED,
        message=_SCRIPT,
        hearing=hearing,
        notice=Notice(wording=f"This is a call from {principal.legal_name}.", said_by="message"),
    )


CAMPAIGNS: Final = (
    _campaign("solar", ORGANISATIONS[0], "+442079460900", "keypad"),
    _campaign("heating", ORGANISATIONS[0], "+442079460901", "live"),
    _campaign("windows", ORGANISATIONS[1], "+442079460902", "live"),
)

AGENTS: Final = (
    Agent(
        id="amira",
        name="Amira",
        endpoint="client:amira",
        campaigns=("solar", "heating"),
        default_campaign="solar",
    ),
    Agent(id="ben", name="Ben", endpoint="client:ben", campaigns=("windows",), default_campaign="windows"),
    Agent(
        id="cerys",
        name="Cerys",
        endpoint="client:cerys",
        campaigns=("solar", "heating", "windows"),
        default_campaign="heating",
    ),
)

_ANY_TIME: Final = "00:00-23:59"
_OPEN: Final = WeekHours(
    monday_to_friday=_ANY_TIME, saturday=_ANY_TIME, sunday=_ANY_TIME, keeps_bank_holidays=False
)
# So that the demo can be tried on a Sunday night; a live folder keeps the shipped hours.
POLICY: Final = Policy(hours=PolicyHours(marketing=_OPEN))

# What the callees do whom the demo rings: say no, key no, or are not there.
SCRIPTS: Final[tuple[tuple[str, tuple[dict[str, object], ...]], ...]] = (
    ("+442079460010", ({"wait_s": 1}, {"say": "please take me off your list"})),
    ("+442079460011", ({"wait_s": 1}, {"press": "9"})),
    ("+442079460012", ({"busy": True},)),
    ("+442079460013", ({"no_answer": True},)),
    ("+442079460014", ({"wait_s": 1}, {"say": "yes I can talk now"}, {"wait_s": 2}, {"hang_up": True})),
)

# Calls the demo places once its data is in: agent, number as an agent would type it.
CALLS: Final = (
    ("client:amira", "020 7946 0010"),
    ("client:amira", "020 7946 0011"),
    ("client:cerys", "020 7946 0014"),
    ("client:amira", "020 7946 0201"),
    ("client:ben", "020 7946 0202"),
    ("client:cerys", "0117 496 0401"),
    ("client:amira", "020 7946 0221"),
    ("client:ben", "020 7946 0221"),
    ("client:cerys", "09011 123456"),
    ("client:ben", "0113 496 0305"),
    ("client:amira", "020 7946 0012"),
    ("client:amira", "+44 (0)20 7946 0010"),
)
