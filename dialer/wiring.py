"""Every part chosen once: the clients, the stores, the book and the gates that the doors are handed.

Nothing connects here; the first question asked of a part does. The hot client gives up early and never
retries, because a late answer is a refusal; the patient client waits for the disk.
"""

from dataclasses import dataclass
from typing import Final

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from dialer import bell
from dialer.clock import Clock, utc_now
from dialer.law.statute_book import StatuteBook
from dialer.objections.correction import CorrectionDesk
from dialer.objections.record import Desk
from dialer.screening.screen import Gate
from dialer.screening.warm_up import warm_up
from dialer.settings import Settings
from dialer.store.calls import CallEvents
from dialer.store.codec import prepare
from dialer.store.conduct import ConductStore
from dialer.store.configuration import ConfigurationStore
from dialer.store.corrections import CorrectionStore
from dialer.store.decisions import DecisionsStore
from dialer.store.facts_reader import FactsReader
from dialer.store.idempotency import IdempotencyStore
from dialer.store.ledger import LedgerStore
from dialer.store.line_names import LineNames
from dialer.store.line_record import RECORDS
from dialer.store.line_reports import LineReportStore
from dialer.store.line_timeline import LineTimeline
from dialer.store.lines import LineStore
from dialer.store.links import LinkStore
from dialer.store.objection_records import ObjectionRecords
from dialer.store.objections import ObjectionStore
from dialer.store.outbox import Outbox
from dialer.store.past_reader import PastReader
from dialer.store.people import PeopleStore
from dialer.store.permits import PermitStore
from dialer.store.records import RecordStore
from dialer.store.registers import RegisterReader
from dialer.store.reports import ReportsStore
from dialer.store.reviews import ReviewStore
from dialer.store.safety import Safety
from dialer.store.trouble import kept

# A screening may wait 300 ms for the store over both trips (`screening.screen`); no single one lasts as long.
HOT_SECONDS: Final = 0.25
PATIENT_SECONDS: Final = 5.0
MOST_CONNECTIONS: Final = 64


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
    conduct: ConductStore
    timeline: LineTimeline
    past: PastReader
    registers: RegisterReader
    outbox: Outbox
    people: PeopleStore
    idempotency: IdempotencyStore
    permits: PermitStore
    gate: Gate
    desk: Desk
    reviews: ReviewStore
    corrections: CorrectionDesk


def wire(settings: Settings, *, clock: Clock = utc_now) -> Parts:
    """Return the parts that the settings name; no round trip.

    `clock` times decisions and records (a test may hand in another); the store's own clock is always
    compared with this machine's.
    """
    redis, hot_redis = patient_client(settings.redis_url), hot_client(settings.redis_url)
    safety = Safety(clock=utc_now, trusted=settings.redis_durable == "trusted")
    book = StatuteBook.shipped(default_region=settings.default_region, drama_mobiles=settings.drama_numbers)
    configuration = ConfigurationStore(redis, hot_redis=hot_redis, clock=clock)
    facts = FactsReader(
        hot_redis, safety, default_region=settings.default_region, drama_mobiles=settings.drama_numbers
    )
    outbox = Outbox(redis)
    ring = bell.ringer(redis, wakings=outbox, kept=kept)
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
        records=RecordStore(redis, clock=clock),
        lines=LineStore(redis),
        line_reports=LineReportStore(redis),
        conduct=ConductStore(redis),
        timeline=LineTimeline(redis),
        past=_past(redis, settings),
        registers=RegisterReader(redis),
        outbox=outbox,
        people=PeopleStore(redis),
        idempotency=IdempotencyStore(redis),
        permits=PermitStore(redis, clock=clock),
        gate=Gate(
            facts=facts,
            ledger=LedgerStore(hot_redis),
            persons=LinkStore(redis),
            configurations=configuration,
            book=book,
            clock=clock,
        ),
        desk=_desk(redis, safety, outbox, configuration, clock),
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
        clock=clock,
    )


def warm(parts: Parts) -> None:
    """Pay now what is built lazily, so that no first caller waits for it; about a second, no round trip."""
    prepare(*RECORDS)
    warm_up(parts.book, parts.clock)


def hot_client(url: str) -> "Redis":
    """Return the client of the screening path: two short trips, no second try."""
    return _client(url, seconds=HOT_SECONDS)


def patient_client(url: str) -> "Redis":
    """Return the client of everything that may wait for the disk."""
    return _client(url, seconds=PATIENT_SECONDS)


def _client(url: str, *, seconds: float) -> "Redis":
    return Redis.from_url(
        url,
        socket_timeout=seconds,
        socket_connect_timeout=seconds,
        retry=Retry(NoBackoff(), 0),
        max_connections=MOST_CONNECTIONS,
        health_check_interval=0,
    )
