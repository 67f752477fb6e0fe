"""A question kept in the ledger is the very one that was asked."""

import json

import pytest

from dialer.calls.call import Channel, DialMode, Leg
from dialer.errors import CannotKeep
from dialer.screening.question import Binding, Question
from dialer.screening.question_json import LONGEST_TO, question_fields, read_question

WHOLE = Question(
    to="020 7946 0123",
    binding=Binding.DIALS,
    campaign="C1",
    hinted_campaign="C2",
    caller_id="+442079460100",
    channel=Channel.LIVE_CALL,
    agent="a1",
    endpoint="client:a17",
    key="digest",
    person="P1",
    brand="Alder",
    came_from_list="L1",
    dial_mode=DialMode.PREDICTIVE,
    solicitation="sol_1",
    leg=Leg.CALLEE,
    call_ref="CA1",
)


@pytest.mark.parametrize("question", [WHOLE, Question(to="", binding=Binding.ADVISORY)])
def test_what_was_kept_is_what_was_asked(question: Question) -> None:
    kept = json.loads(json.dumps(question_fields(question)))
    assert read_question(kept, key=question.key) == question


def test_no_end_of_words_is_kept() -> None:
    kept = question_fields(Question(to="9" * 10_000, binding=Binding.ADVISORY))
    assert kept["to"] == "9" * LONGEST_TO


@pytest.mark.parametrize("kept", [{}, {"to": "1", "binding": "later"}, {"to": "1", "colour": "red"}])
def test_a_question_of_another_version_is_not_guessed_at(kept: dict[str, str]) -> None:
    with pytest.raises(CannotKeep, match="another version"):
        read_question(kept, key=None)
