"""The parts put together from the settings: the only place that says which part gets which client.

Nothing connects here; the first question asked of a part does.
"""

from redis import Redis

from dialer import bell
from dialer.clock import Clock, utc_now
from dialer.consents.mark_lifting import LiftingDesk
from dialer.law.statute_book import StatuteBook
from dialer.objections.correction import CorrectionDesk
from dialer.objections.record import Desk
from dialer.screening.own_lines import Keeping
from dialer.screening.screen import Gate
from dialer.screening.warm_up import warm_up
from dialer.settings import Settings
from dialer.store.call_orders import CallOrderStore
from dialer.store.calls import CallEvents
from dialer.store.clients import hot_client, patient_client
from dialer.store.codec import prepare
from dialer.store.conduct import ConductStore
from dialer.store.configuration import ConfigurationStore
from dialer.store.corrections import CorrectionStore
from dialer.store.decisions import DecisionsStore
from dialer.store.facts_reader import FactsReader
from dialer.store.holds import HoldStore
from dialer.store.hot_line import HotLine
from dialer.store.idempotency import IdempotencyStore
from dialer.store.late_noes import LateNoes
from dialer.store.ledger import LedgerStore
from dialer.store.liftings import LiftingStore
from dialer.store.line_names import LineNames
from dialer.store.line_record import RECORDS
from dialer.store.line_reports import LineReportStore
from dialer.store.line_timeline import LineTimeline
from dialer.store.lines import LineStore
from dialer.store.links import LinkStore
from dialer.store.list_history import ListHistory
from dialer.store.objection_records import ObjectionRecords
from dialer.store.objections import ObjectionStore
from dialer.store.on_disk import Disk
from dialer.store.outbox import Outbox
from dialer.store.own_lines import OwnLineStore
from dialer.store.past_reader import PastReader
from dialer.store.people import PeopleStore
from dialer.store.permits import PermitStore
from dialer.store.records import RecordStore
from dialer.store.registers import RegisterReader
from dialer.store.reports import ReportsStore
from dialer.store.reviews import ReviewStore
from dialer.store.safety import Safety
from dialer.store.trouble import kept
from dialer.telephony.code_call import CodeCalls
from dialer.telephony.rest import Telephone
from dialer.wiring.clips import clip_desk
from dialer.wiring.listening import listening_desk
from dialer.wiring.lists import list_parts
from dialer.wiring.look_ups import look_ups
from dialer.wiring.parts import Parts
from dialer.wiring.register_imports import import_parts


def wire(settings: Settings, *, clock: Clock = utc_now) -> Parts:
    """Return the parts that the settings name; no round trip. `clock` times decisions and records."""
    # The store's own clock is always compared with this machine's.
    redis, hot_redis = patient_client(settings.redis_url), hot_client(settings.redis_url)
    safety = Safety(clock=utc_now, trusted=settings.redis_durable == "trusted")
    disk = Disk(is_trusted=safety.trusted)
    book = StatuteBook.shipped(default_region=settings.default_region, drama_mobiles=settings.drama_numbers)
    configuration, outbox = ConfigurationStore(redis, hot_redis=hot_redis, clock=clock), Outbox(redis)
    desk = _desk(redis, safety, outbox, configuration, clock)
    return Parts(
        settings=settings,
        clock=clock,
        redis=redis,
        hot_redis=hot_redis,
        safety=safety,
        book=book,
        configuration=configuration,
        ledger=LedgerStore(redis),
        calls=CallEvents(redis),
        decisions=DecisionsStore(redis),
        reports=ReportsStore(redis),
        objections=ObjectionRecords(redis),
        line_names=LineNames(redis, settings.secret_key.get_secret_value()),
        records=RecordStore(redis, clock=clock, disk=disk),
        lines=LineStore(redis, disk=disk),
        line_reports=LineReportStore(redis, disk=disk),
        holds=HoldStore(redis, disk=disk),
        conduct=ConductStore(redis, disk=disk),
        timeline=LineTimeline(redis),
        list_history=ListHistory(redis),
        own_lines=_own_lines(redis, disk, settings, clock),
        past=_past(redis, settings),
        late_noes=LateNoes(redis),
        registers=RegisterReader(redis),
        outbox=outbox,
        people=PeopleStore(redis),
        idempotency=IdempotencyStore(redis),
        permits=PermitStore(redis, clock=clock, disk=disk),
        telephone=Telephone(settings),
        call_orders=CallOrderStore(redis, disk=disk),
        gate=_gate(redis, hot_redis, safety, settings, configuration, book, clock),
        desk=desk,
        reviews=ReviewStore(redis, disk=disk),
        corrections=_corrections(redis, disk, desk),
        liftings=LiftingDesk(liftings=LiftingStore(redis, disk=disk), clock=clock),
        listening=listening_desk(redis, disk, desk, settings),
        clips=clip_desk(redis, disk, settings, clock),
        lists=list_parts(redis, settings, safety, configuration, book, clock),
        imports=import_parts(redis),
    )


def _own_lines(redis: "Redis", disk: Disk, settings: Settings, clock: Clock) -> Keeping:
    secret = settings.secret_key.get_secret_value()
    return Keeping(
        own_lines=OwnLineStore(redis, disk=disk), phone=CodeCalls(settings), secret=secret, clock=clock
    )


def _gate(
    redis: "Redis",
    hot_redis: "Redis",
    safety: Safety,
    settings: Settings,
    configuration: ConfigurationStore,
    book: StatuteBook,
    clock: Clock,
) -> Gate:
    region, drama = settings.default_region, settings.drama_numbers
    # One line for both trips: what the read found open the commit finds open.
    line, disk = HotLine(hot_redis), Disk(is_trusted=safety.trusted)
    return Gate(
        facts=FactsReader(hot_redis, safety, default_region=region, drama_mobiles=drama, hot_line=line),
        ledger=LedgerStore(hot_redis, hot_line=line),
        persons=LinkStore(redis, disk=disk),
        configurations=configuration,
        book=book,
        clock=clock,
        look_ups=look_ups(redis, disk, settings),
    )


def _past(redis: "Redis", settings: Settings) -> PastReader:
    return PastReader(
        redis,
        data_dir=settings.data_dir,
        default_region=settings.default_region,
        drama_mobiles=settings.drama_numbers,
    )


def _desk(
    redis: "Redis", safety: Safety, outbox: Outbox, configuration: ConfigurationStore, clock: Clock
) -> Desk:
    return Desk(
        objections=ObjectionStore(redis, Safety(clock=utc_now, trusted=safety.trusted)),
        configurations=configuration,
        ring=bell.ringer(redis, wakings=outbox, kept=kept),
        calls=bell.CallBell(redis, kept=kept),
        clock=clock,
    )


def _corrections(redis: "Redis", disk: Disk, desk: Desk) -> CorrectionDesk:
    return CorrectionDesk(
        corrections=CorrectionStore(redis, disk=disk),
        objections=ObjectionRecords(redis),
        configurations=desk.configurations,
        ring=desk.ring,
        clock=desk.clock,
    )


def warm(parts: Parts) -> None:
    """Pay now what is built lazily, so that no first caller waits for it; about a second, no round trip."""
    prepare(*RECORDS)
    warm_up(parts.book, parts.clock)
