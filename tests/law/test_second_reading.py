"""The judge against a second reading of the table, made from the text alone: on every case both must agree.

A disagreement prints its seed, the case as JSON, and both answers. What such disagreements taught is kept
below as cases of their own.
"""

import json

import pytest

from tests.law.building import (
    a_case,
    a_solicitation,
    an_objection,
    instant,
    judged,
)
from tests.law.second_reading.comparison import differences
from tests.law.second_reading.generator import generated

IN_EVERY_RUN, CHUNK = 1_500, 250
IN_A_SOAK, SOAK_CHUNK = 50_000, 2_500
ASKED_FOR = {"request": {"solicitation": "sol_1"}}


def agree(seeds: range) -> None:
    for seed in seeds:
        case = generated(seed)
        found = differences(case)
        assert not found, f"seed {seed}: (second reading, judge) {found}\n{json.dumps(case)}"


@pytest.mark.parametrize("first", range(0, IN_EVERY_RUN, CHUNK))
def test_both_readings_agree(first: int) -> None:
    agree(range(first, first + CHUNK))


@pytest.mark.soak
@pytest.mark.parametrize("first", range(IN_EVERY_RUN, IN_EVERY_RUN + IN_A_SOAK, SOAK_CHUNK))
def test_both_readings_agree_at_length(first: int) -> None:
    agree(range(first, first + SOAK_CHUNK))


def test_the_cases_generated_reach_every_verdict_and_most_codes() -> None:
    verdicts = [judged(generated(seed)) for seed in range(IN_EVERY_RUN)]
    assert {verdict.answer.value for verdict in verdicts} == {"allow", "block", "defer"}
    reasons = {str(reason.code) for verdict in verdicts for reason in verdict.reasons}
    assert len(reasons) > 50


def test_a_wait_that_preview_need_not_keep_delays_no_retry() -> None:
    conduct = {"abandoned_at": "2026-11-23T06:00:00Z", "machine_detected_at": "2026-11-23T06:00:00Z"}
    verdict = judged(a_case(at="2026-11-23T07:00:00Z", conduct=conduct))
    assert (verdict.answer, verdict.retry_at) == ("defer", instant("2026-11-23T08:00:00+00:00"))


def test_a_machine_delays_no_retry_where_detection_is_off() -> None:
    campaign = {"dial_mode": "predictive", "machine_detection": False}
    conduct = {"machine_detected_at": "2026-11-23T06:00:00Z"}
    verdict = judged(a_case(at="2026-11-23T07:00:00Z", campaign=campaign, conduct=conduct))
    assert verdict.retry_at == instant("2026-11-23T08:00:00+00:00")


def test_a_refusal_too_dies_when_hours_end() -> None:
    verdict = judged(a_case(at="2026-11-23T20:59:30Z", objections=[an_objection()]))
    assert (verdict.answer, verdict.valid_until) == ("block", instant("2026-11-23T21:00:00+00:00"))


def test_a_try_dated_with_the_request_is_one_made_on_it() -> None:
    tries = ["2026-11-22T12:00:00Z", "2026-11-22T13:00:00Z", "2026-11-22T14:00:00Z"]
    request = a_solicitation(requested_at="2026-11-22T12:00:00Z")
    case = a_case(
        at="2026-11-24T10:00:00Z", conduct={"attempts": tries}, solicitations=[request], **ASKED_FOR
    )
    assert judged(case).reason == "UK_R21_CLEAR"


@pytest.mark.parametrize("order", [1, -1])
def test_of_objections_equally_late_the_widest_is_the_reason(order: int) -> None:
    both = [an_objection(id="obj_1"), an_objection(id="obj_2", scope={"channels": "all"})]
    assert judged(a_case(objections=both[::order])).reason == "UK_ART21_OBJECTED"
