"""Is one no as wide as another? Doubt says no: then both are kept."""

from typing import Final

from dialer.law.records import Objection, Reach, Scope
from dialer.law.scope import is_all_marketing

_NAMED: Final = {"voice": {"calls"}, "text": {"texts", "email"}}
_EVERY: Final = {"calls", "texts", "email", "post"}
_BEYOND: Final = {
    Reach.CAMPAIGN: {Reach.CAMPAIGN, Reach.PRINCIPAL, Reach.GROUP, Reach.NO_CONTACT},
    Reach.BRAND: {Reach.BRAND, Reach.PRINCIPAL, Reach.GROUP, Reach.NO_CONTACT},
    Reach.PRINCIPAL: {Reach.PRINCIPAL, Reach.GROUP, Reach.NO_CONTACT},
    Reach.GROUP: {Reach.GROUP},
    Reach.OPERATOR: {Reach.OPERATOR},
    Reach.NO_CONTACT: {Reach.NO_CONTACT},
}


def is_as_wide(scope: Scope, than: Scope) -> bool:
    """Say whether whatever `than` stops `scope` stops too, for the same caller and line."""
    reach, wanted = scope.reach or Reach.PRINCIPAL, than.reach or Reach.PRINCIPAL
    if reach not in _BEYOND[wanted] or not _channels(scope) >= _channels(than):
        return False
    same_limits = (scope.brand, scope.campaign) == (than.brand, than.campaign)
    is_same_reach = reach is not wanted or same_limits
    return is_same_reach and (than.this_line_only or not scope.this_line_only)


def settles(objection: Objection, *, contact_point: str, principal: str | None, scope: Scope) -> bool:
    """Say whether an objection in force stops all that a possible one of this scope would have."""
    is_same = objection.contact_point == contact_point and objection.principal == principal
    stands = objection.corrected_at is None
    return is_same and stands and is_as_wide(objection.scope or Scope(), scope)


def _channels(scope: Scope) -> set[str]:
    if is_all_marketing(scope):
        return _EVERY
    named = scope.channels or ()
    return _NAMED[named] if isinstance(named, str) else set(named)
