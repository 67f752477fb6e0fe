"""What the network learns from: turns as it sees them, what each is, and how much it counts."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dialer.objections.hearing.labelled import Labelled
from dialer.objections.hearing.meaning.sight import Sight, sight_of
from dialer.objections.hearing.reading import reading_of

_BARE = frozenset({"keyword_only", "fragment"})
_CHANGES_NOTHING = frozenset(
    {
        *(
            "talk",
            "refusal",
            "none",
            "rambling_none",
            "product_complaint",
            "service",
            "third_party",
            "story_none",
        ),
        *("call_other", "list_other", "number_other", "remove_other", "stop_other", "indirect_other"),
        *("reported_speech", "reported_other", "threat_other", "prior_other"),
    }
)
"""Phenomena that leave what is said before and after them as it was; a denial or a call-back would not."""
_NO_KIND = frozenset({"", "training", "talk"})
_MEETS = 0.3
"""How often a turn is set among small talk for one reading."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One turn to learn from; `kind` is its phenomenon, empty when it has none worth telling apart."""

    sight: Sight
    label: str
    kind: str
    heft: float
    is_talk: bool


def lesson_of(item: Labelled, *, heft: float = 1.0) -> Lesson | None:
    """Make a lesson of a turn; None when it has no word, or may or may not be taken for an objection."""
    if item.label != "opt_out" and "opt_out" in item.accept:
        return None
    sight = sight_of(reading_of(item.text))
    if not sight.words:
        return None
    is_talk = item.phenomenon in _CHANGES_NOTHING and item.label != "opt_out" and 2 < len(sight.words) < 25
    doubt = 0.6 if len(item.accept) > 1 else 1.0
    kind = "" if item.phenomenon in _NO_KIND else item.phenomenon
    return Lesson(sight, item.label, kind, heft * doubt, is_talk)


def among_talk(lessons: Iterable[Lesson], draw: random.Random) -> list[Lesson]:
    """Set some turns among small talk, as they stand in a long answer: what they mean stays the same."""
    lessons = list(lessons)
    talk = [lesson.sight for lesson in lessons if lesson.is_talk]
    if not talk:
        return lessons
    return [_met(lesson, talk, draw) if draw.random() < _MEETS else lesson for lesson in lessons]


def _met(lesson: Lesson, talk: list[Sight], draw: random.Random) -> Lesson:
    if lesson.kind in _BARE or not 3 < len(lesson.sight.words) < 60:
        return lesson
    before, after, place = draw.choice(talk), draw.choice(talk), draw.random()
    parts = [lesson.sight]
    if place < 0.45 or place >= 0.75:
        parts.insert(0, before)
    if place >= 0.45:
        parts.append(after)
    words = tuple(word for part in parts for word in part.words)
    findings = tuple(found for part in parts for found in part.findings)
    return replace(lesson, sight=Sight(words, findings).within_limit())
