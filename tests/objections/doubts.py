"""A possible no on Alder's line, as the policy opens one, and what people make of it."""

from typing import Any

from dialer.consents.approval import Person, Review
from dialer.law.records import Reach, Scope
from dialer.objections.review import Decision, Finding
from dialer.objections.saying import Saying
from dialer.objections.waiting import Doubt, hold_for_review
from dialer.screening.screen import Screened
from tests.doubles.house import NUMBER, House

SUE = Person(kind="key", id="key_sue", name="Sue")
WORDS = "oh do get lost"


def doubtful(house: House, turn: str = "turn_1", **changed: Any) -> Review:
    """Hold the line for what may have been a no to all that Alder sends."""
    plain = {
        "contact_point": NUMBER,
        "principal": "alder",
        "operator": "beck",
        "scope": Scope(reach=Reach.PRINCIPAL, channels="all"),
        "source": "speech",
        "words": WORDS,
        "decision": "dec_1",
        "call_ref": "CA1",
        "campaign": "C1",
        "agent": "a17",
        "objection_id": turn,
    }
    saying = Saying(**(plain | changed))
    doubt = Doubt(saying=saying, label="refusal_only", confidence=0.5, span=(6, 14), flags=(), why="hostile")
    return hold_for_review(doubt, house.parts.listening.reviews)


def found(finding: Finding, by: Person = SUE, **changed: Any) -> Decision:
    """Return what somebody decides, with a note."""
    return Decision(finding=finding, by=by, **({"note": "I heard the clip"} | changed))


def reason(house: House, to: str = NUMBER) -> str:
    """Return the first reason that a call there is judged by."""
    screened = house.screen(house.outgoing(to))
    assert isinstance(screened, Screened)
    return screened.decision.verdict.reason


def open_reviews(house: House) -> list[str]:
    """Return the ids of the possible noes that wait."""
    return [review.id for review in house.parts.listening.reviews.waiting.open_ones()]


def noes(house: House, line: str = NUMBER) -> list[tuple[str | None, str | None]]:
    """Return the source and the words of each objection on a line."""
    return [(no.source, no.words) for no in house.parts.records.of_line(line).objections]
