"""Whether a yes needs a second person: an agent's does, and so does any that a no stands in the way of.

Kept simple and on the safe side: channels, purposes and dates do not matter here. What is in the way is any
no on the line, for the same principal or beyond one: objections, holds, consents taken back. A no of one
principal does not touch another's records, nor does it tell another principal that it is there.
"""

from collections.abc import Iterable, Iterator

from dialer.law.records import Consent, Hold, Objection, Reach, Relationship, Solicitation

Yes = Consent | Solicitation | Relationship
_BEYOND_ONE_PRINCIPAL = (Reach.GROUP, Reach.OPERATOR)

AN_AGENT = "an agent proposed it"
A_NO_STANDS = "a no stands on the line"


def noes_in_the_way(
    record: Yes, *, objections: Iterable[Objection], holds: Iterable[Hold], consents: Iterable[Consent]
) -> tuple[str, ...]:
    """Return the ids of what on the line says no to this principal, in order.

    A relationship lifts nothing (law.md 2.5: a no comes before any soft opt-in), so nothing is in its way.
    """
    if isinstance(record, Relationship):
        return ()
    return tuple(sorted(set(_noes(record.principal, objections, holds, consents))))


def _noes(
    principal: str | None, objections: Iterable[Objection], holds: Iterable[Hold], consents: Iterable[Consent]
) -> Iterator[str]:
    for no in objections:
        is_wide = no.scope is not None and no.scope.reach in _BEYOND_ONE_PRINCIPAL
        if no.corrected_at is None and (is_wide or no.principal in (None, principal)):
            yield no.id or ""
    for hold in holds:
        if hold.released_at is None and hold.principal in (None, principal):
            yield hold.id or ""
    for consent in consents:
        if consent.withdrawn_at is not None and consent.principal in (None, principal):
            yield consent.id or ""
