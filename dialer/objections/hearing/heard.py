"""What a hearing says: the label, what it does to the line, how wide it is, and the words it rests on."""

from dataclasses import dataclass
from enum import StrEnum

LANGUAGE_UNCLEAR = "LANGUAGE_UNCLEAR"
"""Flag: not recognised as English, or the recogniser itself was unsure. The outcome is then `possible`."""

FOREIGN_STOP = "STOP_PHRASE_UNCHECKED"
"""Flag: a stop phrase of another language was found, from a table no speaker has checked yet."""

CUT_SHORT = "CUT_SHORT"
"""Flag: the text was longer than any turn of speech; only its beginning and its end were judged."""


class Label(StrEnum):
    """What the turn is, one of seven, in order of precedence from `opt_out` down to `none`."""

    OPT_OUT = "opt_out"
    VULNERABLE = "vulnerable"
    DECEASED = "deceased"
    WRONG_NUMBER = "wrong_number"
    CALLBACK = "callback"
    REFUSAL_ONLY = "refusal_only"
    NONE = "none"


class Outcome(StrEnum):
    """What the turn does: `in_force` suppresses at once, `possible` holds the line for a person to settle."""

    IN_FORCE = "in_force"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The judgement of one turn.

    `scope` is `org`, `campaign`, `group` or `line`, and None when nothing is held; `channels` is
    `("all",)` or some of `calls texts email post`, empty when nothing is held. `confidence` is that of the
    outcome, 0 to 1. `span` counts characters of the text as it was given, end exclusive; None when the
    judgement rests on no words. `why` names the rules and words behind the answer, most telling first.
    """

    label: Label
    also: tuple[Label, ...] = ()
    outcome: Outcome = Outcome.NONE
    scope: str | None = None
    channels: tuple[str, ...] = ()
    confidence: float = 0.0
    span: tuple[int, int] | None = None
    why: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
