"""A page of wash results: six bytes each, nothing lost, and what never was put in force is no answer."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialer.errors import CannotKeep
from dialer.registers.washed import (
    RESULTS_A_NUMBER,
    Answers,
    Wash,
    WashResult,
    merged,
    pack_results,
    results_of,
    results_on,
)

_ANSWER = st.sampled_from([None, False, True])
RESULTS = st.dictionaries(
    st.tuples(st.integers(0, 9_999), st.integers(1, (1 << 28) - 1)),
    st.builds(Answers, tps=_ANSWER, ctps=_ANSWER),
    max_size=60,
).map(lambda found: [WashResult(offset, ordinal, said) for (offset, ordinal), said in found.items()])


def known(*ordinals: int) -> dict[int, Wash]:
    return {
        ordinal: Wash(
            ordinal=ordinal,
            provider="bureau",
            checked_on=date(2026, 11, 20),
            recorded_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
            by="j.loader",
            file_name="wash.csv",
            sha256="0" * 64,
            numbers=1,
            listed=1,
        )
        for ordinal in ordinals
    }


@given(RESULTS)
def test_what_is_packed_is_found_again_number_by_number(results: list[WashResult]) -> None:
    page = pack_results(results)
    assert list(results_on(page)) == sorted(results, key=lambda r: (r.offset, r.ordinal))
    for offset in {*(r.offset for r in results), 0, 9_999}:
        assert {r.ordinal: r for r in results_of(page, offset)} == {
            r.ordinal: r for r in results if r.offset == offset
        }


def test_results_of_a_wash_that_was_never_put_in_force_go_with_the_next_one() -> None:
    killed, done = WashResult(7, 1, Answers(tps=False)), WashResult(7, 2, Answers(tps=True))
    assert list(results_on(merged(pack_results([killed]), [done], known()))) == [done]


def test_a_number_keeps_its_newest_results_and_forgets_the_oldest() -> None:
    page: bytes | None = None
    for ordinal in range(1, RESULTS_A_NUMBER + 3):
        page = merged(page, [WashResult(7, ordinal, Answers(tps=True))], known(*range(1, ordinal)))
    assert [result.ordinal for result in results_of(page, 7)] == list(range(3, RESULTS_A_NUMBER + 3))


@pytest.mark.parametrize("page", [b"12345", b"\x00\x07\x00\x00\x00\x13"])
def test_a_damaged_page_is_an_error_and_no_answer(page: bytes) -> None:
    with pytest.raises(CannotKeep, match="damaged"):
        results_of(page, 7)


def test_of_two_answers_the_one_that_forbids_counts() -> None:
    both = Answers(tps=True, ctps=None).strictest(Answers(tps=False, ctps=False))
    assert both == Answers(tps=True, ctps=False)
