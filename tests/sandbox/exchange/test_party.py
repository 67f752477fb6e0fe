"""What a party does, and when, on the story's own line."""

from hypothesis import given
from hypothesis import strategies as st

from dialer.sandbox.exchange.party import PATIENCE_SECONDS, Party
from dialer.sandbox.exchange.script import HangUp, Press, Say, Script, Stay, Step, Wait, read_script


def party(*steps: Step) -> Party:
    made = Party(Script(steps=steps))
    made.begin(0.0)
    return made


def test_a_step_falls_due_when_its_wait_is_over_and_not_before() -> None:
    callee = party(Wait(2.0), Say("hello"))

    assert callee.next_act(1.999, since=0, listened_to=True) is None
    assert callee.next_act(2.0, since=0, listened_to=True) == Say("hello")


def test_what_falls_due_later_has_not_happened_however_late_one_looks() -> None:
    callee = party(Wait(6.0), Say("your list"))

    assert callee.next_act(2.0, since=0, listened_to=True) is None
    assert callee.next_act(1_000.0, since=2.0, listened_to=True) == Say("your list")
    assert callee.acted_at == 6.0


def test_somebody_waits_to_be_listened_to_and_speaks_at_once_then() -> None:
    callee = party(Say("hello"))

    assert callee.next_act(5.0, since=0, listened_to=False) is None
    assert callee.next_act(9.0, since=8.0, listened_to=True) == Say("hello")
    assert callee.acted_at == 8.0


def test_patience_ends() -> None:
    callee = party(Press("9"))

    assert callee.next_act(PATIENCE_SECONDS - 0.001, since=0, listened_to=False) is None
    assert callee.wakes_at(1.0) == PATIENCE_SECONDS
    assert callee.next_act(PATIENCE_SECONDS, since=0, listened_to=False) == Press("9")


def test_nobody_needs_to_listen_to_a_hang_up() -> None:
    assert party(Wait(1.0), HangUp()).next_act(1.0, since=0, listened_to=False) == HangUp()


def test_who_stays_does_nothing_of_themselves() -> None:
    callee = party(Stay(), HangUp())

    assert callee.next_act(1e9, since=0, listened_to=True) is None
    assert callee.wakes_at(0.0) is None


def test_a_party_woken_when_it_asked_to_be_always_acts() -> None:
    callee = party(Wait(3.0), HangUp())

    wake = callee.wakes_at(0.0)

    assert wake is not None
    assert callee.next_act(wake, since=0, listened_to=False) == HangUp()


_STEPS = st.lists(
    st.one_of(
        st.floats(0, 50).map(lambda seconds: {"wait_s": seconds}),
        st.just({"say": "hello"}),
        st.text("0123456789*#", min_size=1, max_size=4).map(lambda keys: {"press": keys}),
    ),
    max_size=8,
)


@given(steps=_STEPS, looks=st.lists(st.floats(0, 30), min_size=1, max_size=40))
def test_however_often_one_looks_the_acts_are_the_same(steps: list[dict], looks: list[float]) -> None:
    script = read_script(steps)

    def acts(moments: list[float]) -> list[object]:
        callee, told = Party(script), []
        callee.begin(0.0)
        for moment in moments:
            while (act := callee.next_act(moment, since=0.0, listened_to=True)) is not None:
                told.append((act, callee.acted_at))
        return told

    now, moments = 0.0, []
    for look in looks:
        now += look
        moments.append(now)
    assert acts([*moments, 1e6]) == acts([1e6])
