"""A campaign's calls in the 24 hours before a moment: as decided on, as held, or from the ledger."""

from typing import Any, Final

from redis import Redis

from dialer.calls.dispositions import RATE_WINDOW, Outcome
from dialer.clock import milliseconds
from dialer.screening.past import Decided, Moment
from dialer.store import keys
from dialer.store.calls_told import CallsTold
from dialer.store.case import NOT_MEASURED, CampaignCalls
from dialer.store.conduct import CALLS_KEPT
from dialer.store.trouble import kept

_KEPT_MS: Final = int(CALLS_KEPT.total_seconds() * 1000)


class PastConduct:
    """Counts calls; holds what it has read of the ledger."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis
        self._told = CallsTold(redis)

    def calls(
        self, campaign: str | None, moment: Moment, decided: Decided | None, *, matters: bool
    ) -> CampaignCalls | None:
        """Return what was measured at a moment, None where that is lost.

        `matters` says whether the answer can depend on it: only then is the ledger read for a day whose calls
        are no longer held, and else it is not measured.
        """
        if decided is not None:
            return CampaignCalls(decided.live_calls, decided.abandoned_calls)
        if campaign is None:
            return NOT_MEASURED
        held = self._held(campaign, moment)
        if held is not None:
            return held
        return self._told.counted(campaign, moment.at) if matters else NOT_MEASURED

    def _held(self, campaign: str, moment: Moment) -> CampaignCalls | None:
        """Return the calls as a screening counts them, None where some of them are gone. One round trip."""
        since, until = milliseconds(moment.at - RATE_WINDOW), milliseconds(moment.at)
        names = [keys.campaign_calls(campaign, outcome) for outcome in (Outcome.ANSWERED, Outcome.ABANDONED)]
        with kept("counting a campaign's calls"), self._redis.pipeline(transaction=True) as pipe:
            for name in names:
                pipe.zcount(name, f"({since}", until)
                pipe.zrange(name, -1, -1, withscores=True)
            live, newest_live, abandoned, newest_abandoned = pipe.execute()
        is_whole = all(_is_whole(newest, since) for newest in (newest_live, newest_abandoned))
        return CampaignCalls(live=live, abandoned=abandoned) if is_whole else None


def _is_whole(newest: list[Any], since: int) -> bool:
    """Say whether everything since then is still held: what is older than two days goes with each call."""
    return not newest or since >= newest[0][1] - _KEPT_MS
