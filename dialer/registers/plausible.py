"""The guard rails of an import: what is refused, and what a person may accept after looking.

Nothing here changes anything; a file that is stopped leaves the register in force as it was.
Source: law.md 1.9, formats.md 1 and 11.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from dialer.errors import Refused
from dialer.registers.catalogue import RegisterTerms
from dialer.registers.read_register import Reading
from dialer.registers.snapshot import Register, Snapshot

LARGEST_UNREADABLE_SHARE: Final = 0.005
# A change file that adds what is listed or removes what is not belongs to another day's register.
LARGEST_IDLE_SHARE: Final = 0.05
FEWEST_IDLE_CHANGES: Final = 20
# People leave one by one. Where all of many blocks leave at once the file was cut at the end of a row, or it
# holds some dialling codes alone: 4.9 % of TPS are 830,000 numbers, and no other rail sees so small a move.
FEWEST_IN_EMPTIED: Final = 20
MOST_EMPTIED: Final = 10
_NAMES_A_CHANGE: Final = re.compile(
    r"(?:^|[^a-z])(?:delet|remov|addition|adds?(?![a-z])|chang|delta|update|diff)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a file would do: numbers listed after it, added and removed, and changes that are so already.

    `emptied` counts blocks of ten thousand numbers of which many were listed and none would be.
    """

    numbers: int
    added: int
    removed: int
    idle: int
    emptied: int = 0


class Doubtful(Refused):
    """A file was stopped; `may_be_accepted` where a person who looked may import it all the same.

    `reasons` are the doubts alone, without how a terminal would go on.
    """

    def __init__(self, message: str, *, reasons: str, may_be_accepted: bool) -> None:
        super().__init__(message)
        self.reasons = reasons
        self.may_be_accepted = may_be_accepted


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to stop. A person may accept it after looking only if `is_acceptable`."""

    reason: str
    is_acceptable: bool


def stop_if_doubtful(
    doubts: list[Doubt], *, file_name: str, accept_change: bool, dry_run: bool = False
) -> list[str]:
    """Raise Doubtful with every doubt that stands; the register in force stays as it is.

    A dry run is stopped only by what nobody may accept: returns what a real one would have been held for.
    """
    standing = [doubt for doubt in doubts if not (doubt.is_acceptable and accept_change)]
    if not standing or (dry_run and all(doubt.is_acceptable for doubt in standing)):
        return [doubt.reason for doubt in standing]
    reasons = "; ".join(doubt.reason for doubt in standing)
    way_on = "if a person has looked and it is right, import again with --accept-change"
    may_be_accepted = all(doubt.is_acceptable for doubt in standing)
    raise Doubtful(
        f"{file_name} was not imported, the register stays as it is: {reasons}; "
        f"{way_on if may_be_accepted else 'fetch the right file'}",
        reasons=reasons,
        may_be_accepted=may_be_accepted,
    )


def doubts_of_dates(register: Register, *, extracted_on: date, today: date, sha256: str) -> list[Doubt]:
    """Return what is wrong with the day of extraction; `today` is the civil day in London."""
    live = register.live
    doubts = []
    if extracted_on > today:
        doubts.append(Doubt(f"it would be extracted on {extracted_on}, and today is {today}", False))
    if live and extracted_on < live.extracted_on:
        doubts.append(
            Doubt(
                f"the register in force was extracted later, on {live.extracted_on}, and this file on "
                f"{extracted_on}",
                False,
            )
        )
    same = next((known for known in register.snapshots if known.sha256 == sha256), None)
    if same and same.extracted_on != extracted_on:
        doubts.append(
            Doubt(f"the same file was imported as extracted on {same.extracted_on}; check the date", True)
        )
    return doubts


def doubts_of_reading(reading: Reading, *, file_name: str, live: Snapshot | None) -> list[Doubt]:
    """Return what is wrong with a file by itself."""
    doubts = []
    total = reading.rows + reading.unreadable_rows
    if not reading.rows:
        doubts.append(Doubt("it holds no number, and an empty register would clear everybody", False))
    elif reading.unreadable_rows > LARGEST_UNREADABLE_SHARE * total:
        first = reading.rejects[0]
        doubts.append(
            Doubt(
                f"{reading.unreadable_rows:,} of {total:,} rows cannot be read, more than "
                f"{LARGEST_UNREADABLE_SHARE:.1%}; the first is line {first.line}: {first.reason}",
                False,
            )
        )
    if reading.is_cut_short:
        doubts.append(Doubt("its last row is torn, so the file is not whole", False))
    if reading.layout.is_change_file and live is None:
        doubts.append(Doubt("it is a change file, and there is no register yet that it could change", False))
    if not reading.layout.is_change_file and _NAMES_A_CHANGE.search(file_name):
        doubts.append(Doubt("by its name it lists changes, and its rows do not say added or removed", True))
    return doubts


def doubts_of_effect(
    terms: RegisterTerms, effect: Effect, live: Snapshot | None, *, changes: int
) -> list[Doubt]:
    """Return what is implausible about the register after the file; the first ever may be any size."""
    doubts = []
    if not effect.numbers:
        doubts.append(Doubt("nothing would be listed any more, which would clear everybody", False))
    if live is not None:
        move = abs(effect.numbers - live.numbers) / max(live.numbers, 1)
        if move > terms.largest_move:
            doubts.append(
                Doubt(
                    f"{terms.name} would go from {live.numbers:,} to {effect.numbers:,} numbers, a move of "
                    f"{move:.1%}, more than {terms.largest_move:.0%}",
                    True,
                )
            )
    if live is not None and not changes and effect.emptied > MOST_EMPTIED:
        doubts.append(
            Doubt(
                f"{effect.emptied:,} whole blocks of numbers, alike but for their last four digits, would "
                f"leave {terms.name} at once: it is cut short, or holds some dialling codes alone",
                True,
            )
        )
    if effect.idle >= FEWEST_IDLE_CHANGES and effect.idle > LARGEST_IDLE_SHARE * changes:
        doubts.append(
            Doubt(
                f"{effect.idle:,} of {changes:,} changes are so already: it belongs to another day's file",
                True,
            )
        )
    return doubts
