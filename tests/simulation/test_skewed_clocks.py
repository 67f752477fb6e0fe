"""Whatever is written in whatever order by clocks that differ: no no is overlooked, then or judged again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialer.screening.rejudge import rejudge
from tests.doubles.house import MONDAY, House
from tests.simulation.skewed import SkewedLine

# Whoever writes is up to half a second ahead or behind; between two acts nothing, a little or much passes.
STEPS = st.tuples(
    st.sampled_from(["object", "screen", "correct", "hold", "release"]),
    st.sampled_from([-500, -200, 0, 200, 500]),
    st.sampled_from([0, 1, 300, 90_000]),
)


def numbers() -> Iterator[str]:
    yield from (f"+44{area}496{n:04d}" for area in (113, 114, 115) for n in range(1_000))


def test_no_no_is_overlooked_and_each_decision_is_judged_the_same_again(
    redis_url: str, tmp_path: Path
) -> None:
    house, fresh = House(redis_url, tmp_path), numbers()
    house.load_register("tps")
    house.load_register("ctps")

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(STEPS, min_size=3, max_size=14))
    def holds(steps: list[tuple[str, int, int]]) -> None:
        line, true_time = SkewedLine(house, next(fresh)), MONDAY
        for what, ahead_ms, passed_ms in steps:
            true_time += timedelta(milliseconds=passed_ms)
            house.clock.now = true_time + timedelta(milliseconds=ahead_ms)
            getattr(line, what)()
        for decision in line.decisions:
            entry = house.parts.ledger.find(decision)
            assert entry is not None
            again = rejudge(entry, house.parts.past, house.parts.book)
            assert again.differences == (), (again.differences, again.verdict, entry.fields)

    holds()
