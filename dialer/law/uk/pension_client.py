"""The existing client relationship that opens pensions calls without consent, limb by limb.

Source: PECR 2003 reg 21B(3); law.md 1.5.
"""

from dialer.law.asked import is_known, is_line
from dialer.law.matter import Matter
from dialer.law.records import Relationship


def client_relationship(matter: Matter) -> Relationship | None:
    """Return the client relationship that meets every limb, None if none does.

    It must be with the caller, read as whoever dials, as for consent (law.md 1.5 point 2, 10.4).
    """
    if matter.asked.is_outsourced:
        return None
    return next((held for held in clients(matter) if not failing_limbs(held, matter)), None)


def failing_limbs(client: Relationship, matter: Matter) -> tuple[str, ...]:
    """Return the limbs of reg 21B(3) that this relationship does not meet."""
    collected_at = client.collected_at
    limbs = {
        "collected_before": collected_at is not None and collected_at < matter.at,
        "reasonably_envisaged": client.reasonably_envisaged,
        "not_contrived": not client.contrived,
        "refusal_offered_at_collection": client.refusal_offered_at_collection,
        "refusal_offered_since": client.refusal_offered_since,
    }
    return tuple(name for name, is_met in limbs.items() if not is_met)


def clients(matter: Matter) -> list[Relationship]:
    """Return the pension-client relationships of this principal with this line."""
    return [
        held
        for held in matter.case.relationships
        if held.kind == "pension_client"
        and held.principal == matter.asked.campaign.principal
        and is_line(held.contact_point, matter.asked)
        and is_known(held.recorded_at, matter.asked)
    ]
