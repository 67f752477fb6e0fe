"""From what a recogniser writes to what was evidently said."""

import pytest

from dialer.objections.hearing.spoken import listen


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("tape me of your list please", "take me off your LIST"),
        ("stop colin me", "STOP RINGING me"),
        ("i'm on the tee pee s", "i am on the TPS"),
        ("can you re move my number from your day to base", "can you REMOVE my NUMBER from your LIST"),
        ("ah told yous afore no tae phone us", "i SAY you before not to RING us"),
        ("please dont car again", "do not RING again"),
        (
            "I, I, I don't, er, want any, any more calls",
            "i do not want any more CALLS".replace("want", "WANT"),
        ),
    ],
)
def test_mishearings_dialect_and_stammers_are_read_as_said(written: str, said: str) -> None:
    assert listen(written).read.strip() == said


def test_a_masked_oath_is_dropped_but_a_dismissal_is_kept() -> None:
    assert listen("stop f****** ringing").read == " STOP RINGING "
    assert listen("f*** off").read == " fuck off "


def test_every_word_read_points_back_into_the_text() -> None:
    written = "Um, can you re move me off, like, your list?"

    turn = listen(written)

    assert turn.place(0, len(turn.read)) == (written.index("can"), written.index("?"))
    assert all(0 <= word.start < word.end <= len(written) for word in turn.words)
