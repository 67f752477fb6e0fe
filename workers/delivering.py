"""What a worker tells destinations with: one adapter a kind, over couriers that know where each may go."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from dialer.clock import monotonic_seconds
from dialer.courier import Courier
from dialer.courier.mail import MailCourier
from dialer.delivery.address import allowance_for
from dialer.delivery.deliver import Delivery
from dialer.delivery.destination import Destination
from dialer.delivery.notice import Notice
from dialer.destinations.csv_drop import CsvDropAdapter
from dialer.destinations.mailbox import MailboxAdapter
from dialer.destinations.vicidial import VicidialAdapter
from dialer.destinations.webhook import WebhookAdapter
from dialer.store.configuration import ConfigurationStore
from dialer.wiring import Parts
from dialer.wiring.credentials import Credentials

DROPS: Final = "drops"


@dataclass(frozen=True, slots=True)
class ConfiguredDestinations:
    """Fits `delivery.deliver.Destinations`; asks the epoch each time, so that a new secret counts at once."""

    configuration: ConfigurationStore

    def find(self, destination_id: str) -> Destination | None:
        """Return a destination as configured at this moment, or None. One round trip."""
        return self.configuration.current().destinations.get(destination_id)


@dataclass(frozen=True, slots=True)
class Couriers:
    """One courier for each set of ranges that somebody allowed; each keeps connections of its own."""

    demo: bool
    made: dict[tuple[str, ...], Courier] = field(default_factory=dict)

    def to(self, destination: Destination) -> Courier:
        """Return the courier that may go where this destination stands."""
        known = self.made.get(destination.networks)
        if known is None:
            known = Courier(allowance_for(destination.networks, demo=self.demo))
            self.made[destination.networks] = known
        return known

    def mail_to(self, destination: Destination) -> MailCourier:
        """Return the courier of mails that may go where this destination stands."""
        return MailCourier(allowance_for(destination.networks, demo=self.demo))


def delivery_of(
    parts: Parts, configuration: ConfigurationStore, *, should_stop: Callable[[], bool]
) -> Delivery:
    """Return the delivery of one worker, every kind of destination in it."""
    couriers, unseal = Couriers(parts.settings.demo), Credentials(parts.settings).unseal

    def is_still_refused(notice: Notice) -> bool:
        noes = parts.records.of_line(notice.contact_point).objections
        return any(no.corrected_at is None and no.id != notice.objection for no in noes)

    return Delivery(
        outbox=parts.outbox,
        destinations=ConfiguredDestinations(configuration),
        adapters={
            "webhook": WebhookAdapter(couriers.to, unseal=unseal),
            "vicidial": VicidialAdapter(couriers.to, is_still_refused=is_still_refused, unseal=unseal),
            "csv_drop": CsvDropAdapter(parts.settings.data_dir / DROPS),
            "mailbox": MailboxAdapter(couriers.mail_to, unseal=unseal),
        },
        clock=parts.clock,
        elapsed=monotonic_seconds,
        pause=time.sleep,
        should_stop=should_stop,
    )
