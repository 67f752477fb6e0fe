"""The two soft opt-ins, limb by limb: a sale of one's own, and a charity's supporter.

Never for calls, never with bought-in details, never for another company. Source: PECR 2003 reg 22(3), (3A);
law.md 1.6, 8.7.18.
"""

from dialer.clock import london_day
from dialer.law.asked import is_known, is_line
from dialer.law.matter import Matter
from dialer.law.records import Relationship


def asserted(matter: Matter) -> list[Relationship]:
    """Return the sales and charity relationships of this principal with this line or address."""
    return [
        held
        for held in matter.case.relationships
        if held.kind in ("sale", "charity")
        and held.principal is not None
        and held.principal == matter.asked.campaign.principal
        and is_line(held.contact_point, matter.asked)
        and is_known(held.recorded_at, matter.asked)
    ]


def failing_limbs(held: Relationship, matter: Matter) -> tuple[str, ...]:
    """Return the names of the limbs a relationship does not meet; empty if the soft opt-in is complete."""
    own = _charity_limbs(held, matter) if held.kind == "charity" else _sale_limbs(held, matter)
    limbs = {
        "collected_before": held.collected_at is not None and held.collected_at < matter.at,
        **own,
        "refusal_offered_at_collection": held.refusal_offered_at_collection,
        "refusal_offered_since": held.refusal_offered_since,
    }
    return tuple(name for name, is_met in limbs.items() if not is_met)


def _sale_limbs(held: Relationship, matter: Matter) -> dict[str, bool]:
    message = matter.asked.campaign.message
    sold, promoted = held.product_category, message.product_category if message is not None else None
    is_similar = bool(sold and promoted) and _fold(sold) == _fold(promoted)
    return {"own_sale": held.own_sale, "similar_product": is_similar}


def _charity_limbs(held: Relationship, matter: Matter) -> dict[str, bool]:
    message, principal = matter.asked.campaign.message, matter.asked.principal
    since = matter.parameters.charity_opt_in_collected_from
    return {
        "is_charity": principal is not None and principal.charity,
        "sole_charitable_purpose": message is not None and message.sole_charitable_purpose,
        "collected_since_in_force": held.collected_at is not None and london_day(held.collected_at) >= since,
    }


def _fold(text: str | None) -> str:
    return (text or "").strip().casefold()
