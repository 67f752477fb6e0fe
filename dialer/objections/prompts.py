"""What an agent is asked to ask, or to know, because of what the callee said; never the words themselves.

Wrong number, deceased and vulnerable only prompt: they take effect when the agent confirms them as a report.
Source: labels.md section 2, system action.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from pydantic import AwareDatetime

from dialer.objections.hearing import Heard, Label, Outcome


class PromptKind(StrEnum):
    """Why an agent is prompted."""

    OPT_OUT = "opt_out"
    POSSIBLE_OPT_OUT = "possible_opt_out"
    REFUSAL = "refusal"
    WRONG_NUMBER = "wrong_number"
    DECEASED = "deceased"
    VULNERABLE = "vulnerable"

    @property
    def is_care(self) -> bool:
        """Say whether it tells of somebody's health, death or home: for the call's agent, and compliance."""
        return self in _CARE.values()


ASK: Final = "Ask: would you like us not to call again?"
SAY: Final[Mapping[PromptKind, str]] = {
    PromptKind.OPT_OUT: "They asked us to stop. Say: you are off our list. End the call.",
    PromptKind.POSSIBLE_OPT_OUT: ASK,
    PromptKind.REFUSAL: ASK,
    PromptKind.WRONG_NUMBER: "Ask: is this the wrong number for them? Then report wrong person.",
    PromptKind.DECEASED: "Say: I am sorry for your loss. No offer. Confirm it as a report.",
    PromptKind.VULNERABLE: "Stop selling. Confirm it as a report, or pass the call on.",
}
_CARE: Final = {
    Label.WRONG_NUMBER: PromptKind.WRONG_NUMBER,
    Label.DECEASED: PromptKind.DECEASED,
    Label.VULNERABLE: PromptKind.VULNERABLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One prompt of one call: why, what to say or ask, and since when."""

    kind: PromptKind
    say: str
    at: AwareDatetime


def prompts_for(heard: Heard) -> tuple[PromptKind, ...]:
    """Return what a turn prompts, the weightiest first; nothing for one that is of no concern."""
    return tuple(_prompts(heard))


def prompt(kind: PromptKind, at: datetime) -> Prompt:
    """Return a prompt with its words."""
    return Prompt(kind=kind, say=SAY[kind], at=at)


def _prompts(heard: Heard) -> Iterator[PromptKind]:
    if heard.outcome is Outcome.IN_FORCE:
        yield PromptKind.OPT_OUT
    elif heard.outcome is Outcome.POSSIBLE:
        yield PromptKind.POSSIBLE_OPT_OUT
    elif heard.label is Label.REFUSAL_ONLY:
        yield PromptKind.REFUSAL
    yield from (_CARE[label] for label in (heard.label, *heard.also) if label in _CARE)
