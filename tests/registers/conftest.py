"""A store of registers on the shared server, and what it says of a number."""

from collections.abc import Callable

import pytest
import redis

from dialer.law.facts import Listing
from dialer.registers.live import listing_of
from dialer.registers.page import page_of
from dialer.store import keys
from dialer.store.register_store import RegisterStore
from dialer.store.registers import live_registers

Listings = Callable[..., Listing]


@pytest.fixture
def store(redis_client: "redis.Redis") -> RegisterStore:
    """The registers of an empty server."""
    return RegisterStore(redis_client)


@pytest.fixture
def listing(store: RegisterStore) -> Listings:
    """What the register in force says of a number, as a screening would read it."""

    def of(e164: str, register: str = "tps") -> Listing:
        live = next(live for live in live_registers(store.redis) if live.name == register)
        page, offset = page_of(e164) or (0, 0)
        content = store.redis.get(keys.register_page(register, live.held_in, page))
        addition = store.redis.hget(keys.register_additions(register, live.held_in, page), str(offset))
        return listing_of(live, content, None if addition is None else int(addition), offset)

    return of
