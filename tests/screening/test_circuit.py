"""Who keeps failing is left alone for a pause, then tried once; one answer and all is well."""

from dialer.screening.circuit import FAILURES, PAUSE_SECONDS, Circuit


class Seconds:
    """Seconds that pass when they are told to."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def broken(seconds: Seconds) -> Circuit:
    circuit = Circuit(elapsed=seconds)
    begins = [circuit.failed() for _ in range(FAILURES)]
    assert begins == [False] * (FAILURES - 1) + [True]
    return circuit


def test_fewer_failures_stop_nobody() -> None:
    circuit = Circuit(elapsed=Seconds())
    for _ in range(3):
        for _ in range(FAILURES - 1):
            circuit.failed()
        assert circuit.may_ask()
        circuit.answered()


def test_after_the_pause_one_asks_and_the_others_wait_for_it() -> None:
    seconds = Seconds()
    circuit = broken(seconds)
    seconds.now += PAUSE_SECONDS - 0.1
    assert not circuit.may_ask()
    seconds.now += 0.1
    assert [circuit.may_ask() for _ in range(3)] == [True, False, False]


def test_a_trial_that_fails_begins_another_pause() -> None:
    seconds = Seconds()
    circuit = broken(seconds)
    seconds.now += PAUSE_SECONDS
    assert circuit.may_ask()
    assert not circuit.failed()
    assert not circuit.may_ask()


def test_a_trial_that_succeeds_lets_everybody_ask() -> None:
    seconds = Seconds()
    circuit = broken(seconds)
    seconds.now += PAUSE_SECONDS
    assert circuit.may_ask()
    circuit.answered()
    assert [circuit.may_ask() for _ in range(3)] == [True] * 3
