"""What stands in the way of saving a house policy: consents that last longer need a name and a reason."""

from collections.abc import Iterator
from datetime import datetime

from dialer.clock import london_day
from dialer.errors import Fault
from dialer.law.facts import Policy
from dialer.law.statute_book import StatuteBook


def policy_problems(policy: Policy, book: StatuteBook, *, at: datetime) -> tuple[Fault, ...]:
    """Return what forbids saving a policy, each with its JSON pointer; empty if it may be saved.

    A shelf life beyond the shipped one needs a named person and a reason (law.md 8.7.21).
    """
    shipped = book.home.parameters_on(london_day(at)).consent_shelf_life_months
    months = policy.consent_shelf_life_months
    return () if months is None or months <= shipped else tuple(_unanswered(policy, shipped))


def _unanswered(policy: Policy, shipped: int) -> Iterator[Fault]:
    for name, who in (("shelf_life_approved_by", "the person"), ("shelf_life_reason", "the reason")):
        if not (getattr(policy, name) or "").strip():
            yield Fault(f"/{name}", f"required where a consent lasts longer than {shipped} months: {who}")
