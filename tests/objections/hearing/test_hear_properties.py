"""Whatever the recogniser sends: an answer, inside its own promises."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dialer.objections.hearing import Label, Outcome, hear

WORDS = st.sampled_from(
    [
        "stop",
        "don't",
        "call",
        "ring",
        "me",
        "my",
        "number",
        "off",
        "your",
        "list",
        "no",
        "not",
        "i",
        "you",
        "told",
        "them",
        "please",
        "if",
        "again",
        "take",
        "remove",
        ",",
        ".",
        "?",
        "f***",
        "the",
        "tps",
        "before",
        "six",
        "monday",
        "nie",
        "لا",
        "😀",
        "can't",
        "won't",
        "never",
        "want",
        "any",
        "more",
        "calls",
    ]
)
TURNS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))


@given(TURNS, st.one_of(st.none(), st.floats(allow_nan=True)))
@settings(max_examples=300, deadline=None)
def test_any_text_gets_an_answer_within_its_promises(said: str, confidence: float | None) -> None:
    heard = hear(said, recogniser_confidence=confidence)

    assert 0 <= heard.confidence <= 1
    if heard.span is not None:
        start, end = heard.span
        assert 0 <= start < end <= len(said)


@given(TURNS)
@settings(max_examples=200, deadline=None)
def test_what_is_held_has_a_scope_and_channels_and_nothing_else_has(said: str) -> None:
    heard = hear(said)

    is_held = heard.outcome is not Outcome.NONE
    assert is_held == (heard.scope is not None) == bool(heard.channels)
    assert not (heard.outcome is Outcome.IN_FORCE and heard.label is not Label.OPT_OUT)


@given(
    st.sampled_from(["stop calling me", "take me off your list", "do not ring again", "i am on the tps"]),
    st.sampled_from([str.upper, str.title, str.capitalize, "  {} .".format, "{}!!".format]),
)
def test_case_and_marks_do_not_change_the_judgement(said: str, written) -> None:
    plain, dressed = hear(said), hear(written(said))

    assert (plain.label, plain.outcome, plain.scope, plain.channels) == (
        dressed.label,
        dressed.outcome,
        dressed.scope,
        dressed.channels,
    )


@given(st.sampled_from(["um", "er", "please", "f******", "just"]), st.integers(0, 4))
def test_hesitations_and_oaths_anywhere_do_not_hide_an_objection(filler: str, place: int) -> None:
    words = ["take", "me", "off", "your", "list"]

    heard = hear(" ".join([*words[:place], filler, *words[place:]]))

    assert heard.outcome is Outcome.IN_FORCE
