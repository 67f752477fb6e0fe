"""Logging in against a real store: sessions end when they must, and failures are counted by name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import redis

from dialer.errors import CannotKeep, NotAuthenticated, TooMany
from dialer.people.keys import digest_of
from dialer.people.log_ins import ABSOLUTE, FAILURES_ALLOWED, FAILURES_FORGOTTEN_AFTER, IDLE, LogIns
from dialer.people.roles import Role
from dialer.people.users import User, hash_of
from dialer.store import keys
from dialer.store.people import PeopleStore

BEGAN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
PAT = User(name="pat", role=Role.SUPERVISOR, password_hash=hash_of(PASSWORD))


class Watch:
    """A clock the test sets."""

    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def people(redis_client: "redis.Redis") -> PeopleStore:
    store = PeopleStore(redis_client)
    store.save(PAT)
    return store


@pytest.fixture
def log_ins(people: PeopleStore, watch: Watch) -> LogIns:
    return LogIns(people, watch)


def test_whoever_logs_in_is_known_by_their_token_until_they_log_out(log_ins: LogIns) -> None:
    token = log_ins.log_in(" PAT ", PASSWORD)
    assert log_ins.session_of(token) == PAT
    log_ins.log_out(token)
    assert log_ins.session_of(token) is None


def test_the_token_itself_is_nowhere_in_the_store(log_ins: LogIns, redis_client: "redis.Redis") -> None:
    token = log_ins.log_in("pat", PASSWORD)
    assert len(token) >= 43
    held = b"".join(name + (redis_client.dump(name) or b"") for name in redis_client.scan_iter())
    assert token.encode() not in held


@pytest.mark.parametrize("token", [None, "", "nonsense", "x" * 5000, "\ud800"])
def test_what_is_no_token_is_nobody(log_ins: LogIns, token: str | None) -> None:
    assert log_ins.session_of(token) is None
    log_ins.log_out(token)


@pytest.mark.parametrize(
    ("name", "password"), [("pat", "wrong horse battery"), ("sam", PASSWORD), ("a b", PASSWORD)]
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(log_ins: LogIns, name: str, password: str) -> None:
    with pytest.raises(NotAuthenticated) as refused:
        log_ins.log_in(name, password)
    assert refused.value.message == "name or password is wrong; try again, or ask an administrator"


def test_a_session_ends_twelve_hours_after_it_began_however_busy(log_ins: LogIns, watch: Watch) -> None:
    token = log_ins.log_in("pat", PASSWORD)
    watch.now = BEGAN + ABSOLUTE - timedelta(seconds=1)
    assert log_ins.session_of(token) == PAT
    watch.now = BEGAN + ABSOLUTE
    assert log_ins.session_of(token) is None


def test_each_sight_of_a_session_restarts_its_half_hour(log_ins: LogIns, redis_client: "redis.Redis") -> None:
    token = log_ins.log_in("pat", PASSWORD)
    key = keys.session(digest_of(token))
    redis_client.expire(key, 60)
    log_ins.session_of(token)
    assert redis_client.ttl(key) > IDLE.total_seconds() - 60


def test_a_new_password_ends_every_session_made_with_the_old(log_ins: LogIns, people: PeopleStore) -> None:
    token = log_ins.log_in("pat", PASSWORD)
    people.save(replace(PAT, password_hash=hash_of("another horse battery")))
    assert log_ins.session_of(token) is None


def test_a_disabled_user_is_out_at_once_and_cannot_come_back(log_ins: LogIns, people: PeopleStore) -> None:
    token = log_ins.log_in("pat", PASSWORD)
    people.save(replace(PAT, disabled_at=BEGAN))
    assert log_ins.session_of(token) is None
    with pytest.raises(NotAuthenticated):
        log_ins.log_in("pat", PASSWORD)


@pytest.mark.parametrize("name", ["pat", "nobody"])
def test_after_ten_failures_a_name_must_wait_whether_it_exists_or_not(
    log_ins: LogIns, people: PeopleStore, name: str
) -> None:
    for _ in range(FAILURES_ALLOWED):
        people.count_failure(name, forgotten_after=FAILURES_FORGOTTEN_AFTER)
    with pytest.raises(TooMany, match="wait 15 minutes"):
        log_ins.log_in(name, PASSWORD)


def test_a_failed_log_in_is_counted_and_a_good_one_forgets_the_count(
    log_ins: LogIns, people: PeopleStore
) -> None:
    with pytest.raises(NotAuthenticated):
        log_ins.log_in("pat", "wrong horse battery")
    assert people.failures("pat") == 1
    log_ins.log_in("pat", PASSWORD)
    assert people.failures("pat") == 0


def test_failing_on_does_not_extend_the_wait(people: PeopleStore, redis_client: "redis.Redis") -> None:
    people.count_failure("pat", forgotten_after=FAILURES_FORGOTTEN_AFTER)
    redis_client.expire(keys.failed_logins("pat"), 5)
    people.count_failure("pat", forgotten_after=FAILURES_FORGOTTEN_AFTER)
    assert redis_client.ttl(keys.failed_logins("pat")) <= 5


def test_a_form_must_carry_its_own_sessions_token(log_ins: LogIns) -> None:
    token, other = log_ins.log_in("pat", PASSWORD), log_ins.log_in("pat", PASSWORD)
    csrf = log_ins.csrf_of(token)
    assert csrf is not None
    assert log_ins.is_own_form(token, csrf)
    assert not log_ins.is_own_form(other, csrf)
    assert not log_ins.is_own_form(token, "")
    assert not log_ins.is_own_form(None, csrf)


def test_with_the_store_away_nobody_logs_in_and_nobody_is_logged_in(
    dead_redis_url: str, watch: Watch
) -> None:
    log_ins = LogIns(PeopleStore(redis.Redis.from_url(dead_redis_url)), watch)
    with pytest.raises(CannotKeep):
        log_ins.log_in("pat", PASSWORD)
    with pytest.raises(CannotKeep):
        log_ins.session_of("token")
