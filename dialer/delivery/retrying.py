"""Send off again all that died at one destination, once it is well: the newest page first, nothing twice."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Protocol

from dialer.delivery.notice import Notice, NoticeState
from dialer.errors import Conflict

PAGE: Final = 200


class Page(Protocol):
    """Some notices, newest first."""

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Return them."""

    @property
    def cursor(self) -> str | None:
        """Return what asks for the next page; None is the end."""


class Dead(Protocol):
    """Knows which notices died, and sends one off again."""

    def page(
        self,
        state: NoticeState | None = None,
        destination: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page:
        """Return the newest notices in a state, to a destination."""

    def retry(self, notice_id: str, *, at: datetime) -> Notice:
        """Send one off again; raises Conflict where there is nothing to retry."""


def retry_dead(dead: Dead, destination: str, *, since: datetime | None, at: datetime) -> Iterator[Notice]:
    """Send off again each dead notice to a destination that was made at or after `since`; None is all.

    Yields those that go. One whose withdrawal was corrected meanwhile, or that somebody else has dealt with,
    is passed over. Run again, it goes on where it was stopped.
    """
    cursor: str | None = None
    while True:
        page = dead.page(NoticeState.DEAD, destination, PAGE, cursor)
        for notice in page.notices:
            if since is not None and notice.created_at < since:
                return
            try:
                yield dead.retry(notice.id, at=at)
            except Conflict:
                continue
        if page.cursor is None:
            return
        cursor = page.cursor
