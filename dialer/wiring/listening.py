"""What hears a no, puts doubts before a person, prompts agents and pauses, put together."""

from redis import Redis

from dialer.objections.listening import ListeningDesk
from dialer.objections.pausing import PauseDesk
from dialer.objections.record import Desk
from dialer.objections.refusal import RefusalDesk
from dialer.objections.waiting import ReviewDesk
from dialer.settings import Settings
from dialer.store.holds import HoldStore
from dialer.store.line_reports import LineReportStore
from dialer.store.listening_states import ListeningStates
from dialer.store.on_disk import Disk
from dialer.store.possible_noes import PossibleNoes
from dialer.store.prompts import PromptStore
from dialer.telephony.listening import ListeningControl


def listening_desk(redis: "Redis", disk: Disk, desk: Desk, settings: Settings) -> ListeningDesk:
    """Return the parts of listening; no round trip."""
    states, carrier = ListeningStates(redis, disk=disk), ListeningControl(settings)
    return ListeningDesk(
        reviews=ReviewDesk(waiting=PossibleNoes(redis, disk=disk), desk=desk),
        refusals=RefusalDesk(
            reports=LineReportStore(redis, disk=disk), holds=HoldStore(redis, disk=disk), desk=desk
        ),
        prompts=PromptStore(redis),
        pausing=PauseDesk(states=states, carrier=carrier, clock=desk.clock),
    )
