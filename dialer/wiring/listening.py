"""What hears a no, puts doubts before a person and prompts agents, put together."""

from redis import Redis

from dialer.objections.listening import ListeningDesk
from dialer.objections.record import Desk
from dialer.objections.refusal import RefusalDesk
from dialer.objections.waiting import ReviewDesk
from dialer.store.holds import HoldStore
from dialer.store.line_reports import LineReportStore
from dialer.store.on_disk import Disk
from dialer.store.possible_noes import PossibleNoes
from dialer.store.prompts import PromptStore


def listening_desk(redis: "Redis", disk: Disk, desk: Desk) -> ListeningDesk:
    """Return the parts of listening; no round trip."""
    return ListeningDesk(
        reviews=ReviewDesk(waiting=PossibleNoes(redis, disk=disk), desk=desk),
        refusals=RefusalDesk(
            reports=LineReportStore(redis, disk=disk), holds=HoldStore(redis, disk=disk), desk=desk
        ),
        prompts=PromptStore(redis),
    )
