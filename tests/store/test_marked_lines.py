"""Which lines anything is held about: every one that any writer touched, and no address."""

import json

from dialer.screening.what_if import read_case
from dialer.store.marked_lines import marked_lines
from tests.doubles.house import House
from tests.screening.cases_as_records import keep
from tests.screening.test_cases_through_the_store import cases


def test_a_line_with_a_record_or_an_attempt_is_among_them(redis_url, tmp_path):
    house = House(redis_url, tmp_path)
    house.load_register("tps")
    house.load_register("ctps")
    house.object("+442079460001")
    house.screen(house.outgoing("+442079460002"))
    house.object("sam@example.com")

    assert marked_lines(house.parts.redis).held.tolist() == [442079460001, 442079460002]


def test_none_is_missed_among_many_keys(redis_client):
    with redis_client.pipeline() as pipe:
        for n in range(30_000):
            pipe.set(f"rf:decision:dec_{n}", "1")
            if n % 3 == 0:
                pipe.hset(f"rf:line:+44{2_000_000_000 + n}", "seq", 1)
            if n % 5 == 0:
                pipe.zadd(f"rf:attempts:+44{2_000_000_000 + n}", {"a": 1})
            pipe.lpush(f"rf:line-entries:+44{3_000_000_000 + n}", "1")
        pipe.execute()

    expected = [442_000_000_000 + n for n in range(30_000) if n % 3 == 0 or n % 5 == 0]
    expected_tried = [442_000_000_000 + n for n in range(0, 30_000, 5)]
    marked = marked_lines(redis_client)
    assert marked.held.tolist() == expected
    assert marked.tried.tolist() == expected_tried


def test_every_case_of_the_law_marks_its_line(redis_url, tmp_path):
    house = House(redis_url, tmp_path)
    for described in cases()[:20]:
        house.parts.redis.flushall()
        case = read_case(json.dumps(described))
        keep(house, case)
        held = {key.decode().rpartition(":")[2] for key in house.parts.redis.keys("rf:line:+*")}
        held |= {key.decode().rpartition(":")[2] for key in house.parts.redis.keys("rf:attempts:+*")}
        assert {f"+{number}" for number in marked_lines(house.parts.redis).held} == held
