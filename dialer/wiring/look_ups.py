"""The look-up provider put together from the settings; none unless one is named."""

from functools import partial
from ipaddress import ip_network
from urllib.parse import urlsplit

from redis import Redis

from dialer.courier import Courier
from dialer.courier.per_thread import CourierPerThread
from dialer.courier.resolving import addresses_of
from dialer.delivery.address import LOOPBACK_ALLOWED, Allowance
from dialer.destinations.look_up import HttpProvider
from dialer.screening.looking_up import LookUps
from dialer.settings import Settings
from dialer.store.look_ups import LookUpStore
from dialer.store.on_disk import Disk


def look_ups(redis: "Redis", disk: Disk, settings: Settings) -> LookUps | None:
    """Return what asks the provider, None where none is named; no round trip."""
    url, token = settings.lookup_url, settings.lookup_token
    if url is None:
        return None
    within = settings.lookup_timeout_ms / 1000
    make = partial(
        Courier,
        _allowance(settings),
        resolve=partial(addresses_of, within_seconds=within),
        total_seconds=within,
    )
    provider = HttpProvider(
        CourierPerThread(make),
        name=urlsplit(url).hostname or "provider",
        url=url,
        token=token.get_secret_value() if token is not None else None,
    )
    return LookUps(provider, LookUpStore(redis, disk=disk))


def _allowance(settings: Settings) -> Allowance:
    """Return where the question may go: public addresses, and the networks somebody named."""
    if settings.demo:
        return LOOPBACK_ALLOWED
    named = (settings.lookup_networks or "").split(",")
    return Allowance(networks=tuple(ip_network(text.strip()) for text in named if text.strip()))
