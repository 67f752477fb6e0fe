"""The newest of what is known of a listing: the register in force, washes, and answers of a provider.

The newest day counts, whoever was asked; on the same day the answer that forbids. Source: law.md 1.10, which
gives a wash's own day the same test as a register's day of extraction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from dialer.law.facts import Listing
from dialer.registers.washed import REGISTERS, LiveWashes, LookedUp, results_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Washed:
    """One answer about one number's listing on one register."""

    listed: bool
    checked_on: date
    provider: str
    snapshot: str


def washed_in(live: LiveWashes | None, page: bytes | None, offset: int) -> dict[str, list[Washed]]:
    """Return every answer of the washes in force about one number, by register."""
    found: dict[str, list[Washed]] = {}
    if live is None or page is None:
        return found
    for result in results_of(page, offset):
        wash = live.washes.get(result.ordinal)
        for register in REGISTERS if wash is not None else ():
            listed = result.answers.of(register)
            if wash is not None and listed is not None:
                one = Washed(
                    listed=listed,
                    checked_on=wash.checked_on,
                    provider=wash.provider,
                    snapshot=wash.snapshot,
                )
                found.setdefault(register, []).append(one)
    return found


def with_looked_up(listings: Mapping[str, Listing], looked_up: Iterable[LookedUp]) -> dict[str, Listing]:
    """Return each register's newest answer, given those that a provider gave of the number itself.

    `listings` are the newest of registers and washes: so a list, which looks those up for all its numbers
    at once, and a call, which asks about one, come to the same.
    """
    answers: dict[str, list[Washed]] = {}
    for one in looked_up:
        answer = Washed(
            listed=one.listed,
            checked_on=one.checked_on,
            provider=one.provider,
            snapshot=f"lookup-{one.provider}",
        )
        answers.setdefault(one.register, []).append(answer)
    return newest_of(listings, answers)


def newest_of(listings: Mapping[str, Listing], washed: Mapping[str, Iterable[Washed]]) -> dict[str, Listing]:
    """Return each register's newest answer; one that has none is left out."""
    answers = dict(listings)
    for register, results in washed.items():
        newest = max(results, key=lambda one: (one.checked_on, one.listed), default=None)
        if newest is not None:
            answers[register] = _newest(listings.get(register), newest)
    return answers


def _newest(held: Listing | None, washed: Washed) -> Listing:
    answer = Listing(
        extracted_on=washed.checked_on,
        listed=washed.listed,
        snapshot=washed.snapshot,
        provider=washed.provider,
    )
    if held is None or held.extracted_on is None:
        return answer
    if (held.extracted_on, held.listed is True) >= (washed.checked_on, washed.listed):
        return held
    if not washed.listed or held.listed is None:
        return answer
    if held.listed:
        return replace(answer, first_seen_on=held.first_seen_on, last_absent_on=held.last_absent_on)
    # The older copy lacked the number: so it was listed between the two days, and that can be shown.
    return replace(answer, first_seen_on=washed.checked_on, last_absent_on=held.extracted_on)
