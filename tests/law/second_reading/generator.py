"""Seeded cases: a lawful base, and none to four changes laid over it, boundaries to the second among them."""

import copy
from datetime import UTC, datetime, timedelta
from random import Random

from tests.law.second_reading.asked import LONDON, Record
from tests.law.second_reading.lawful import Maker, made, plain, relationship, solicitation
from tests.law.second_reading.mixture import CHANGES, removed

CHANNELS = ("live_call", "automated_call", "voicemail_drop", "sms", "email", "fax")
EDGES: tuple[tuple[int, int, int], ...] = (
    (0, 0, 0),
    (0, 0, 30),
    (7, 59, 59),
    (8, 0, 0),
    (8, 59, 59),
    (9, 0, 0),
    (9, 59, 59),
    (10, 0, 0),
)
EDGES += ((12, 0, 0), (20, 59, 1), (20, 59, 59), (21, 0, 0), (23, 59, 59), (23, 59, 30), (1, 30, 0))
DAYS = (
    (2026, 11, 23),
    (2026, 11, 22),
    (2026, 11, 21),
    (2026, 11, 30),
    (2026, 12, 24),
    (2026, 12, 25),
    (2026, 12, 26),
    (2026, 12, 27),
    (2026, 12, 28),
    (2026, 12, 31),
    (2027, 1, 1),
    (2027, 1, 2),
    (2027, 1, 4),
    (2027, 3, 26),
    (2027, 3, 27),
    (2027, 3, 28),
    (2027, 3, 29),
    (2027, 3, 30),
    (2026, 3, 28),
    (2026, 3, 29),
    (2026, 3, 30),
    (2026, 10, 24),
    (2026, 10, 25),
    (2026, 10, 26),
    (2026, 2, 28),
    (2026, 3, 1),
    (2026, 3, 17),
    (2026, 7, 13),
    (2026, 8, 3),
    (2026, 8, 31),
    (2028, 2, 29),
    (2026, 5, 4),
    (2026, 5, 5),
    (2026, 6, 30),
    (2026, 7, 1),
    (2026, 4, 3),
)


def pensions_by_client(at: datetime) -> Record:
    """Return a firm ringing its own client."""
    case = plain(at, "live_call", "pensions", "ORG_P")
    case["relationships"] = [relationship(case, "pension_client")]
    return case


def soft_opt_in(at: datetime) -> Record:
    """Return a text to one's own customer."""
    case = plain(at, "sms")
    case["relationships"] = [relationship(case, "sale")]
    return case


def charity(at: datetime) -> Record:
    """Return a text to a supporter."""
    case = plain(at, "sms", principal="ORG_H")
    case["relationships"] = [relationship(case, "charity", product_category=None, own_sale=False)]
    return case


def asked_for(channel: str, purpose: str) -> Maker:
    """Return a maker of a contact that was asked for."""

    def make(at: datetime) -> Record:
        case = plain(at, channel, purpose)
        case["solicitations"] = [solicitation(case)]
        case["request"]["solicitation"] = "sol_1"
        return case

    return make


BASES: list[Maker] = [
    *(made(channel, "general", "ORG_A", with_consent=True) for channel in CHANNELS),
    *(made(channel, "claims", "ORG_A", with_consent=True) for channel in CHANNELS),
    *(made(channel, "pensions", "ORG_P", with_consent=True) for channel in CHANNELS),
    *(
        made(channel, purpose, "ORG_A", with_consent=False)
        for channel in CHANNELS
        for purpose in ("service", "research")
    ),
    *[made("live_call", "general", "ORG_A", with_consent=False)] * 6,
    *[pensions_by_client, soft_opt_in, charity] * 3,
    *(asked_for(channel, purpose) for channel in CHANNELS for purpose in ("general", "claims", "pensions")),
    *[asked_for("live_call", "general")] * 3,
]


def moment(random: Random) -> datetime:
    """Return an instant: mostly a plain working hour, else an edge of a day that matters."""
    if random.random() < 0.5:
        return datetime(2026, 11, 23, 10, tzinfo=UTC) + timedelta(days=random.choice((0, 1, 2, 3)))
    if random.random() < 0.1:
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=random.randrange(3 * 365 * 86400))
    day, edge = random.choice(DAYS), random.choice(EDGES)
    return datetime(*day, *edge, tzinfo=LONDON).astimezone(UTC)


def generated(seed: int) -> Record:
    """Return the case of a seed: the same seed gives the same case."""
    random = Random(seed)
    case = random.choice(BASES)(moment(random))
    for _ in range(random.choice((0, 1, 1, 1, 2, 2, 3, 4))):
        random.choice(CHANGES)(case, random)
    if random.random() < 0.04:
        removed(case, random)
    return copy.deepcopy(case)
