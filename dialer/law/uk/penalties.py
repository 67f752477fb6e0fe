"""The most a breach of PECR can cost, by the day of the conduct; for reports, no rule rests on it.

Source: law.md 4.1 (Data (Use and Access) Act 2025 s.115 and Sch 13; SI 2026/82 reg 11 for the day).
"""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class FineCap:
    """The greatest fine for conduct from a day on; `turnover_share` of a year's if that is more."""

    conduct_from: date
    pounds: int
    turnover_share: float | None = None


FINE_CAPS: Final = (
    FineCap(conduct_from=date(2003, 12, 11), pounds=500_000),
    FineCap(conduct_from=date(2026, 2, 5), pounds=17_500_000, turnover_share=0.04),
)


def fine_cap_on(day: date) -> FineCap:
    """Return the cap for conduct on a civil day in London."""
    return next((cap for cap in reversed(FINE_CAPS) if cap.conduct_from <= day), FINE_CAPS[0])
