"""PECR 2003 reg 21: live marketing calls. No consent is needed; the register and a plain no are kept.

Claims calls, and pensions calls to individuals, are regs 21A and 21B's alone (reg 21(6)).
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.law.codes import Code
from dialer.law.days import day_starts
from dialer.law.matter import Matter
from dialer.law.registers import Answered, Copy
from dialer.law.rule import Facts, Finding, Found, Phase, Rule, blocks, defers, opens
from dialer.law.uk.asked_for import request_facts

_LIVE = frozenset({Channel.LIVE_CALL})
_GENERAL = frozenset({Purpose.GENERAL})
_PENSIONS = frozenset({Purpose.PENSIONS})


def solicited_ground(matter: Matter) -> Finding | None:
    """Return the ground that the person asked for this call; the bars are of unsolicited ones only."""
    request = matter.solicited
    if request is None:
        return None
    return opens(
        Code.UK_R21_SOLICITED,
        ("solicitation", request.id),
        ("requested_at", request.requested_at),
        until=request.until,
    )


def _ground(matter: Matter) -> Found:
    """Allow a live call asked for, or agreed to, or to a line on neither register in copies fit to rely on.

    Source: PECR 2003 reg 21(1), (3), (4); law.md 8.3 rules 6.D1, 6.D2, 6.D4, 6.D6.
    """
    if (asked_for := solicited_ground(matter)) is not None:
        return asked_for
    registers = matter.registers
    held = matter.consent
    is_clear = all(register.copy is Copy.FRESH and not register.is_listed for register in registers)
    if held is not None:
        code = Code.UK_R21_CLEAR if is_clear else Code.UK_R21_4_CONSENT_OVERRIDES
        given = ("consent", held.consent.id), ("given_at", held.consent.given_at)
        return opens(code, *given, until=held.expires)
    if is_clear:
        return opens(Code.UK_R21_CLEAR, *_dates(registers))
    is_excused = all(register.copy is Copy.FRESH and _is_excused(register) for register in registers)
    return opens(Code.UK_R21_3_GRACE_USED, *_dates(registers)) if is_excused else None


def _is_excused(register: Answered) -> bool:
    return register.is_in_grace or not register.is_listed


def _listed_on(name: str, code: Code) -> Callable[[Matter], Found]:
    def _is_listed(matter: Matter) -> Found:
        """Forbid unsolicited calls to a listed number without a reg 21(4) notification to this caller.

        Source: PECR 2003 reg 21(1)(b), (4); law.md 8.3 rule 6.D3.
        """
        if _is_opened(matter):
            return None
        for register in matter.registers:
            if register.name == name and register.is_listed and not register.is_in_grace:
                return blocks(code, *_facts_of(register), *request_facts(matter))
        return None

    return _is_listed


def _unreliable(copy: Copy, code: Code) -> Callable[[Matter], Found]:
    def _cannot_be_shown(matter: Matter) -> Found:
        """Wait while a register is absent or older than 27 days, unless it does not matter.

        Source: PECR 2003 reg 21(1)(b), (3); law.md 1.10, 8.3 rule 6.D5.
        """
        if _is_opened(matter):
            return None
        first = next((register for register in matter.registers if register.copy is copy), None)
        return defers(code, *_facts_of(first), *request_facts(matter)) if first is not None else None

    return _cannot_be_shown


def _copies_end(matter: Matter) -> datetime | None:
    """Return when the first copy relied on is too old, or the grace it is used under has run out.

    Source: PECR 2003 reg 21(3); law.md 1.10. None where nothing rests on a copy.
    """
    days, grace_days = matter.parameters.register_age_days_max, matter.parameters.statutory_grace_days_max
    ends = []
    for register in () if _is_opened(matter) else matter.registers:
        listing = register.listing
        if listing is None or listing.extracted_on is None or register.copy is not Copy.FRESH:
            continue
        ends.append(listing.extracted_on + timedelta(days=days + 1))
        if register.is_listed and register.is_in_grace and listing.last_absent_on is not None:
            ends.append(listing.last_absent_on + timedelta(days=grace_days + 1))
    return day_starts(min(ends)) if ends else None


def _is_opened(matter: Matter) -> bool:
    return matter.solicited is not None or matter.consent is not None


def _facts_of(register: Answered) -> Facts:
    listing = register.listing
    return (
        ("register", register.name),
        ("extracted_on", register.extracted_on),
        ("age_days", register.age_days),
        ("listed", listing.listed if listing is not None else None),
        ("first_seen_on", listing.first_seen_on if listing is not None else None),
    )


def _dates(registers: tuple[Answered, Answered]) -> Facts:
    return tuple((register.name, register.extracted_on) for register in registers)


def _registers(matter: Matter) -> Facts:
    return tuple(
        (f"{register.name}_{name}", value)
        for register in matter.registers
        for name, value in _facts_of(register)[1:4]
    )


def _rules(suffix: str, purposes: frozenset[Purpose], *, individual: bool | None) -> tuple[Rule, ...]:
    """Return reg 21's rules for one kind of live call."""
    checks: tuple[tuple[str, tuple[Code, ...], Callable[[Matter], Found]], ...] = (
        (
            "live_call_has_a_ground",
            (
                Code.UK_R21_SOLICITED,
                Code.UK_R21_4_CONSENT_OVERRIDES,
                Code.UK_R21_CLEAR,
                Code.UK_R21_3_GRACE_USED,
            ),
            _ground,
        ),
        (
            "not_listed_on_tps",
            (Code.UK_R21_1B_TPS_LISTED,),
            _listed_on("tps", Code.UK_R21_1B_TPS_LISTED),
        ),
        (
            "not_listed_on_ctps",
            (Code.UK_R21_1B_CTPS_LISTED,),
            _listed_on("ctps", Code.UK_R21_1B_CTPS_LISTED),
        ),
        (
            "registers_are_loaded",
            (Code.UK_R21_REGISTER_MISSING,),
            _unreliable(Copy.MISSING, Code.UK_R21_REGISTER_MISSING),
        ),
        (
            "registers_are_fresh",
            (Code.UK_R21_REGISTER_STALE,),
            _unreliable(Copy.STALE, Code.UK_R21_REGISTER_STALE),
        ),
    )
    return tuple(
        Rule(
            name=f"{name}{suffix}",
            phase=Phase.CHANNEL,
            codes=codes,
            check=check,
            uses=_registers,
            channels=_LIVE,
            purposes=purposes,
            individual=individual,
            rests_until=_copies_end if Code.UK_R21_REGISTER_STALE in codes else None,
        )
        for name, codes, check in checks
    )


# Reg 21B speaks of individuals only: a company's line has reg 21 for pensions calls too (law.md 1.5).
RULES = (
    *_rules("", _GENERAL, individual=None),
    *_rules("_for_corporate_pensions", _PENSIONS, individual=False),
)
