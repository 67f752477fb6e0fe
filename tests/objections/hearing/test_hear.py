"""The annotation guide's worked cases, as hearing judges them."""

import math

import pytest

from dialer.objections.hearing import CUT_SHORT, LANGUAGE_UNCLEAR, Label, Outcome, hear

WORKED = [
    ("not interested and I won't be next time so don't bother", "org", {"calls", "all"}),
    ("I'm not interested in being on any list", "org", {"all"}),
    ("stop", "org", {"all"}),
    ("you ring me every day", "org", {"calls"}),
    ("I'm on the TPS", "org", {"calls"}),
    ("don't phone the landline, use my mobile", "line", {"calls"}),
    ("you can ring but stop the texts", "org", {"texts"}),
    ("only call about my account, no selling", "org", {"calls", "all"}),
    ("my sister told you never to ring this house", "org", {"calls"}),
    ("wrong number, stop ringing it", "org", {"calls"}),
    ("leave my mum alone, she's got dementia", "org", {"all"}),
    ("stop pestering me", "org", {"all"}),
    ("I've asked you lot to leave my mum alone", "org", {"all"}),
    ("the caller says please stop calling me go ahead", "org", {"calls"}),
]


@pytest.mark.parametrize(("said", "scope", "channels"), WORKED)
def test_an_objection_is_in_force_with_the_scope_of_its_words(
    said: str, scope: str, channels: set[str]
) -> None:
    heard = hear(said)

    assert (heard.label, heard.outcome) == (Label.OPT_OUT, Outcome.IN_FORCE)
    assert heard.scope == scope
    assert set(heard.channels) <= channels and heard.channels


@pytest.mark.parametrize(
    "said",
    [
        "stop I mean start again",
        "stop there, how much a month",
        "where did you get my number",
        "take me off, no, sorry, wrong lot, you're fine",
        "my sister told BT never to ring her",
        "I want to cancel my insurance",
        "don't take me off the list",
        "if I wanted that I'd say so",
        "can I be removed later if I want",
        "to opt out of future calls press nine",
        "yes I'm the homeowner",
    ],
)
def test_what_only_sounds_like_an_objection_holds_nothing(said: str) -> None:
    heard = hear(said)

    assert (heard.outcome, heard.scope, heard.channels) == (Outcome.NONE, None, ())


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("not interested", Label.REFUSAL_ONLY),
        ("you can stop the sales patter I've already got one", Label.REFUSAL_ONLY),
        ("can you not ring till after Christmas", Label.CALLBACK),
        ("Don't call me now, call me tomorrow.", Label.CALLBACK),
        ("you've got the wrong number", Label.WRONG_NUMBER),
        ("he died in March", Label.DECEASED),
        ("I get muddled, what do I have to sign", Label.VULNERABLE),
        ("it's about sixty pound a month", Label.NONE),
    ],
)
def test_each_other_label_is_told_apart_and_holds_nothing(said: str, label: Label) -> None:
    heard = hear(said)

    assert (heard.label, heard.outcome) == (label, Outcome.NONE)


@pytest.mark.parametrize("said", ["get lost", "f*** off", "oh go away"])
def test_a_hostile_dismissal_holds_the_line_as_the_objection_would(said: str) -> None:
    heard = hear(said)

    assert (heard.label, heard.outcome) == (Label.REFUSAL_ONLY, Outcome.POSSIBLE)
    assert (heard.scope, heard.channels) == ("org", ("all",))


def test_an_objection_names_what_else_is_true() -> None:
    assert hear("she passed away, please take her off your list").also == (Label.DECEASED,)


def test_the_last_stance_of_a_turn_wins() -> None:
    assert hear("Call Monday, no, actually, don't call at all").outcome is Outcome.IN_FORCE


def test_the_span_gives_the_words_it_rests_on() -> None:
    said = "Well it's kind of you, but take me off your list, and how's the weather"

    heard = hear(said)

    assert heard.span is not None
    assert "take me off your list" in said[slice(*heard.span)]
    assert heard.why


@pytest.mark.parametrize("confidence", [0.0, 0.3, 0.59, math.nan])
def test_a_recogniser_that_doubts_itself_makes_every_turn_possible(confidence: float) -> None:
    for said in ("stop calling me", "yes go ahead", ""):
        heard = hear(said, recogniser_confidence=confidence)

        assert heard.outcome is Outcome.POSSIBLE
        assert LANGUAGE_UNCLEAR in heard.flags


@pytest.mark.parametrize("confidence", [0.0, 0.3, 0.59])
@pytest.mark.parametrize(
    "said", ["stop calling me", "take me off your list", "please don't ring again", "unsubscribe"]
)
def test_a_clear_objection_stays_one_however_little_the_recogniser_trusts_it(
    said: str, confidence: float
) -> None:
    heard = hear(said, recogniser_confidence=confidence)

    assert heard.label is Label.OPT_OUT
    assert heard.outcome is not Outcome.NONE
    assert heard.why == hear(said).why


def test_a_sure_recogniser_changes_nothing() -> None:
    assert hear("stop calling me", recogniser_confidence=0.9) == hear("stop calling me")


def test_a_text_longer_than_any_turn_is_never_judged_none() -> None:
    heard = hear("yes " * 12_500)

    assert heard.outcome is Outcome.POSSIBLE
    assert CUT_SHORT in heard.flags


def test_a_text_of_fifty_kilobytes_is_judged_by_its_ends() -> None:
    heard = hear("so anyway " * 5_000 + "stop ringing me")

    assert heard.label is Label.OPT_OUT
    assert heard.outcome is Outcome.POSSIBLE


@pytest.mark.parametrize("said", ["", "   ", "...", "😀", "\x00\x07", "****"])
def test_no_words_are_no_objection(said: str) -> None:
    heard = hear(said)

    assert (heard.label, heard.outcome, heard.span) == (Label.NONE, Outcome.NONE, None)


@pytest.mark.parametrize(
    ("said", "telling"),
    [
        ("We've been with them for years, but find somebody else to ring.", "somebody else to ring"),
        ("this had better be the last I hear from you", "last I hear from you"),
    ],
)
def test_the_span_is_in_the_words_that_tell(said: str, telling: str) -> None:
    heard = hear(said)

    assert heard.span is not None
    assert set(said[slice(*heard.span)].split()) & set(telling.split())
    assert len(said[slice(*heard.span)]) < len(said) or said.startswith("this")
