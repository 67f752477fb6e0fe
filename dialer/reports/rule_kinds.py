"""Whose rule a reason's code is: the law's, an industry code's, house policy's, or the engine's own."""

from collections.abc import Iterable
from enum import StrEnum

from dialer.law.codes import Code
from dialer.law.reasons import catalogue


class RuleKind(StrEnum):
    """Whose rule it is. Source: contract section 4."""

    LAW = "law"
    CODE = "code"
    POLICY = "policy"
    ENGINE = "engine"


def kind_of(code: str) -> RuleKind | None:
    """Return whose rule a code is; None for a code that the catalogue does not hold."""
    try:
        return RuleKind(catalogue()[Code(code)].kind)
    except (KeyError, ValueError):
        return None


def codes_of_kind(kind: RuleKind, codes: Iterable[str]) -> frozenset[str]:
    """Return those of the codes that are of this kind."""
    return frozenset(code for code in codes if kind_of(code) is kind)
