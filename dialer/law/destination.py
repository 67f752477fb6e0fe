"""Phase 1: may this kind of number be dialled at all? And our own phones, which nobody need be asked about.

Source: law.md 8.2 and 8.3 phase 1; contract section 3 (own lines).
"""

from typing import Final

from dialer.calls.call import Channel
from dialer.calls.numbers import NumberKind, NumberProblem
from dialer.law.codes import Code
from dialer.law.matter import Matter
from dialer.law.rule import Facts, Found, Phase, Rule, blocks, explains, opens

_BARRED: Final = frozenset(
    {
        NumberKind.PREMIUM_RATE,
        NumberKind.SHARED_COST,
        NumberKind.PERSONAL_NUMBER,
        NumberKind.PAGER,
        NumberKind.UNKNOWN,
    }
)
# Where a numbering plan does not tell them apart, the number may be a mobile; the UK's does.
_TAKES_TEXTS: Final = frozenset({NumberKind.MOBILE, NumberKind.FIXED_LINE_OR_MOBILE})
_CROWN_DEPENDENCIES: Final = frozenset({"JE", "GG", "IM"})


def _is_short_code(matter: Matter) -> Found:
    """Never dial emergency numbers or short codes. Source: PECR 2003 reg 16; law.md 8.3 rule 1.1."""
    is_one = matter.asked.problem is NumberProblem.EMERGENCY_OR_SHORT_CODE
    return blocks(Code.E_NUMBER_EMERGENCY_OR_SHORTCODE) if is_one else None


def _is_invalid(matter: Matter) -> Found:
    """Refuse what is no number, or no address, for the channel. Source: law.md 8.3 rule 1.2."""
    is_invalid = matter.asked.problem is NumberProblem.INVALID
    return blocks(Code.E_NUMBER_INVALID) if is_invalid else None


def _is_of_barred_type(matter: Matter) -> Found:
    """Refuse premium, personal, pager and unknown numbers, and texts to what takes none. Source: rule 1.3."""
    number, channel = matter.asked.number, matter.asked.channel
    if number is None:
        return None
    is_deaf = channel is Channel.SMS and number.kind not in _TAKES_TEXTS
    is_barred = number.kind in _BARRED or is_deaf
    return blocks(Code.E_NUMBER_TYPE_BARRED, ("type", number.kind.value)) if is_barred else None


def _is_abroad(matter: Matter) -> Found:
    """Refuse countries that no rule pack answers for. Source: law.md 7 and 8.3 rule 1.4."""
    number = matter.asked.number
    if matter.is_supported or number is None:
        return None
    return blocks(Code.E_JURISDICTION_UNSUPPORTED, ("country_code", number.country_code))


def _is_crown_dependency(matter: Matter) -> Found:
    """Warn that PECR does not extend there; the UK rules stand as a floor. Source: rule 1.5."""
    number = matter.asked.number
    if number is None or number.region not in _CROWN_DEPENDENCIES:
        return None
    return explains(Code.E_CROWN_DEPENDENCY, ("region", number.region))


def _is_our_own(matter: Matter) -> Found:
    """Let our own verified phones be rung as agent, transfer or test leg. Source: contract section 3."""
    own = matter.asked.line.own_line
    return opens(Code.E_OWN_LINE, ("kind", own.kind if own is not None else None))


def _number(matter: Matter) -> Facts:
    number, problem = matter.asked.number, matter.asked.problem
    if number is None:
        return (("problem", problem.value if problem is not None else None),)
    return ("type", number.kind.value), ("country_code", number.country_code), ("region", number.region)


RULES = (
    Rule(
        name="no_emergency_or_short_code",
        phase=Phase.DESTINATION,
        codes=(Code.E_NUMBER_EMERGENCY_OR_SHORTCODE,),
        check=_is_short_code,
        uses=_number,
        for_own_lines=True,
    ),
    Rule(
        name="destination_is_valid",
        phase=Phase.DESTINATION,
        codes=(Code.E_NUMBER_INVALID,),
        check=_is_invalid,
        uses=_number,
        for_own_lines=True,
    ),
    Rule(
        name="number_type_may_be_dialled",
        phase=Phase.DESTINATION,
        codes=(Code.E_NUMBER_TYPE_BARRED,),
        check=_is_of_barred_type,
        uses=_number,
        for_own_lines=True,
    ),
    Rule(
        name="country_has_a_pack",
        phase=Phase.DESTINATION,
        codes=(Code.E_JURISDICTION_UNSUPPORTED,),
        check=_is_abroad,
        uses=_number,
        for_own_lines=True,
    ),
    Rule(
        name="crown_dependency_is_said",
        phase=Phase.DESTINATION,
        codes=(Code.E_CROWN_DEPENDENCY,),
        check=_is_crown_dependency,
        uses=_number,
    ),
    Rule(
        name="own_line_may_be_rung",
        phase=Phase.DESTINATION,
        codes=(Code.E_OWN_LINE,),
        check=_is_our_own,
        channels=frozenset(),
        for_own_lines=True,
    ),
)
