"""Why a request that is named does not count: said with whatever the request would have opened."""

from typing import Any

import pytest

from tests.law.building import LINE, MOBILE, a_case, a_consent, a_solicitation, an_objection, judged

LISTED = {"tps": {"extracted_on": "2026-11-20", "listed": True}}
NAMED = {"request": {"solicitation": "sol_1"}}
TRIES = ["2026-11-22T13:00:00Z", "2026-11-22T13:30:00Z", "2026-11-22T14:00:00Z"]


def told_of(request: Any, **given: Any) -> Any:
    held = [] if request is None else [request]
    verdict = judged(a_case(**{"registers": LISTED, **given}, solicitations=held, **NAMED))
    told = {dict(reason.facts).get("request") for reason in verdict.reasons}
    return next(iter(told - {None}), None)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"contact_point": MOBILE}, "of another line"),
        ({"principal": "ORG_B"}, "to another organisation"),
        ({"principal": None}, "to another organisation"),
        ({"channels": ["sms"]}, "for another channel"),
        ({"topic": "windows"}, "about another subject"),
        ({"requested_at": None}, "not known to be made before"),
        ({"requested_at": "2026-11-23T10:00:00Z"}, "not known to be made before"),
        ({"recorded_at": "2026-11-23T10:00:01Z"}, "not known to be made before"),
        ({"valid_until": "2026-11-23T10:00:00Z"}, "run out"),
        ({"id": "sol_2"}, "not held"),
    ],
)
def test_the_first_thing_wrong_with_a_request_is_told(changes: dict[str, Any], told: str) -> None:
    assert told_of(a_solicitation(**changes)) == told


def test_a_request_tried_three_times_is_used_up() -> None:
    assert told_of(a_solicitation(), conduct={"attempts": TRIES}) == "used up"


def test_a_request_not_held_is_told_so() -> None:
    assert told_of(None) == "not held"


@pytest.mark.parametrize(
    "given",
    [
        {"campaign": {"purpose": "claims"}},
        {"campaign": {"purpose": "pensions"}},
        {"campaign": {"purpose": "pensions", "principal": "ORG_P", "operator": "ORG_P"}},
        {"registers": {"tps": None}},
        {"objections": [an_objection()]},
        {"channel": "sms", "line": {"number_type": "mobile"}},
    ],
)
def test_it_is_told_wherever_a_request_would_have_opened(given: dict[str, Any]) -> None:
    assert told_of(a_solicitation(topic="windows"), **given) is not None


def test_nothing_is_told_where_none_is_named_or_it_counts() -> None:
    listed = judged(a_case(registers=LISTED, solicitations=[a_solicitation()]))
    assert "request" not in dict(listed.reasons[0].facts)
    withheld = {"campaign": {"caller_id": "withheld"}}
    counted = judged(a_case(registers=LISTED, solicitations=[a_solicitation()], **NAMED, **withheld))
    assert [reason for reason in counted.reasons if "request" in dict(reason.facts)] == []


def test_a_consent_makes_a_bad_request_no_matter() -> None:
    case = a_case(registers=LISTED, consents=[a_consent(contact_point=LINE)], solicitations=[], **NAMED)
    assert judged(case).reason == "UK_R21_4_CONSENT_OVERRIDES"


def test_a_request_that_counts_is_not_blamed_for_another_of_its_id() -> None:
    """The no came after the request, so it stands; the request itself has nothing wrong with it."""
    requests = [a_solicitation(principal="ORG_B"), a_solicitation()]
    no = an_objection(effective_at="2026-11-22T13:00:00Z")
    verdict = judged(a_case(objections=[no], solicitations=requests, **NAMED))
    assert verdict.reason == "UK_R21_1A_OBJECTED"
    assert "request" not in dict(verdict.reasons[0].facts)
