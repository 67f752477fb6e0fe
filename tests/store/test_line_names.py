"""A line's name holds no number, is the same each time, and is found again."""

import redis

from dialer.store.line_names import LineNames


def test_a_name_is_the_same_each_time_and_leads_back(redis_client: "redis.Redis") -> None:
    names = LineNames(redis_client, "secret")
    name = names.name_of("+442079460123")
    assert name == names.name_of("+442079460123")
    assert names.contact_point_of(name) == "+442079460123"


def test_another_secret_gives_another_name_and_the_old_one_keeps_working(redis_client: "redis.Redis") -> None:
    old = LineNames(redis_client, "secret").name_of("+442079460123")
    renewed = LineNames(redis_client, "new secret")
    assert renewed.name_of("+442079460123") != old
    assert renewed.contact_point_of(old) == "+442079460123"


def test_many_lines_are_named_in_their_order(redis_client: "redis.Redis") -> None:
    names = LineNames(redis_client, "secret")
    lines = [f"+4420794601{n:02}" for n in range(50)]
    named = names.names_of(lines)
    assert len(set(named)) == 50
    assert [names.contact_point_of(name) for name in named] == lines
    assert names.names_of([]) == []


def test_a_name_we_never_gave_leads_nowhere(redis_client: "redis.Redis") -> None:
    assert LineNames(redis_client, "secret").contact_point_of("ln_nothing") is None
