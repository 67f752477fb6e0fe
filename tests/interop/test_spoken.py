"""Spoken end to end: flite, an 8 kHz mu-law line, Whisper tiny.en, hearing, suppression, the next call.

A no may be misheard. What must not happen is that it leaves nothing while the recogniser itself was in doubt;
beside an agent, who hears it too, in doubt is in doubt twice (docs/possible-opt-outs.md).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dialer.objections.hearing.hear import LOW_RECOGNISER_CONFIDENCE
from dialer.web import make_app
from tests.doubles.house import House
from tests.doubles.twilio_client import Twilio
from tests.interop.spoken.fate import Fate, Way
from tests.interop.spoken.recogniser import Recogniser
from tests.interop.spoken.run import Outcome, ear, outcomes
from tests.interop.spoken.table import table, word_error
from tests.interop.spoken.turns import Kind
from tests.servers import running_server

pytestmark = [pytest.mark.interop, pytest.mark.timeout(1800)]

# The synthesiser and the recogniser at their usual; far worse means that the line is broken, not the hearing.
MOST_WORDS_WRONG = 0.25
# A recogniser that is sure of other words cannot be seen through by any reading of them.
MOST_LOST = 0.03


@pytest.fixture(scope="module")
def spoken(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[list[Outcome]]:
    """Say everything once, on one store, and print what was heard."""
    folder: Path = tmp_path_factory.mktemp("spoken")
    recogniser = Recogniser()
    with running_server() as server:
        house = House(server.url, folder)
        house.load_register("tps")
        house.load_register("ctps")
        app = make_app(house.parts.settings, parts=house.parts)
        with app.test_client() as client:
            heard = list(outcomes(house, Twilio(client), ear(recogniser, folder)))
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(table(heard))
    yield heard


def of_kind(spoken: list[Outcome], kind: Kind) -> list[Outcome]:
    return [outcome for outcome in spoken if outcome.turn.kind is kind]


def share(of: list[Outcome], *fates: Fate) -> float:
    return sum(outcome.fate in fates for outcome in of) / len(of)


def is_doubted(outcome: Outcome) -> bool:
    doubts = [heard.confidence < LOW_RECOGNISER_CONFIDENCE for heard in outcome.heard]
    return any(doubts) if outcome.way is Way.GATHER else all(doubts)


def test_the_line_is_good_enough_to_judge_by(spoken: list[Outcome]) -> None:
    assert word_error(spoken) <= MOST_WORDS_WRONG


def test_no_objection_heard_with_doubt_leaves_nothing(spoken: list[Outcome]) -> None:
    doubted = [outcome for outcome in of_kind(spoken, Kind.OBJECTION) if is_doubted(outcome)]
    assert len(doubted) >= 5
    assert [outcome for outcome in doubted if outcome.fate is Fate.NOTHING] == []


def test_hardly_a_clean_objection_is_lost_and_most_are_in_force(spoken: list[Outcome]) -> None:
    objections = of_kind(spoken, Kind.OBJECTION)
    assert share(objections, Fate.NOTHING) <= MOST_LOST
    # Synthetic speech over a telephone line is often under the step of confidence, and then held instead.
    assert share(objections, Fate.IN_FORCE) >= 0.5
    assert share(objections, Fate.IN_FORCE, Fate.HELD) >= 0.95


def test_nobody_whose_objection_to_calls_left_something_is_dialled_next(spoken: list[Outcome]) -> None:
    about_calls = [o for o in of_kind(spoken, Kind.OBJECTION) if o.turn.phenomenon != "texts"]
    kept = [outcome for outcome in about_calls if outcome.fate is not Fate.NOTHING]
    assert [outcome for outcome in kept if outcome.is_dialled_next] == []


def test_what_only_sounds_like_an_objection_mostly_leaves_nothing(spoken: list[Outcome]) -> None:
    confusable = of_kind(spoken, Kind.CONFUSABLE)
    assert share(confusable, Fate.IN_FORCE) <= 0.15
    assert share(confusable, Fate.NOTHING, Fate.BARRED) >= 0.6


def test_ordinary_talk_is_never_put_in_force(spoken: list[Outcome]) -> None:
    ordinary = of_kind(spoken, Kind.ORDINARY)
    assert share(ordinary, Fate.IN_FORCE) == 0
    assert share(ordinary, Fate.NOTHING) >= 0.5
