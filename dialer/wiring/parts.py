"""The parts of one process, each chosen once: what the doors, the workers and the commands are handed."""

from dataclasses import dataclass

from redis import Redis

from dialer.clock import Clock
from dialer.consents.mark_lifting import LiftingDesk
from dialer.law.statute_book import StatuteBook
from dialer.objections.correction import CorrectionDesk
from dialer.objections.listening import ListeningDesk
from dialer.objections.play_clip import ClipDesk
from dialer.objections.record import Desk
from dialer.screening.own_lines import Keeping
from dialer.screening.screen import Gate
from dialer.settings import Settings
from dialer.store.call_orders import CallOrderStore
from dialer.store.calls import CallEvents
from dialer.store.conduct import ConductStore
from dialer.store.configuration import ConfigurationStore
from dialer.store.decisions import DecisionsStore
from dialer.store.heard import HeardStore
from dialer.store.holds import HoldStore
from dialer.store.idempotency import IdempotencyStore
from dialer.store.late_noes import LateNoes
from dialer.store.ledger import LedgerStore
from dialer.store.line_names import LineNames
from dialer.store.line_reports import LineReportStore
from dialer.store.line_timeline import LineTimeline
from dialer.store.lines import LineStore
from dialer.store.list_history import ListHistory
from dialer.store.objection_records import ObjectionRecords
from dialer.store.outbox import Outbox
from dialer.store.past_reader import PastReader
from dialer.store.people import PeopleStore
from dialer.store.permits import PermitStore
from dialer.store.records import RecordStore
from dialer.store.registers import RegisterReader
from dialer.store.reports import ReportsStore
from dialer.store.reviews import ReviewStore
from dialer.store.safety import Safety
from dialer.store.transcripts import TranscriptStore
from dialer.telephony.rest import Telephone
from dialer.wiring.lists import ListParts
from dialer.wiring.register_imports import ImportParts


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of one process."""

    settings: Settings
    clock: Clock
    redis: "Redis"
    hot_redis: "Redis"
    safety: Safety
    book: StatuteBook
    configuration: ConfigurationStore
    ledger: LedgerStore
    calls: CallEvents
    decisions: DecisionsStore
    reports: ReportsStore
    objections: ObjectionRecords
    line_names: LineNames
    records: RecordStore
    lines: LineStore
    line_reports: LineReportStore
    holds: HoldStore
    conduct: ConductStore
    timeline: LineTimeline
    list_history: ListHistory
    own_lines: Keeping
    past: PastReader
    late_noes: LateNoes
    registers: RegisterReader
    outbox: Outbox
    people: PeopleStore
    idempotency: IdempotencyStore
    permits: PermitStore
    telephone: Telephone
    call_orders: CallOrderStore
    gate: Gate
    desk: Desk
    reviews: ReviewStore
    corrections: CorrectionDesk
    liftings: LiftingDesk
    listening: ListeningDesk
    clips: ClipDesk
    lists: ListParts
    imports: ImportParts

    @property
    def heard(self) -> HeardStore:
        """Return the reader of what a machine heard."""
        return HeardStore(self.redis)

    @property
    def transcripts(self) -> TranscriptStore:
        """Return the transcripts of recordings that are ready to be read."""
        return TranscriptStore(self.redis)
