"""Roles, and what each may see: principals it may act for, and how much of a number it is shown."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who somebody is to us. Source: contract section 3."""

    DIALER = "dialer"
    AGENT = "agent"
    INTEGRATOR = "integrator"
    SUPERVISOR = "supervisor"
    COMPLIANCE = "compliance"
    AUDITOR = "auditor"
    ADMIN = "admin"


class NumbersShown(StrEnum):
    """How much of a telephone number somebody is shown, in the API, on pages and in exports."""

    FULL = "full"
    LAST4 = "last4"
    NONE = "none"


# Who counts as "and up": each role also passes doors marked for the roles named here.
STANDS_FOR: dict[Role, frozenset[Role]] = {
    Role.DIALER: frozenset({Role.DIALER}),
    Role.AGENT: frozenset({Role.AGENT}),
    Role.INTEGRATOR: frozenset({Role.INTEGRATOR}),
    Role.AUDITOR: frozenset({Role.AUDITOR}),
    Role.SUPERVISOR: frozenset({Role.SUPERVISOR, Role.INTEGRATOR}),
    Role.COMPLIANCE: frozenset({Role.COMPLIANCE, Role.SUPERVISOR, Role.INTEGRATOR}),
    Role.ADMIN: frozenset({Role.ADMIN, Role.COMPLIANCE, Role.SUPERVISOR, Role.INTEGRATOR}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one key or user may see: principals (None is all of them), how much of a number, care marks.

    Care marks (wrong person, deceased, vulnerable) are compliance's alone.
    """

    principals: frozenset[str] | None
    numbers: NumbersShown = NumbersShown.FULL
    sees_care: bool = False

    def sees(self, principal: str | None) -> bool:
        """Say whether this principal is visible; an unknown one only to those who see all."""
        return self.principals is None or (principal is not None and principal in self.principals)
