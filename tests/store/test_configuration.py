"""The configuration: every change a new epoch, read whole, and nobody overtakes a check."""

import pytest
import redis

from dialer.calls.organisation import Organisation
from dialer.errors import CannotKeep, Conflict
from dialer.store import keys
from dialer.store.configuration import ConfigurationStore, Section

ALDER = Organisation(id="alder", legal_name="Alder Energy Ltd")


def test_every_change_is_a_new_epoch_that_another_process_sees(redis_client: "redis.Redis") -> None:
    one, other = ConfigurationStore(redis_client), ConfigurationStore(redis_client)
    assert other.current().epoch == 0
    epoch = one.put(Section.ORGANISATIONS, "alder", ALDER)
    assert other.current().organisations == {"alder": ALDER}
    assert other.believed().epoch == epoch
    assert one.put(Section.ORGANISATIONS, "alder", ALDER) > epoch


def test_what_is_believed_costs_no_look_and_may_be_old(redis_client: "redis.Redis") -> None:
    one, other = ConfigurationStore(redis_client), ConfigurationStore(redis_client)
    other.believed()
    one.put(Section.ORGANISATIONS, "alder", ALDER)
    assert other.believed().organisations == {}


def test_a_write_that_was_overtaken_changes_nothing(redis_client: "redis.Redis") -> None:
    store = ConfigurationStore(redis_client)
    seen = store.current().epoch
    store.put(Section.ORGANISATIONS, "alder", ALDER, if_epoch=seen)
    with pytest.raises(Conflict):
        store.remove(Section.ORGANISATIONS, "nothing")
        store.put(Section.ORGANISATIONS, "birch", ALDER, if_epoch=seen)
    assert "birch" not in store.current().organisations


def test_a_restored_store_at_a_lower_epoch_is_believed(redis_client: "redis.Redis") -> None:
    store = ConfigurationStore(redis_client)
    for _ in range(3):
        store.put(Section.ORGANISATIONS, "alder", ALDER)
    store.refresh()
    redis_client.flushall()
    assert store.current().epoch == 0
    assert store.believed().organisations == {}


def test_an_epoch_never_comes_twice_though_the_store_was_emptied_between(
    redis_client: "redis.Redis",
) -> None:
    store = ConfigurationStore(redis_client)
    first = store.put(Section.ORGANISATIONS, "alder", ALDER)
    redis_client.flushall()
    assert store.put(Section.ORGANISATIONS, "alder", ALDER) > first


def test_a_record_that_no_longer_reads_is_not_known(redis_client: "redis.Redis") -> None:
    redis_client.hset(keys.ORGANISATIONS, "alder", '{"id": "alder", "colour": "red"}')
    with pytest.raises(CannotKeep, match="colour"):
        ConfigurationStore(redis_client).current()
