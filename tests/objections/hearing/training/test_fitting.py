"""The fit learns what the cases say, the same way each time."""

from dialer.objections.hearing.training.fitting import Case, fit

CASES = [
    *[Case(frozenset({"stop", "calls", f"filler{at % 7}"}), objects=True, heft=1.0) for at in range(60)],
    *[Case(frozenset({"stop", "payment", f"filler{at % 7}"}), objects=False, heft=1.0) for at in range(60)],
]


def test_what_tells_the_cases_apart_gets_the_weight() -> None:
    fitted = fit(CASES)

    assert fitted.weights["calls"] > 0.5
    assert fitted.weights["payment"] < -0.5
    assert abs(fitted.weights["filler3"]) < fitted.weights["calls"] / 2


def test_the_same_cases_give_the_same_weights() -> None:
    assert fit(CASES) == fit(CASES)


def test_what_is_seen_seldom_gets_no_weight() -> None:
    rare = Case(frozenset({"calls", "once in a blue moon"}), objects=True, heft=1.0)

    assert "once in a blue moon" not in fit([*CASES, rare]).weights
