"""Changes that go to one corner at once: bought-in consents, shelf lives, vague objections, grace."""

from datetime import datetime, time, timedelta
from random import Random

from tests.law.second_reading.asked import LONDON, Record
from tests.law.second_reading.calendar import months_after
from tests.law.second_reading.edits import DAY, HOUR, SECOND, Change, around, at_of
from tests.law.second_reading.lawful import consent, objection, stamp

OUR_PHONE = {"kind": "staff", "verified": True}
CHAIN = {"collector": "List House Ltd", "contract": "k/1", "evidence_complete": True}


def edge_of_months(case: Record, random: Random, months: int) -> datetime:
    """Return an instant near so many months before the case's own, on a side of a civil day's edge."""
    day = months_after(at_of(case).astimezone(LONDON).date(), -months)
    midnight = datetime.combine(day, time(), LONDON)
    return midnight + random.choice(
        (-SECOND, timedelta(), SECOND, 12 * HOUR, DAY - SECOND, DAY, -DAY, 2 * DAY)
    )


def bought(case: Record, random: Random) -> None:
    """Put a bought-in consent near six months, with a first contact in or out of time."""
    given = edge_of_months(case, random, random.choice((6, 6, 6, 7, 24)))
    touched = given + random.choice((-DAY, timedelta(), DAY, 150 * DAY, 180 * DAY, 184 * DAY, 190 * DAY))
    case["consents"] = [
        consent(
            case,
            source="third_party",
            source_chain={**CHAIN, "evidence_complete": random.random() < 0.9},
            given_at=stamp(given),
            recorded_at=stamp(given),
            last_interaction_at=random.choice((None, stamp(touched))),
        )
    ]


def shelved(case: Record, random: Random) -> None:
    """Put an own consent at the edge of its shelf life, touched since or not."""
    policy = case["policy"]
    policy["consent_shelf_life_months"] = months = random.choice((None, 1, 6, 12, 24))
    edge = edge_of_months(case, random, months or 24)
    given, touched = random.choice(((edge, None), (edge - 30 * DAY, edge)))
    held = consent(case, given_at=stamp(given), recorded_at=stamp(given))
    case["consents"] = [{**held, "last_interaction_at": stamp(touched) if touched else None}]


def vague(case: Record, random: Random) -> None:
    """Put an objection that leaves something out: what is not said is wide, late, and ours."""
    record = objection(case)
    for name in random.sample(("scope", "effective_at", "recorded_at", "person", "operator", "kind"), 2):
        record[name] = None
    if record["scope"] and random.random() < 0.5:
        record["scope"] = {**record["scope"], random.choice(("reach", "channels")): None}
    case["objections"].append(record)


def graced(case: Record, random: Random) -> None:
    """Turn statutory grace on and list the line near its 28th day, in summer time's edges too."""
    case["policy"]["tps_grace"] = "statutory"
    for name in random.sample(("tps", "ctps"), random.choice((1, 1, 2))):
        day = at_of(case).astimezone(LONDON).date()
        absent = day - timedelta(days=random.choice((1, 26, 27, 28)))
        extracted = day - timedelta(days=random.choice((0, 1, 27, 28)))
        case["registers"][name] = {
            "extracted_on": max(absent, extracted).isoformat(),
            "listed": True,
            "last_absent_on": absent.isoformat(),
        }


def half_known(case: Record, random: Random) -> None:
    """Leave out an answer or a date of one register, or date it after the call."""
    held = case["registers"].get(random.choice(("tps", "ctps")))
    if held:
        tomorrow = (at_of(case).astimezone(LONDON).date() + timedelta(days=1)).isoformat()
        name, value = random.choice((("listed", None), ("extracted_on", None), ("extracted_on", tomorrow)))
        held[name] = value


def unkempt(case: Record, random: Random) -> None:
    """Write the instant in another offset, with a fraction of a second."""
    fraction = random.choice((0, 1, 500_000, 999_999))
    case["at"] = at_of(case).replace(microsecond=fraction).astimezone(LONDON).isoformat()


def own_leg(case: Record, random: Random) -> None:
    """Ring one of our own phones, or a callee on one."""
    case["request"]["leg"] = random.choice(("agent", "transfer", "test", "callee", None))
    case["line"]["own_line"] = random.choice((OUR_PHONE, OUR_PHONE, {**OUR_PHONE, "verified": False}, None))


def retried(case: Record, random: Random) -> None:
    """Defer on several counts at once, so that the retry time has to satisfy them all."""
    case["campaign"]["dial_mode"] = random.choice(("progressive", "predictive"))
    ages = [around(random, 2 * HOUR, 20 * HOUR, 70 * HOUR, 160 * HOUR) for _ in range(random.randrange(7))]
    case["conduct"] = {
        "abandoned_at": stamp(at_of(case) - random.choice(range(1, 74)) * HOUR),
        "machine_detected_at": stamp(at_of(case) - random.choice(range(1, 25)) * HOUR),
        "attempts": [stamp(at_of(case) - age) for age in ages],
    }


DEEPER: list[Change] = [
    bought,
    bought,
    shelved,
    shelved,
    vague,
    graced,
    graced,
    half_known,
    unkempt,
    own_leg,
    retried,
    retried,
]
