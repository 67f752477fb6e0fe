"""The whole list of changes a case may suffer, each as often as it stands here."""

from datetime import timedelta
from random import Random

from tests.law.second_reading.asked import Record
from tests.law.second_reading.changes import (
    aged,
    asked_for,
    attempted,
    dialled,
    held,
    listed,
    plainly_refused,
    refused,
    windowed,
)
from tests.law.second_reading.deeper import DEEPER
from tests.law.second_reading.edits import DAY, Change, moved, put_each
from tests.law.second_reading.lawful import consent, relationship
from tests.law.second_reading.menus import (
    CAMPAIGN_CHANGES,
    CONSENT_CHANGES,
    LINE_CHANGES,
    RELATIONSHIP_CHANGES,
    REMOVABLE,
)


def consented(case: Record, random: Random) -> None:
    """Put one more consent, whole or with one thing changed."""
    case["consents"].append(consent(case, id=f"con_{len(case['consents']) + 2}"))
    random.choice(CONSENT_CHANGES)(case, random)


def related(case: Record, random: Random) -> None:
    """Put a relationship with perhaps one limb missing."""
    case["relationships"].append(relationship(case, random.choice(("sale", "charity", "pension_client"))))
    random.choice(RELATIONSHIP_CHANGES)(case, random)


def removed(case: Record, random: Random) -> None:
    """Take away one thing the table calls for."""
    place, name = random.choice(REMOVABLE)
    (case if place is None else case[place])[name] = None


SOLICITATION_CHANGES: list[Change] = [
    windowed,
    moved("solicitations", "requested_at", timedelta(), DAY, 7 * DAY, 8 * DAY, 10 * DAY),
    moved("solicitations", "valid_until", timedelta(), DAY, -DAY, -20 * DAY),
    put_each("solicitations", "topic", "windows", None),
    put_each("solicitations", "channels", ["sms"], ["live_call", "sms"]),
    put_each("solicitations", "principal", "ORG_B"),
]
CHANGES: list[Change] = [
    *[listed] * 5,
    *[aged] * 4,
    *[refused] * 8,
    *[plainly_refused] * 6,
    *[held] * 4,
    *[consented] * 6,
    *[asked_for] * 6,
    *[attempted] * 4,
    *[dialled] * 6,
    *[related] * 4,
    *DEEPER * 2,
    *SOLICITATION_CHANGES,
    *SOLICITATION_CHANGES,
    *CONSENT_CHANGES,
    *RELATIONSHIP_CHANGES,
    *CAMPAIGN_CHANGES,
    *LINE_CHANGES,
]
