"""What a breach may cost, by the day of the conduct."""

from datetime import date

import pytest

from dialer.law.uk.penalties import FINE_CAPS, FineCap, fine_cap_on

OLD = FineCap(conduct_from=date(2003, 12, 11), pounds=500_000, turnover_share=None)
NEW = FineCap(conduct_from=date(2026, 2, 5), pounds=17_500_000, turnover_share=0.04)


@pytest.mark.parametrize(
    ("day", "cap"),
    [(date(2003, 1, 1), OLD), (date(2026, 2, 4), OLD), (date(2026, 2, 5), NEW), (date(2026, 11, 23), NEW)],
)
def test_conduct_costs_what_was_the_cap_on_its_day(day: date, cap: FineCap) -> None:
    """Source: law.md 4.1; Data (Use and Access) Act 2025 s.115, not retrospective (SI 2026/82 reg 11)."""
    assert fine_cap_on(day) == cap
    assert FINE_CAPS == (OLD, NEW)
