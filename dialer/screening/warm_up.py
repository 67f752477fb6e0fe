"""Pay once, before the first caller waits: tables, metadata, calendars and readers that are built lazily."""

from dialer.calls.call import Channel
from dialer.calls.campaign import Campaign, Classification, Purpose
from dialer.calls.organisation import Organisation
from dialer.clock import Clock
from dialer.law.facts import Case, Request
from dialer.law.statute_book import StatuteBook
from dialer.objections.hearing import hear
from dialer.screening.judge import judge

_NOBODY = Organisation(id="warm-up", legal_name="Warm-up Ltd")
_CAMPAIGN = Campaign(
    id="warm-up",
    principal="warm-up",
    operator="warm-up",
    purpose=Purpose.GENERAL,
    channel=Channel.LIVE_CALL,
    caller_id="+442079460000",
    announced_name="Warm-up Ltd",
    classification=Classification(by="nobody"),
)


def warm_up(book: StatuteBook, clock: Clock) -> None:
    """Judge an imagined call and hear an imagined sentence; about half a second the first time."""
    request = Request(to="020 7946 0001")
    judge(Case(at=clock(), organisations=(_NOBODY,), campaign=_CAMPAIGN, request=request), book)
    hear("please take me off your list")
