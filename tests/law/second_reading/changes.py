"""Records that a generated case may gain, and the whole list of what may change in it."""

from datetime import timedelta
from random import Random

from tests.law.second_reading.asked import Record
from tests.law.second_reading.edits import DAY, HOUR, SECOND, around, at_of
from tests.law.second_reading.lawful import (
    LINE,
    MOBILE,
    OTHER,
    consent,
    objection,
    solicitation,
    stamp,
)

_REACHES = ("principal", "principal", "brand", "campaign", "group", "operator", "no_contact")
_CHANNELS: tuple[str | list[str], ...] = (
    *("voice", "text", "all", "all"),
    *(["calls"], ["texts"], ["email"], ["calls", "texts"], ["calls", "texts", "email", "post"], ["post"]),
)
_AGES = (
    *(10 * DAY, 50 * DAY, 40 * DAY, SECOND, timedelta(), -SECOND, -DAY),
    *(40 * DAY + SECOND, DAY, DAY - SECOND, 100 * DAY),
)


def listed(case: Record, random: Random) -> None:
    """List the line, with or without a day it was last absent."""
    held = case["registers"].get(random.choice(("tps", "ctps")))
    if held:
        held["listed"] = True
        absent = at_of(case).date() - timedelta(days=random.choice((0, 1, 26, 27, 28, 29)))
        held["last_absent_on"] = random.choice((None, absent.isoformat()))


def aged(case: Record, random: Random) -> None:
    """Age one register to a side of its limit."""
    held = case["registers"].get(random.choice(("tps", "ctps")))
    if held:
        days = random.choice((0, 1, 26, 27, 28, 29, 40))
        held["extracted_on"] = (at_of(case).date() - timedelta(days=days)).isoformat()


def refused(case: Record, random: Random) -> None:
    """Put an objection of some scope, before or after any consent held."""
    scope: Record = {
        "reach": random.choice(_REACHES),
        "channels": random.choice(_CHANNELS),
        "brand": random.choice((None, "Brand Y", "Brand Z")),
        "campaign": random.choice((None, "C1", "C2")),
        "this_line_only": random.random() < 0.25,
        "company": random.random() < 0.15,
    }
    since = at_of(case) - random.choice(_AGES)
    recorded = random.choice((since, since + SECOND, at_of(case), at_of(case) + SECOND))
    case["objections"].append(
        objection(
            case,
            id=f"obj_{len(case['objections'])}",
            scope=scope,
            kind=random.choice(("objection", "objection", "withdrawal")),
            principal=random.choice((case["campaign"]["principal"],) * 4 + ("ORG_B", "ORG_C")),
            operator=random.choice(("OP_1", "OP_1", "ORG_P")),
            contact_point=random.choice((objection(case)["contact_point"],) * 3 + (OTHER, LINE, MOBILE)),
            person=random.choice(("P1", "P1", "P2", None)),
            effective_at=stamp(since),
            recorded_at=stamp(min(recorded, at_of(case) + DAY)),
        )
    )


def plainly_refused(case: Record, random: Random) -> None:
    """Put an objection that plainly covers the request, at an interesting distance."""
    ago = random.choice((SECOND, 10 * DAY, 40 * DAY, 40 * DAY - SECOND, 40 * DAY + SECOND, 90 * DAY))
    kind = random.choice(("objection", "objection", "withdrawal"))
    case["objections"].append(objection(case, kind=kind, effective_at=stamp(at_of(case) - ago)))


def held(case: Record, random: Random) -> None:
    """Put a hold, ripe or not."""
    since = at_of(case) - random.choice((HOUR, 3 * DAY, 50 * DAY))
    case["holds"].append(
        {
            "id": "hld_1",
            "contact_point": random.choice((consent(case)["contact_point"],) * 4 + (OTHER,)),
            "principal": random.choice((case["campaign"]["principal"],) * 4 + ("ORG_B",)),
            "campaign": random.choice((None, "C1", "C2")),
            "kind": random.choice(("possible_objection", "possible_objection", "campaign_refusal")),
            "since": stamp(since),
            "becomes_objection_at": random.choice(
                (None, stamp(at_of(case) + random.choice((-SECOND, timedelta(), SECOND, DAY))))
            ),
            "recorded_at": stamp(since + random.choice((SECOND, SECOND, 60 * DAY))),
        }
    )


def asked_for(case: Record, random: Random) -> None:
    """Put a request for this contact, named or not."""
    if not case["solicitations"]:
        case["solicitations"].append(solicitation(case))
    case["request"]["solicitation"] = random.choice(("sol_1", "sol_1", "sol_1", "sol_2", None))


def windowed(case: Record, random: Random) -> None:
    """Give a request the time that was asked for, edges among them."""
    if case["solicitations"]:
        start = at_of(case) + random.choice((-HOUR, timedelta(), SECOND, -2 * HOUR))
        case["solicitations"][0]["window"] = {
            "from": stamp(start),
            "until": stamp(start + random.choice((HOUR, 2 * HOUR, 2 * HOUR + SECOND))),
        }


def attempted(case: Record, random: Random) -> None:
    """Put attempts at the edges of a day and of a week."""
    ages = [around(random, HOUR, 5 * HOUR, DAY, 2 * DAY, 7 * DAY) for _ in range(random.randrange(1, 9))]
    case["conduct"]["attempts"] = [stamp(at_of(case) - age) for age in ages if age > timedelta()]


def dialled(case: Record, random: Random) -> None:
    """Put the facts of a dialler: mode, detection, an abandoned call, a machine, a rate."""
    case["campaign"]["dial_mode"] = random.choice(("preview", "progressive", "predictive", None))
    case["campaign"]["machine_detection"] = random.choice((None, True, False))
    facts = case["conduct"]
    facts["abandoned_at"] = random.choice((None, stamp(at_of(case) - around(random, 72 * HOUR, HOUR))))
    facts["machine_detected_at"] = random.choice((None, stamp(at_of(case) - around(random, 24 * HOUR, HOUR))))
    facts["abandoned_rate"] = random.choice((None, 0.0, 0.0249, 0.025, 0.03))
    facts["live_calls"], facts["abandoned_calls"] = random.choice(
        ((None, None), (199, 4), (200, 4), (199, 5), (None, 4), (None, 5), (199, None), (200, None))
    )
