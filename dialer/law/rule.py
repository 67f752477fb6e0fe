"""What a rule is: where it applies, which facts it uses, and what it finds.

Where a rule applies is data (channels, purposes, subscriber), so the book picks the rules of a kind of
request once, and `explain` can tell "not applicable" from "passed".
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Final, TypeAlias

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.law.codes import Code
from dialer.law.matter import Matter

FactValue: TypeAlias = str | int | float | bool | date | datetime | None
Facts: TypeAlias = tuple[tuple[str, FactValue], ...]

# PECR 2003 came into force on this day; a rule without a day of its own is as old as the regulations.
PECR_IN_FORCE: Final = date(2003, 12, 11)
VOICE: Final = frozenset({Channel.LIVE_CALL, Channel.AUTOMATED_CALL, Channel.VOICEMAIL_DROP})
RECORDED: Final = frozenset({Channel.AUTOMATED_CALL, Channel.VOICEMAIL_DROP})
ELECTRONIC_MAIL: Final = frozenset({Channel.SMS, Channel.EMAIL, Channel.VOICEMAIL_DROP})
MARKETING: Final = frozenset({Purpose.GENERAL, Purpose.CLAIMS, Purpose.PENSIONS})


class Phase(IntEnum):
    """The order in which failures are reported. Source: law.md 8.3."""

    INPUTS = 0
    DESTINATION = 1
    NO_CONTACT = 2
    PURPOSE = 3
    DISCLOSURE = 4
    OBJECTIONS = 5
    CHANNEL = 6
    HOURS = 7
    CONDUCT = 8


class Effect(StrEnum):
    """What a finding does: opens the gate, shuts it, shuts it for a while, or only explains."""

    GROUND = "ground"
    BLOCK = "block"
    DEFER = "defer"
    DETAIL = "detail"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found. `until` is when the ground it gives runs out, None if it does not."""

    code: Code
    effect: Effect
    facts: Facts = ()
    until: datetime | None = None


Found: TypeAlias = Finding | tuple[Finding, ...] | None


def no_facts(_: Matter) -> Facts:
    """Use no fact worth showing."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. None for channels, purposes or individual means any, known or not.

    `next_free` returns the first instant, not before the one given, at which the rule lets through what
    it now defers; rules without it wait for somebody's act. `open_until` says when a pass ends by itself
    within its day, `rests_until` at which later midnight: no answer but a list's lives so long.
    """

    name: str
    phase: Phase
    codes: tuple[Code, ...]
    check: Callable[[Matter], Found]
    uses: Callable[[Matter], Facts] = no_facts
    channels: frozenset[Channel] | None = None
    purposes: frozenset[Purpose] | None = None
    individual: bool | None = None
    for_own_lines: bool = False
    in_force_from: date = PECR_IN_FORCE
    next_free: Callable[[Matter, datetime], datetime | None] | None = None
    open_until: Callable[[Matter], datetime | None] | None = None
    rests_until: Callable[[Matter], datetime | None] | None = None

    def covers(self, setting: "Setting") -> bool:
        """Say whether the rule applies to this kind of request."""
        if setting.own_line:
            return self.for_own_lines
        return (
            (self.channels is None or setting.channel in self.channels)
            and (self.purposes is None or setting.purpose in self.purposes)
            and (self.individual is None or setting.individual is self.individual)
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """A kind of request, as far as it decides which rules apply."""

    channel: Channel | None
    purpose: Purpose | None
    individual: bool
    own_line: bool


def setting_of(matter: Matter) -> Setting:
    """Return the kind of request a matter is."""
    asked = matter.asked
    return Setting(asked.channel, asked.purpose, asked.is_individual, asked.is_own_line)


def blocks(code: Code, *facts: tuple[str, FactValue]) -> Finding:
    """Return a finding that waiting does not cure."""
    return Finding(code, Effect.BLOCK, facts)


def defers(code: Code, *facts: tuple[str, FactValue]) -> Finding:
    """Return a finding that time, or an operator's act, may cure."""
    return Finding(code, Effect.DEFER, facts)


def explains(code: Code, *facts: tuple[str, FactValue]) -> Finding:
    """Return a finding that decides nothing."""
    return Finding(code, Effect.DETAIL, facts)


def opens(code: Code, *facts: tuple[str, FactValue], until: datetime | None = None) -> Finding:
    """Return a ground: what would open the gate if nothing else shuts it."""
    return Finding(code, Effect.GROUND, facts, until)
